import Measures
import Report

/// Reads a summary table; the bytes need not be UTF-8.
@Sendable func fuzzSummaryTable(_ bytes: [UInt8]) {
  guard let table = StoredTable(String(decoding: bytes, as: UTF8.self)) else { return }
  for highest: Float in [1, 5] {
    let findings = SummaryTable.findings(in: table) { name, title in
      MeasureID(name: name, title: title, quantity: "", highest: highest, origin: nil)
    }
    for finding in findings ?? [] { _ = finding.sentence }
  }
}
