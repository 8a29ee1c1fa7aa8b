import CFFmpeg
import CFFmpegLibraries
public import Imaging

/// Reads a video: upright 8-bit 4:2:0 frames in presentation order, with the packets of its best audio stream in between.
///
/// 8-bit 4:2:0 frames are the decoder's own, without a copy. Everything else is converted once by libswscale: deeper video is
/// rounded to 8 bits in its own matrix and range (so PQ and HLG stay PQ and HLG, and their tags too; nothing is tone mapped),
/// RGB becomes limited range in BT.709 from 720 lines on and BT.601 below unless it says otherwise, alpha is dropped. Interlaced
/// frames are left as they are. A video that changes its size goes on in its first size.
///
/// Timestamps are the container's, repaired where they are missing or do not increase (`warnings` says so). Videos that
/// start before zero, and broadcast formats whose clock starts later than ten seconds, are moved to start at zero
/// (`VideoInfo.timestampOrigin`).
///
/// The file named is the only one that is opened: lists of other files are refused. Not Sendable: to be used by one thread at a
/// time.
public final class VideoReader {
  public private(set) var info: VideoInfo
  /// Packets that were broken or cut off, or that the decoder refused.
  public private(set) var damagedPacketCount = 0
  /// Frames that were decoded in spite of damage, with parts concealed.
  public private(set) var concealedFrameCount = 0
  /// Frames handed out so far.
  public private(set) var frameCount = 0

  private let context: FFmpegContext
  private let demuxer: Demuxer
  private let decoder: VideoDecoder
  private let options: VideoReaderOptions
  private let stream: UnsafeMutablePointer<AVStream>  // The demuxer's.
  private let audioStream: UnsafeMutablePointer<AVStream>?
  private let packet: UnsafeMutablePointer<AVPacket>
  private var converter: FrameConverter?
  private var repair: TimestampRepair
  private var audioTimeline: AudioTimeline?
  private var origin: Int64
  private let usualStep: Int64
  private var pending: Pending?
  private var lastDuration: Int64?
  private var items = ItemQueue()
  private var isFinished = false
  private var packetCount = 0
  private var failedReads = 0
  private var notes: [String]

  /// The newest frame, not yet upright, whose duration is known when the one after it is.
  private struct Pending {
    let image: YUVImage
    let pts: Int64
    let durationHint: Int64
  }

  /// Opens a video and decodes its first frame.
  ///
  /// - Throws: `VideoError`: `cannotOpen`, `notAVideo`, `refersElsewhere`, `noVideoStream`, `unsupported`, `tooLarge`, `noFrames`,
  ///   `readFailed`, `cancelled`.
  public init(path: String, options: VideoReaderOptions = VideoReaderOptions()) throws(VideoError) {
    let context = FFmpegContext(path: path)
    context.log.bind()
    let demuxer = try Demuxer(context: context, cancellation: options.cancellation, maximumPixels: options.maximumPixels)
    let choice = try StreamChoice(demuxer: demuxer, wantsAudio: options.wantsAudio, context: context)
    self.context = context
    self.demuxer = demuxer
    self.options = options
    stream = choice.video
    audioStream = choice.audio
    notes = choice.notes
    decoder = try VideoDecoder(stream: choice.video, options: options, context: context)
    info = VideoInfo(path: path, demuxer: demuxer, choice: choice)
    let start = demuxer.format.pointee.start_time
    let moves = demuxer.hasArbitraryOrigin && start != sf_no_timestamp && start >= 10 * Int64(AV_TIME_BASE)
    let originTime = moves ? start : 0
    let microseconds = AVRational(num: 1, den: AV_TIME_BASE)
    origin = av_rescale_q(originTime, microseconds, choice.video.pointee.time_base)
    info.timestampOrigin = Double(originTime) / Double(AV_TIME_BASE)
    if moves { notes.append("timestamps start at \(info.timestampOrigin) s in the container and were moved to zero") }
    repair = TimestampRepair(timeBase: info.timeBase)
    usualStep = TimestampLimit.units(min(1 / info.frameRate.value, TimestampLimit.usualFrame), of: info.timeBase.value)
    audioTimeline = choice.audio.map {
      AudioTimeline(timeBase: $0.pointee.time_base, origin: av_rescale_q(originTime, microseconds, $0.pointee.time_base))
    }
    packet = try context.require(av_packet_alloc())
    try readFirstFrame()
  }

