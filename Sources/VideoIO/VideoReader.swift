import CFFmpeg
import CFFmpegLibraries
import DequeModule
public import Imaging

/// Reads a video: upright 8-bit 4:2:0 frames in presentation order, with the packets of its best audio stream in between.
///
/// ```swift
/// let reader = try VideoReader(path: "visit.mp4")
/// while let item = try reader.next() {
///   if case .frame(let frame) = item { print(frame.timestamp, frame.image.width) }
/// }
/// reader.warnings.forEach { print($0) }
/// ```
///
/// Frames in 8-bit 4:2:0 use the decoder's memory, without a copy. libswscale converts all others once:
/// - Video with more than 8 bits is rounded to 8 bits. It keeps its matrix, range and tags, including those for PQ and HLG; nothing is tone
///   mapped.
/// - RGB becomes YUV in limited range. The matrix is BT.709 from 720 rows up and BT.601 below, unless the tags state another.
/// - Alpha is dropped.
///
/// Interlaced frames are not deinterlaced. If the size changes within a video, later frames are scaled to the first size.
///
/// Timestamps are those of the container. Where they are missing, do not increase or are implausible, they are repaired, and `warnings`
/// reports it. A video that starts before zero is moved to start at zero, as is one in a broadcast format whose clock starts at ten seconds
/// or later (`VideoInfo.timestampOrigin`).
///
/// Only the named file is opened; files that refer to others are refused. Not Sendable: one thread at a time may use it.
public final class VideoReader {
  public private(set) var info: VideoInfo
  /// The number of packets so far that were damaged or incomplete, or that the decoder rejected.
  public private(set) var damagedPacketCount = 0
  /// The number of frames returned so far.
  public private(set) var frameCount = 0

  private let context: FFmpegContext
  private let demuxer: Demuxer
  private let decoder: VideoDecoder
  private let options: VideoReaderOptions
  private let stream: UnsafeMutablePointer<AVStream>  // Owned by the demuxer.
  private let audioStream: UnsafeMutablePointer<AVStream>?
  private let packet: FFmpegPacket
  private var converter: FrameConverter?
  private var repair: TimestampRepair
  private var audioTimeline: AudioTimeline?
  private var origin: Int64
  private let usualStep: Int64
  private var pending: Pending?
  private var lastDuration: Int64?
  /// Items that were read but not yet returned, in order.
  private var items = Deque<VideoItem>()
  private var audioByteCount = 0
  private var isFinished = false
  private var packetCount = 0
  private var failedReads = 0
  /// The number of damaged frames in which the decoder concealed the damage.
  private var concealedFrameCount = 0
  private var notes: [String]

