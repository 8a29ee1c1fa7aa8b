import Foundation

/// One line of `--progress json`; `docs/progress-json.md` describes it for programs. Fields that do not belong to an event are left out.
struct ProgressLine: Encodable {
  enum Event: String, Encodable {
    /// Work on a video begins: `input`, `index` (from 1), `count`.
    case started
    /// How far it is: `input`, `frames`, `expected`, `withFace`, `framesPerSecond`, `elapsed`, `remaining`.
    case progress
    /// A video is done: `input`, `frames`, `withFace`, `elapsed`, `outputs`; `skipped` says why nothing had to be done.
    case finished
    /// A video is not done, and nothing of it is left: `input`, `error`.
    case failed
    /// `level` (debug, info, warning, error) and `message`.
    case message
    /// The last line: `count`, `failedCount`, `skippedCount`.
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

  /// The object as JSON, without the line's end.
  var text: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    // Nothing in it can fail to be encoded.
    return (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
  }
}