  deinit {
    var pointer: UnsafeMutablePointer<AVPacket>? = packet
    av_packet_free(&pointer)
  }

  /// The next frame or audio packet, nil at the end.
  ///
  /// - Throws: `VideoError`: `readFailed`, `unsupported`, `cancelled`. Damaged packets are counted, not thrown.
  public func next() throws(VideoError) -> VideoItem? {
    context.log.bind()
    while true {
      if let item = items.popFirst() { return item }
      if isFinished { return nil }
      try advance()
    }
  }

  /// The video's first frame, upright by `info`, until `next()` has handed it out; nil afterwards. A frame that must be turned is turned
  /// anew at each call.
  public func firstFrame() -> YUVImage? {
    guard frameCount == 0, let pending else { return nil }
    return pending.image.turned(info.orientation, pool: options.pool)
  }

  /// Undoes another orientation from the next frame on; `info` changes with it.
  public func setOrientation(_ option: OrientationOption) {
    let sample = pending?.image
    info.orient(option, sample: sample?.colour)
  }

  /// What the user should know about this video; complete once `next()` has returned nil.
  public var warnings: [String] {
    var lines = notes + repair.warnings("frames")
    if let leaps = audioTimeline?.leaps, leaps > 0 {
      lines.append("the sound's timestamps leap further than is believed \(leaps) times; what follows was put after what was before")
    }
    if damagedPacketCount > 0 { lines.append("\(damagedPacketCount) damaged packets") }
    if concealedFrameCount > 0 { lines.append("\(concealedFrameCount) frames have damaged parts that the decoder concealed") }
    if let resized = converter?.resizedFrames, resized > 0 {
      lines.append("the video changes its size: \(resized) frames were scaled to \(info.codedWidth)×\(info.codedHeight), the first frame's")
    }
    return lines
  }

  // MARK: Reading

  private func readFirstFrame() throws(VideoError) {
    while pending == nil, !isFinished {
      try advance()
      if items.audioBytes > 256 << 20 {
        throw context.error(.noFrames, "no frame of the video could be decoded in the first 256 MB of audio")
      }
    }
    if pending == nil { throw context.error(.noFrames, "not a single frame of the video could be decoded") }
  }

  private func advance() throws(VideoError) {
    if options.cancellation.isCancelled { throw VideoError(.cancelled, path: context.path, message: "cancelled") }
    switch try decoder.receive() {
    case .frame(let frame): try accept(frame)
    case .hungry: try feed()
    case .damaged: damagedPacketCount += 1
    case .end: finish()
    }
  }

  private func feed() throws(VideoError) {
    let status = demuxer.read(into: packet)
    defer { av_packet_unref(packet) }
    switch status {
    case 0...: break
    case sf_error_eof: return try endOfFile()
    case sf_error_again: return
    case sf_error_invalid_data, sf_error_patch_welcome:
      damagedPacketCount += 1
      failedReads += 1
      // A demuxer that cannot get past a place would say so for ever.
      if failedReads >= 1000 {
        notes.append("reading was given up at damaged data after \(packetCount) packets")
        try endOfFile()
      }
      return
    default: throw context.error(status, .readFailed, "read on after \(packetCount) packets")
    }
    failedReads = 0
    if packet.pointee.stream_index == stream.pointee.index {
      packetCount += 1
      let isCorrupt = packet.pointee.flags & AV_PKT_FLAG_CORRUPT != 0
      let isAccepted = try decoder.send(packet)
      if isCorrupt || !isAccepted { damagedPacketCount += 1 }
    } else if let audioStream, packet.pointee.stream_index == audioStream.pointee.index {
      audioTimeline?.place(packet)
      items.append(.audio(try context.require(AudioPacket(taking: packet, timeBase: audioStream.pointee.time_base), .readFailed)))
    }
  }

