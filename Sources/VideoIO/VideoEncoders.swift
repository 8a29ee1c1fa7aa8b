import CFFmpegLibraries
import Imaging
import Synchronization

/// The H.264 encoders of this machine.
public enum VideoEncoders {
  /// An encoder and whether it works on this machine.
  public struct Candidate: Hashable, Sendable {
    /// FFmpeg's name of the encoder.
    public let name: String
    public let works: Bool
    /// Why it does not work; nil when it does.
    public let reason: String?
  }

  private static let results = Mutex<[String: Candidate]>([:])

  /// Tests each known encoder, in the order of preference, by encoding a small image. Results are kept for the life of the process.
  public static func usable() -> [Candidate] { EncoderKind.candidates.map(tryOut) }

  static func tryOut(_ kind: EncoderKind) -> Candidate {
    // An encoder that is listed, or even one that opens, need not be able to encode.
    if let known = results.withLock({ $0[kind.name] }) { return known }
    let result = probe(kind)
    results.withLock { $0[kind.name] = result }
    return result
  }

  private static func probe(_ kind: EncoderKind) -> Candidate {
    let options = VideoWriterOptions()
    let settings = EncoderSettings(
      width: 640, height: 480, timeBase: Rational(1, 25), frameRate: Rational(25, 1), sampleAspectRatio: Rational(1, 1),
      tags: ColourTags(), threads: options.encoderThreads, rateControl: options.rateControl, quality: options.quality,
      preset: options.preset)
    let context = FFmpegContext(path: kind.name)
    context.log.bind()
    do throws(VideoError) {
      let encoder = try H264Encoder(kind, settings, context: context)
      var packets = 0
      let count = { (_: borrowing FFmpegPacket) throws(VideoError) in packets += 1 }
      try encoder.encode(grey(settings), pts: 0, duration: 1, count)
      try encoder.finish(count)
      if packets == 1 { return Candidate(name: kind.name, works: true, reason: nil) }
      return Candidate(name: kind.name, works: false, reason: "it opens but does not encode")
    } catch {
      let words = error.log.last.map { " (\($0))" } ?? ""
      return Candidate(name: kind.name, works: false, reason: error.message + words)
    }
  }

  private static func grey(_ settings: EncoderSettings) -> YUVImage {
    let canvas = YUVCanvas(width: settings.width, height: settings.height, colour: YUVColour())
    for plane in [canvas.y, canvas.u, canvas.v] { plane.base.update(repeating: 128, count: plane.stride * plane.height) }
    return canvas.finish()
  }

  /// Opens the encoder called `name`, or without a name the first known one that works.
  ///
  /// - Throws: `VideoError` with the code `noEncoder`.
  static func open(_ name: String?, _ settings: EncoderSettings, context: FFmpegContext) throws(VideoError) -> H264Encoder {
    if let name {
      let kind = EncoderKind.candidates.first { $0.name == name } ?? EncoderKind.other(name)
      do throws(VideoError) { return try H264Encoder(kind, settings, context: context) } catch {
        let working = usable().filter(\.works).map(\.name).joined(separator: ", ")
        throw VideoError(.noEncoder, path: context.path, message: "\(error.message); encoders that work here: \(working)", log: error.log)
      }
    }
    var reasons: [String] = []
    for kind in EncoderKind.candidates {
      let candidate = tryOut(kind)
      guard candidate.works else {
        reasons.append("\(kind.name): \(candidate.reason ?? "")")
        continue
      }
      // An encoder that works for a small image may still refuse this size.
      do throws(VideoError) { return try H264Encoder(kind, settings, context: context) } catch {
        reasons.append("\(kind.name): \(error.message)")
      }
    }
    throw context.error(
      .noEncoder, "no H.264 encoder works here: \(reasons.joined(separator: "; ")); install an FFmpeg with libx264")
  }
}
