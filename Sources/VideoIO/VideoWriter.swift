import CFFmpeg
import CFFmpegLibraries
import Foundation
public import Imaging
import OutputFiles

/// Writes an H.264 video in MP4, with the timestamps, colour tags and pixel shape of a given video.
///
/// ```swift
/// let writer = try VideoWriter(path: "copy.mp4", like: reader.info)
/// while let item = try reader.next() {
///   switch item {
///   case .frame(let frame): try writer.write(frame.image, pts: frame.pts, duration: frame.duration)
///   case .audio(let packet): try writer.write(packet)
///   }
/// }
/// let written = try writer.finish()
/// ```
///
/// Timestamps are exact if the source's time base has at most a million units per second. Otherwise they are rounded to microseconds and
/// kept at least a microsecond apart. If the width or height of the image is odd, its last column or row is repeated, because H.264 in
/// 4:2:0 has no odd sizes. The index is at the front of the file.
///
/// The file gets its name in `finish()`. Until then it is a partial file in the same folder, which is removed if the writer is released
/// without `finish()`.
///
/// Not Sendable: one thread at a time may use it.
public final class VideoWriter {
  /// FFmpeg's name of the encoder in use.
  public let encoderName: String
  /// A sentence for the user if the audio is converted or left out; nil if it is copied or there is none to write.
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
  /// `lastPts` in the encoder's units, which may be coarser.
  private var lastScaled: Int64?
  private var frameCount = 0
  private var packetCount = 0
  private var audioPacketCount = 0
  /// Holds a reference to the audio packet that is being copied.
  private let scratch: FFmpegPacket
  private var audio = AudioTrack.none

  /// Opens the encoder and creates the partial file.
  ///
  /// - Parameters:
  ///   - path: the final path; `finish()` replaces a file that exists there.
  ///   - info: describes the timestamps, size and colour of the images.
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
    scratch = try context.require(FFmpegPacket(), .cannotCreate)
    // All properties have values now, so `deinit` runs and removes the file even if the initialiser throws below.
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

  deinit { cancel() }

  /// Encodes the next frame.
  ///
  /// - Parameters:
  ///   - image: an image of the size that `info` states.
  ///   - pts: the presentation timestamp in units of `info.timeBase`, greater than the one before.
  ///   - duration: the duration in units of `info.timeBase`; only that of the last frame matters.
  /// - Throws: `VideoError`: `encodeFailed`, `writeFailed`, `misuse`, `cancelled`.
  public func write(_ image: YUVImage, pts: Int64, duration: Int64) throws(VideoError) {
    try requireOpen()
    guard image.width == width, image.height == height else {
      throw context.error(.misuse, "the image is \(image.width)×\(image.height), but the video is \(width)×\(height)")
    }
    if let lastPts, pts <= lastPts { throw context.error(.misuse, "timestamp \(pts) is not after \(lastPts)") }
    context.log.bind()
    let exact = rescale(pts)
    // FFmpeg returns the smallest 64-bit number if the result overflows.
    guard exact != .min, exact < .max / 2 else { throw context.error(.misuse, "timestamp \(pts) is too large") }
    let scaled = lastScaled.map { max(exact, $0 + 1) } ?? exact
    (lastPts, lastScaled) = (pts, scaled)
    try encoder.encode(image, pts: scaled, duration: max(1, rescale(pts &+ duration) &- scaled), writePacket)
    frameCount += 1
  }

  /// Writes a packet of the source's audio. The packet is ignored if the output has no audio.
  ///
  /// - Throws: `VideoError`: `encodeFailed`, `writeFailed`, `misuse`, `cancelled`.
  public func write(_ packet: AudioPacket) throws(VideoError) {
    try requireOpen()
    guard let muxer else { return }
    context.log.bind()
    switch audio {
    case .none: return
    case .copied:
      try context.check(av_packet_ref(scratch.pointer, packet.packet.pointer), .writeFailed, "write the audio")
      try muxer.writeAudio(scratch, timeBase: packet.timeBase)
    case .transcoded(let transcoder):
      try transcoder.write(packet.packet) { (made: borrowing FFmpegPacket) throws(VideoError) in
        try muxer.writeAudio(made, timeBase: transcoder.timeBase)
      }
    }
    audioPacketCount += 1
  }

  /// Completes the video and gives the file its name. Call it once.
  ///
  /// - Throws: `VideoError`: `encodeFailed`, `writeFailed`, `misuse`, `cancelled`; the partial file is then removed.
  public func finish() throws(VideoError) -> WrittenVideo {
    try requireOpen()
    context.log.bind()
    do throws(VideoError) {
      guard frameCount > 0 else { throw context.error(.misuse, "no frame was written; a video needs at least one") }
      try encoder.finish(writePacket)
      if case .transcoded(let transcoder) = audio, let muxer {
        try transcoder.finish { (made: borrowing FFmpegPacket) throws(VideoError) in
          try muxer.writeAudio(made, timeBase: transcoder.timeBase)
        }
      }
      guard packetCount == frameCount else {
        throw context.error(.encodeFailed, "the encoder \(encoderName) produced \(packetCount) packets for \(frameCount) frames")
      }
      try muxer?.finish()
      muxer = nil
      guard let file = file.take() else { throw context.error(.misuse, "the video was finished or cancelled before") }
      let (path, bytes) = (file.path, file.byteCount)
      do { try file.commit() } catch { throw context.error(-(error.systemError ?? EIO), .writeFailed, "finish the file") }
      state = .finished
      return WrittenVideo(
        path: path, frameCount: frameCount, audioPacketCount: audioPacketCount, byteCount: bytes)
    } catch {
      cancel()
      throw error
    }
  }

  /// Abandons the video and removes the partial file. Has no effect after `finish()`.
  public func cancel() {
    guard state == .open else { return }
    state = .cancelled
    muxer = nil
    file = nil
  }

  private func requireOpen() throws(VideoError) {
    if state != .open { throw context.error(.misuse, "the video was already finished or cancelled") }
  }

  private func rescale(_ pts: Int64) -> Int64 { av_rescale_q(pts, sourceTimeBase.ffmpeg, encoder.settings.timeBase.ffmpeg) }

  private func writePacket(_ packet: borrowing FFmpegPacket) throws(VideoError) {
    try muxer?.writeVideo(packet, timeBase: encoder.settings.timeBase)
    packetCount += 1
  }
}