  private func endOfFile() throws(VideoError) {
    _ = try decoder.send(nil)
    // MP4 and QuickTime list every packet in front; what is listed but missing was cut off.
    let listed = demuxer.name.hasPrefix("mov,") ? Int(sf_stream_index_count(stream)) : 0
    if packetCount < listed { notes.append("the file ends early: \(packetCount) of \(listed) video packets are there") }
  }

  private func accept(_ decoded: DecodedFrame) throws(VideoError) {
    let frame = decoded.frame.pointee
    if frame.decode_error_flags != 0 || frame.flags & AV_FRAME_FLAG_CORRUPT != 0 { concealedFrameCount += 1 }
    if converter == nil { try start(with: decoded) }
    guard let image = try converter?.image(of: decoded) else { return }
    if pending == nil, frameCount == 0 { moveStart(frame.best_effort_timestamp) }
    let given = frame.best_effort_timestamp == sf_no_timestamp ? nil : frame.best_effort_timestamp &- origin
    // The frame before may have lasted through a pause.
    let longestStep = max(usualStep, TimestampLimit.units(1, of: info.timeBase.value))
    let pts = repair.repair(given, step: min(lastDuration ?? usualStep, longestStep))
    if let pending { deliver(pending, duration: pts - pending.pts) }
    pending = Pending(image: image, pts: pts, durationHint: sf_frame_duration(decoded.frame))
  }

  private func start(with decoded: DecodedFrame) throws(VideoError) {
    let converter = try FrameConverter(
      first: decoded, codec: decoder.identifier, isStill: info.isStillImage, pool: options.pool, context: context)
    self.converter = converter
    info.complete(
      target: converter.target, frame: decoded, demuxer: demuxer, stream: stream, option: options.orientation, notes: &notes)
  }

  /// MP4 shows nothing that lies before zero, so a video that starts there is moved, with its sound; so is one that starts later than is
  /// believed (a clock of the day, or damage).
  private func moveStart(_ first: Int64) {
    let longest = TimestampLimit.units(TimestampLimit.length, of: info.timeBase.value)
    let (shift, isFar) = origin.subtractingReportingOverflow(first)
    if first != sf_no_timestamp, !isFar, shift > 0 || shift < -longest {
      origin = first
      info.timestampOrigin = Double(first) * info.timeBase.value
      notes.append("timestamps start at \(info.timestampOrigin) s in the container and were moved to zero")
      if let audioStream { moveAudio(by: av_rescale_q(shift, stream.pointee.time_base, audioStream.pointee.time_base)) }
    }
    if let shift = audioTimeline?.settle() { items.moveAudio(by: shift) }
  }

  private func moveAudio(by shift: Int64) {
    items.moveAudio(by: shift)
    audioTimeline?.move(by: shift)
  }

  private func deliver(_ frame: Pending, duration: Int64) {
    lastDuration = duration
    let image = frame.image.turned(info.orientation, pool: options.pool)
    items.append(
      .frame(
        VideoFrame(
          index: frameCount, pts: frame.pts, timestamp: Double(frame.pts) * info.timeBase.value, duration: duration, image: image)))
    frameCount += 1
  }

  private func finish() {
    isFinished = true
    guard let pending else { return }
    let longest = TimestampLimit.units(TimestampLimit.pause(timeBase: info.timeBase), of: info.timeBase.value)
    let isStated = pending.durationHint > 0 && pending.durationHint <= longest
    deliver(pending, duration: isStated ? pending.durationHint : lastDuration ?? usualStep)
    self.pending = nil
  }
}
