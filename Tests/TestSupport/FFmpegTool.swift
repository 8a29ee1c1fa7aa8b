public import Foundation

/// FFmpeg's programs, with which tests make clips and examine results independently of the project's own reader.
///
/// A test that needs them has the trait `.enabled(if: FFmpegTool.isAvailable)`.
public enum FFmpegTool {
  public static let ffmpeg: URL? = ChildProcess.find("ffmpeg")
  public static let ffprobe: URL? = ChildProcess.find("ffprobe")
  public static let isAvailable = ffmpeg != nil && ffprobe != nil

  /// The error of a program that is missing or that failed.
  public struct Failure: Error, CustomStringConvertible {
    public let description: String
  }

  /// Runs `ffmpeg -y -v error -nostdin` with these arguments.
  public static func make(_ arguments: [String]) throws {
    _ = try run(ffmpeg, "ffmpeg", ["-y", "-v", "error", "-nostdin"] + arguments)
  }

  /// Runs `ffmpeg` with these arguments and returns its standard output (for instance, raw frames written to `-`).
  public static func output(_ arguments: [String]) throws -> Data {
    try run(ffmpeg, "ffmpeg", ["-v", "error", "-nostdin"] + arguments).standardOutput
  }

  /// Runs `ffprobe -v error` with these arguments and returns its output.
  public static func probe(_ arguments: [String]) throws -> String {
    try run(ffprobe, "ffprobe", ["-v", "error"] + arguments).output
  }

  /// Returns the values of `entries` (`stream=width,height`, `frame=pts` …) of a stream, by default the first video stream: one line per
  /// stream, frame or packet, values separated by commas.
  public static func entries(_ entries: String, of file: URL, stream: String = "v:0") throws -> [String] {
    try probe(["-select_streams", stream, "-show_entries", entries, "-of", "csv=p=0", file.path])
      .split(separator: "\n").map { $0.hasSuffix(",") ? String($0.dropLast()) : String($0) }
  }

  /// Returns the number of frames of the first video stream that can be decoded.
  public static func frameCount(of file: URL) throws -> Int {
    let arguments = ["-count_frames", "-select_streams", "v:0", "-show_entries", "stream=nb_read_frames", "-of", "csv=p=0", file.path]
    let text = try probe(arguments)
    guard let count = Int(text.trimmingCharacters(in: CharacterSet(charactersIn: ",\n "))) else {
      throw Failure(description: "ffprobe counted no frames in \(file.path): \(text)")
    }
    return count
  }

  private static func run(_ program: URL?, _ name: String, _ arguments: [String]) throws -> ChildProcess.Result {
    guard let program else { throw Failure(description: "\(name) is not in PATH") }
    let result = try ChildProcess.run(program, arguments)
    guard result.status == 0, !result.timedOut else {
      throw Failure(description: "\(name) \(arguments.joined(separator: " ")): \(result.errors)")
    }
    return result
  }
}
