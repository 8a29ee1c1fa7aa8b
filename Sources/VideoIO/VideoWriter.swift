import CFFmpeg
import CFFmpegLibraries
import Foundation
public import Imaging
import OutputFiles

/// Writes an H.264 video in MP4, with the timestamps, colour tags and pixel shape of the video that it is like.
///
/// Timestamps are written exactly where the source's time base has at most a million units a second, to a microsecond
/// elsewhere, and a microsecond apart where they are closer. A picture with an odd side gets its last column or row once more, because H.264's 4:2:0 knows no odd sizes. The
/// index is at the front of the file. The file gets its name in `finish()`; until then, and if that never comes, there is only
/// a partial file beside it, which is removed when the writer goes.
///
/// Not Sendable: to be used by one thread at a time.
public final class VideoWriter {
  /// FFmpeg's name of the encoder that was opened.
  public let encoderName: String
  /// What became of the sound, in words; nil when it is simply copied or there is none.
  public private(set) var audioNote: String?

  private enum State { case open, finished, cancelled }

  private let context: FFmpegContext
  /// Nil after `finish()` and `cancel()`.
  private var file: PartialFile?
  private let sourceTimeBase: Rational
  private let encoder: H264Encoder
  private let width: Int
  private let height: Int
  private var muxer: MP4Muxer?
  private var state = State.open
  private var lastPts: Int64?
  /// In the encoder's units, which may be coarser.
  private var lastScaled: Int64?
  private var frameCount = 0
  private var packetCount = 0
  private var audioPacketCount = 0
  private let scratch: UnsafeMutablePointer<AVPacket>
  private var audio = AudioTrack.none

  /// Opens the encoder and creates the partial file.
  ///
  /// - Parameters:
  ///   - path: the final name; what lies there is replaced by `finish()`.
  ///   - info: the video whose timestamps, size and colour the pictures have.
  /// - Throws: `VideoError`: `noEncoder`, `cannotCreate`.
  public init(path: String, like info: VideoInfo, options: VideoWriterOptions = VideoWriterOptions()) throws(VideoError) {
    context = FFmpegContext(path: path)
    context.log.bind()
    sourceTimeBase = info.timeBase
    width = info.width
    height = info.height
    let settings = EncoderSettings(info, options)
    encoder = try VideoEncoders.open(options.encoder, settings, context: context)
    encoderName = encoder.kind.name
    scratch = try context.require(av_packet_alloc(), .cannotCreate)
    // From here on `deinit` removes the file, also when this throws.
    let file = PartialFile(writtenElsewhere: path)
    let (path, encoder, context) = (file.partialPath, encoder, context)
    self.file = consume file
    let opened = try AudioTrack.open(
      options.audio == .copy ? info.audio : nil, context: context, cancellation: options.cancellation
    ) { audio throws(VideoError) in
      try MP4Muxer(
        path: path, encoder: encoder, audio: audio, metadata: options.metadata, context: context, cancellation: options.cancellation)
    }
    muxer = opened.muxer
    audio = opened.track
    audioNote = opened.note
  }

  deinit {
    cancel()
    var packet: UnsafeMutablePointer<AVPacket>? = scratch
    av_packet_free(&packet)
  }

  /// Encodes the next frame.
  ///
  /// - Parameters:
  ///   - image: of the size that `info` states.
  ///   - pts: in `info.timeBase`, greater than the one before.
  ///   - duration: in `info.timeBase`; only the last frame's is needed.
  /// - Throws: `VideoError`: `encodeFailed`, `writeFailed`, `misuse`, `cancelled`.
  public func write(_ image: YUVImage, pts: Int64, duration: Int64) throws(VideoError) {
    try requireOpen()
    guard image.width == width, image.height == height else {
      throw context.error(.misuse, "a picture of \(image.width)×\(image.height) in a video of \(width)×\(height)")
    }
    if let lastPts, pts <= lastPts { throw context.error(.misuse, "timestamp \(pts) after \(lastPts)") }
    context.log.bind()
    let exact = rescale(pts)
    // What FFmpeg answers where the result does not fit.
    guard exact != .min, exact < .max / 2 else { throw context.error(.misuse, "timestamp \(pts) is too large") }
    let scaled = lastScaled.map { max(exact, $0 + 1) } ?? exact
    (lastPts, lastScaled) = (pts, scaled)
    try encoder.encode(image, pts: scaled, duration: max(1, rescale(pts &+ duration) &- scaled), writePacket)
    frameCount += 1
  }