  /// The newest decoded frame, not yet turned upright. Its duration is known only when the next frame has been decoded.
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
    let start = demuxer.origin
    let microseconds = AVRational(num: 1, den: AV_TIME_BASE)
    origin = av_rescale_q(start, microseconds, choice.video.pointee.time_base)
    info.timestampOrigin = Double(start) / Double(AV_TIME_BASE)
    repair = TimestampRepair(timeBase: info.timeBase)
    usualStep = TimestampLimit.units(min(1 / info.frameRate.value, TimestampLimit.usualFrame), of: info.timeBase.value)
    audioTimeline = choice.audio.map {
      AudioTimeline(timeBase: $0.pointee.time_base, origin: av_rescale_q(start, microseconds, $0.pointee.time_base))
    }
    packet = try context.require(FFmpegPacket())
    try readFirstFrame()
  }

  /// Returns the next frame or audio packet, nil at the end.
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

  /// Returns the video's first frame, turned upright by `info.orientation`; nil once `next()` has returned it. Each call turns the frame
  /// anew.
  public func firstFrame() -> YUVImage? {
    guard frameCount == 0, let pending else { return nil }
    return pending.image.turned(info.orientation, pool: options.pool)
  }

  /// Changes the orientation that the reader undoes, starting with the next frame, and updates `info`.
  public func setOrientation(_ option: OrientationOption) {
    let sample = pending?.image
    info.orient(option, sample: sample?.colour)
  }

  /// Continues at the last key frame that is not later than a time, or at the file's start.
  ///
  /// This is for looking at single frames of a video that is read without audio: afterwards, `warnings` and frame numbers no longer
  /// describe the whole video, and timestamps are repaired without knowledge of the frames that were skipped.
  /// - Parameter time: seconds from the video's start.
  /// - Returns: whether that was possible. It is not in some files without an index; where reading continues is then undefined, and the
  ///   next frame may be missing.
  package func seek(to time: Double) -> Bool {
    context.log.bind()
    let units = origin &+ TimestampLimit.units(time, of: info.timeBase.value)
    guard demuxer.seek(to: units, in: stream) else { return false }
    decoder.flush()
    repair = TimestampRepair(timeBase: info.timeBase)
    pending = nil
    lastDuration = nil
    items.removeAll()
    isFinished = false
    return true
  }

  /// Sentences about problems and conversions that the user should know about. The list is complete once `next()` has returned nil.
  public var warnings: [String] {
    var lines = notes
    if info.timestampOrigin != 0 { lines.append("the container's timestamps start at \(info.timestampOrigin) s and were moved to zero") }
    lines += repair.warnings
    if let jumps = audioTimeline?.implausibleJumps, jumps > 0 {
      lines.append("\(jumps.were("implausible audio timestamp jump")) ignored")
    }
    if damagedPacketCount > 0 { lines.append("\(damagedPacketCount.were("damaged packet")) found") }
    if concealedFrameCount > 0 { lines.append("\(concealedFrameCount.were("frame")) damaged; the decoder concealed the damaged parts") }
    if let resized = converter?.resizedFrames, resized > 0 {
      lines.append("the frame size changes: \(resized.were("frame")) scaled to the first size, \(info.codedWidth)×\(info.codedHeight)")
    }
    return lines
  }

  // MARK: Reading

  private func readFirstFrame() throws(VideoError) {
    while pending == nil, !isFinished {
      try advance()
      if audioByteCount > 256 << 20 {
        throw context.error(.noFrames, "no video frame could be decoded within the first 256 MB of audio")
      }
    }
    if pending == nil { throw context.error(.noFrames, "no video frame could be decoded") }
  }

  private func advance() throws(VideoError) {
    if options.cancellation.isCancelled { throw context.cancelled }
    switch try decoder.receive() {
    case .frame(let frame): try accept(frame)
    case .needsPacket: try feed()
    case .damaged: damagedPacketCount += 1
    case .end: finish()
    }
  }

  private func feed() throws(VideoError) {
    let status = demuxer.read(into: packet)
    defer { av_packet_unref(packet.pointer) }
    switch status {
    case 0...: break
    case sf_error_eof: return try endOfFile()
    case sf_error_again: return
    case sf_error_invalid_data, sf_error_patch_welcome:
      damagedPacketCount += 1
      failedReads += 1
      // A demuxer that cannot skip a damaged part would report it forever.
      if failedReads >= 1000 {
        notes.append("reading stopped at damaged data after \(packetCount) video packets")
        try endOfFile()
      }
      return
    default: throw context.error(status, .readFailed, "continue reading after \(packetCount) video packets")
    }
    failedReads = 0
    let index = packet.pointer.pointee.stream_index
    if index == stream.pointee.index {
      packetCount += 1
      let isCorrupt = packet.pointer.pointee.flags & AV_PKT_FLAG_CORRUPT != 0
      let isAccepted = try decoder.send(packet)
      if isCorrupt || !isAccepted { damagedPacketCount += 1 }
    } else if let audioStream, index == audioStream.pointee.index {
      audioTimeline?.place(packet)
      let audio = try context.require(AudioPacket(taking: packet, timeBase: audioStream.pointee.time_base), .readFailed)
      audioByteCount += audio.byteCount
      items.append(.audio(audio))
    }
  }

  private func endOfFile() throws(VideoError) {
    try decoder.sendEnd()
    // MP4 and QuickTime list every packet in the index; packets that are listed but missing were cut off.
    let listed = demuxer.name.hasPrefix("mov,") ? Int(sf_stream_index_count(stream)) : 0
    if packetCount < listed { notes.append("the file ends early: it contains \(packetCount) of the \(listed) video packets that it lists") }
  }

  private func accept(_ decoded: DecodedFrame) throws(VideoError) {
    let frame = decoded.frame.pointer.pointee
    if frame.decode_error_flags != 0 || frame.flags & AV_FRAME_FLAG_CORRUPT != 0 { concealedFrameCount += 1 }
    if converter == nil { try start(with: decoded) }
    guard let image = try converter?.image(of: decoded) else { return }
    if pending == nil, frameCount == 0 { moveStart(frame.best_effort_timestamp) }
    let given = frame.best_effort_timestamp == sf_no_timestamp ? nil : frame.best_effort_timestamp &- origin
    // The duration of the frame before may include a pause, so the step is limited.
    let longestStep = max(usualStep, TimestampLimit.units(1, of: info.timeBase.value))
    let pts = repair.repair(given, step: min(lastDuration ?? usualStep, longestStep))
    if let pending { deliver(pending, duration: pts - pending.pts) }
    pending = Pending(image: image, pts: pts, durationHint: sf_frame_duration(decoded.frame.pointer))
  }

  private func start(with decoded: DecodedFrame) throws(VideoError) {
    let converter = try FrameConverter(
      first: decoded, codec: decoder.identifier, isStill: info.isStillImage, pool: options.pool, context: context)
    self.converter = converter
    info.complete(
      target: converter.target, frame: decoded, demuxer: demuxer, stream: stream, option: options.orientation, notes: &notes)
  }

  /// Shifts the video and its audio to zero if the first frame is implausibly late (a clock that states the date, or damage) or before
  /// zero, where MP4 would not show it.
  private func moveStart(_ first: Int64) {
    let longest = TimestampLimit.units(TimestampLimit.length, of: info.timeBase.value)
    let (shift, isFar) = origin.subtractingReportingOverflow(first)
    if first != sf_no_timestamp, !isFar, shift > 0 || shift < -longest {
      origin = first
      info.timestampOrigin = Double(first) * info.timeBase.value
      if let audioStream { moveAudio(by: av_rescale_q(shift, stream.pointee.time_base, audioStream.pointee.time_base)) }
    }
    if let shift = audioTimeline?.settle() { moveQueuedAudio(by: shift) }
  }

  private func moveAudio(by shift: Int64) {
    moveQueuedAudio(by: shift)
    audioTimeline?.move(by: shift)
  }

  private func moveQueuedAudio(by shift: Int64) {
    for case .audio(let packet) in items { packet.move(by: shift) }
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
