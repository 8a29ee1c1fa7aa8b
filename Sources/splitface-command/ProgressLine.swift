import Foundation

/// One line of `--progress json`; `docs/progress-json.md` describes it for programs. Fields that an event does not have are left out.
struct ProgressLine: Encodable {
  enum Event: String, Encodable {
    /// Work on a video begins: `input`, `index` (from 1), `count`.
    case started
    /// Progress of a video: `input`, `frames`, `expected`, `withFace`, `framesPerSecond`, `elapsed`, `remaining`.
    case progress
    /// A video is done: `input`, `frames`, `withFace`, `elapsed`, `outputs`; `skipped` says why it was done already.
    case finished
    /// A video failed, and none of its outputs are left: `input`, `error`.
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

  /// The object as JSON, without a line break.
  var text: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    // No field can fail to be encoded.
    return (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
  }
}