  /// Takes over a packet of the source's sound; does nothing when the writer was made without.
  ///
  /// - Throws: `VideoError`: `writeFailed`, `misuse`.
  public func write(_ packet: AudioPacket) throws(VideoError) {
    try requireOpen()
    guard let muxer else { return }
    context.log.bind()
    switch audio {
    case .none: return
    case .copied:
      try context.check(av_packet_ref(scratch, packet.packet), .writeFailed, "write sound")
      try muxer.writeAudio(scratch, timeBase: packet.timeBase)
    case .transcoded(let transcoder):
      try transcoder.write(packet.packet) { made throws(VideoError) in
        try muxer.writeAudio(made, timeBase: transcoder.timeBase)
      }
    }
    audioPacketCount += 1
  }

  /// Ends the video and gives the file its name. To be called once.
  ///
  /// - Throws: `VideoError`: `encodeFailed`, `writeFailed`, `misuse`, `cancelled`; the partial file is then removed.
  public func finish() throws(VideoError) -> WrittenVideo {
    try requireOpen()
    context.log.bind()
    do throws(VideoError) {
      guard frameCount > 0 else { throw context.error(.misuse, "a video needs at least one frame") }
      try encoder.finish(writePacket)
      if case .transcoded(let transcoder) = audio, let muxer {
        try transcoder.finish { made throws(VideoError) in try muxer.writeAudio(made, timeBase: transcoder.timeBase) }
      }
      guard packetCount == frameCount else {
        throw context.error(.encodeFailed, "\(encoderName) made \(packetCount) packets of \(frameCount) frames")
      }
      try muxer?.finish()
      muxer = nil
      guard let file = file.take() else { throw context.error(.misuse, "the video was finished or cancelled before") }
      let (path, bytes) = (file.path, file.byteCount)
      do { try file.commit() } catch { throw context.error(-(error.systemError ?? EIO), .writeFailed, "finish the file") }
      state = .finished
      return WrittenVideo(
        path: path, frameCount: frameCount, audioPacketCount: audioPacketCount, byteCount: bytes, encoder: encoderName)
    } catch {
      cancel()
      throw error
    }
  }

  /// Gives up: the partial file is removed. Does nothing after `finish()`.
  public func cancel() {
    guard state == .open else { return }
    state = .cancelled
    muxer = nil
    file = nil
  }

  private func requireOpen() throws(VideoError) {
    if state != .open { throw context.error(.misuse, "the video was finished or cancelled before") }
  }

  private func rescale(_ pts: Int64) -> Int64 { av_rescale_q(pts, sourceTimeBase.ffmpeg, encoder.settings.timeBase.ffmpeg) }

  private func writePacket(_ packet: UnsafeMutablePointer<AVPacket>) throws(VideoError) {
    try muxer?.writeVideo(packet, timeBase: encoder.settings.timeBase)
    packetCount += 1
  }
}

extension EncoderSettings {
  init(_ info: VideoInfo, _ options: VideoWriterOptions) {
    self.init(
      width: (info.width + 1) & ~1, height: (info.height + 1) & ~1, timeBase: Self.timeBase(for: info.timeBase), frameRate: info.frameRate,
      sampleAspectRatio: info.sampleAspectRatio, tags: info.tags, threads: options.encoderThreads,
      rateControl: options.rateControl, quality: options.quality, preset: options.preset)
  }

  /// One over a whole number, as MP4 has it; a finer clock than a microsecond would overflow MP4's durations.
  static func timeBase(for source: Rational) -> Rational { Rational(1, max(1, min(source.denominator, 1_000_000))) }
}
