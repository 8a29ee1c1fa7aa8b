import Report

/// Reads a summary table; the bytes need not be UTF-8.
@Sendable func fuzzSummaryTable(_ bytes: [UInt8]) {
  let text = String(decoding: bytes, as: UTF8.self)
  for engine in ["hybrid", "mediapipe", ""] {
    for finding in Finding.findings(ofSummaryTable: text, engine: engine) ?? [] { _ = finding.sentence }
  }
}
