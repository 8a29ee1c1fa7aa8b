import Foundation
import Imaging
import TestSupport
import Testing
import VideoIO

/// Everything that a reader returns for a file.
struct ReadVideo {
  var info: VideoInfo
  var frames: [VideoFrame] = []
  var audio: [AudioPacket] = []
  var warnings: [String]

  init(_ file: URL, _ options: VideoReaderOptions = VideoReaderOptions()) throws {
    let reader = try VideoReader(path: file.path, options: options)
    while let item = try reader.next() {
      switch item {
      case .frame(let frame): frames.append(frame)
      case .audio(let packet): audio.append(packet)
      }
    }
    info = reader.info
    warnings = reader.warnings
  }

  var times: [Double] { frames.map(\.timestamp) }
}

/// Copies a video with a reader and a writer.
@discardableResult
func copyVideo(
  _ source: URL, to target: URL, reading: VideoReaderOptions = VideoReaderOptions(), _ options: VideoWriterOptions = VideoWriterOptions()
) throws -> WrittenVideo {
  let reader = try VideoReader(path: source.path, options: reading)
  let writer = try VideoWriter(path: target.path, like: reader.info, options: options)
  while let item = try reader.next() {
    switch item {
    case .frame(let frame): try writer.write(frame.image, pts: frame.pts, duration: frame.duration)
    case .audio(let packet): try writer.write(packet)
    }
  }
  return try writer.finish()
}

/// The presentation times in seconds of the frames that ffprobe decodes.
func probedTimes(_ file: URL) throws -> [Double] {
  try FFmpegTool.entries("frame=best_effort_timestamp_time", of: file).compactMap { line in
    line.split(separator: ",").first.flatMap { Double($0) }
  }
}

/// Whether two lists of seconds have equal lengths and agree to a millisecond.
func agree(_ a: [Double], _ b: [Double]) -> Bool { a.count == b.count && zip(a, b).allSatisfy { abs($0 - $1) <= 0.001 } }

/// The checksum of the packets of a file's first audio stream, empty without one.
func audioHash(_ file: URL) throws -> String {
  let streams = try FFmpegTool.entries("stream=index", of: file, stream: "a:0")
  if streams.isEmpty { return "" }
  return String(decoding: try FFmpegTool.output(["-i", file.path, "-map", "0:a:0", "-c", "copy", "-f", "streamhash", "-"]), as: UTF8.self)
}

/// The first frames as ffmpeg decodes them: upright, in planar 4:2:0, with libswscale's default settings.
func decodedByFFmpeg(_ file: URL, frames: Int = 1, _ extra: [String] = []) throws -> [UInt8] {
  let arguments = ["-i", file.path] + extra + ["-frames:v", String(frames), "-f", "rawvideo", "-pix_fmt", "yuv420p", "-"]
  return [UInt8](try FFmpegTool.output(arguments))
}

extension YUVImage {
  /// The samples of all planes, row by row, without padding at the ends of rows.
  var samples: [UInt8] {
    [y, u, v].flatMap { plane in (0..<plane.height).flatMap { row in (0..<plane.width).map { plane[$0, row] } } }
  }

  /// The mean of each plane.
  var means: [Double] {
    [y, u, v].map { plane in
      var sum = 0
      for row in 0..<plane.height { for column in 0..<plane.width { sum += Int(plane[column, row]) } }
      return Double(sum) / Double(plane.width * plane.height)
    }
  }
}

/// The mean absolute difference; infinite when the counts differ.
func difference(_ a: [UInt8], _ b: [UInt8]) -> Double {
  guard a.count == b.count, !a.isEmpty else { return .infinity }
  return zip(a, b).reduce(0) { $0 + abs(Double($1.0) - Double($1.1)) } / Double(a.count)
}

/// ffmpeg's arguments for a moving test image, with a tone where `audio` has options for it.
func source(_ size: String = "64x48", rate: String = "25", frames: Int = 10, audio: [String]? = nil, seconds: Double = 2) -> [String] {
  let tone = audio == nil ? [] : ["-f", "lavfi", "-i", "sine=duration=\(seconds)"]
  return ["-f", "lavfi", "-i", "testsrc2=size=\(size):rate=\(rate)"] + tone + ["-frames:v", String(frames)] + (audio ?? [])
}

/// The code of the error that reading a file ends with, nil when it is read to its end. The error's description must be one line.
func failure(reading file: URL, _ options: VideoReaderOptions = VideoReaderOptions()) throws -> VideoError.Code? {
  do { _ = try ReadVideo(file, options) } catch let error as VideoError {
    #expect(!error.description.contains("\n"))
    return error.code
  }
  return nil
}
