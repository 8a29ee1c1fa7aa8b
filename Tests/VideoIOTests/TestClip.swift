import Foundation
import Imaging
import TestSupport
import VideoIO

/// Everything that a reader hands out of a file.
struct ReadVideo {
  var info: VideoInfo
  var frames: [VideoFrame] = []
  var audio: [AudioPacket] = []
  var warnings: [String]
  var damagedPackets: Int

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
    damagedPackets = reader.damagedPacketCount
  }
}

/// Copies a video through reader and writer.
@discardableResult
func copyVideo(_ source: URL, to target: URL, _ options: VideoWriterOptions = VideoWriterOptions()) throws -> WrittenVideo {
  let reader = try VideoReader(path: source.path)
  let writer = try VideoWriter(path: target.path, like: reader.info, options: options)
  while let item = try reader.next() {
    switch item {
    case .frame(let frame): try writer.write(frame.image, pts: frame.pts, duration: frame.duration)
    case .audio(let packet): try writer.write(packet)
    }
  }
  return try writer.finish()
}

/// Presentation times in seconds of the frames that ffprobe decodes.
func probedTimes(_ file: URL) throws -> [Double] {
  try FFmpegTool.entries("frame=best_effort_timestamp_time", of: file).compactMap { line in
    line.split(separator: ",").first.flatMap { Double($0) }
  }
}
