import Foundation

/// One line of the output of `--progress json`, which `docs/progress-json.md` describes. Fields that an event does not use are left out.
struct ProgressLine: Encodable {
  enum Event: String, Encodable {
    /// Work on a video begins. Fields: `input`, `index` (from 1), `count`.
    case started
    /// Work on a video makes progress. Fields: `input`, `frames`, `expected`, `withFace`, `framesPerSecond`, `elapsed`, `remaining`.
    case progress
    /// A video is finished. Fields: `input`, `frames`, `withFace`, `elapsed`, `outputs`. If an earlier run has finished it, `skipped` is
    /// the reason why it was skipped.
    case finished
    /// A video failed, and none of its outputs are left. Fields: `input`, `error`.
    case failed
    /// There is a message for the user. Fields: `level` (debug, info, warning, error), `message`.
    case message
    /// The batch has ended; this is the last line. Fields: `count`, `failedCount`, `skippedCount`.
    case ended
  }

  let event: Event
  var input: String?
  var index: Int?
  var count: Int?
  var frames: Int?
  var expected: Int?
  var withFace: Int?
  var framesPerSecond: Double?
  var elapsed: Double?
  var remaining: Double?
  var outputs: [String]?
  var skipped: String?
  var error: String?
  var failedCount: Int?
  var skippedCount: Int?
  var level: String?
  var message: String?

  /// The object as JSON, without a line break.
  var text: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    // Encoding cannot fail: all fields are texts and numbers, and infinite numbers are converted to text.
    return (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
  }
}
