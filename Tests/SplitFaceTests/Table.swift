import Foundation
import Testing

/// A CSV table of numbers.
struct Table {
  let columns: [String]
  /// The values by row; not-a-number for a field `nan`.
  let rows: [[Double]]

  init(_ file: URL) throws {
    let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
    columns = try #require(lines.first).split(separator: ",").map(String.init)
    rows = try lines.dropFirst().map { line in
      try line.split(separator: ",", omittingEmptySubsequences: false).map { field in try #require(Double(field)) }
    }
    for row in rows { try #require(row.count == columns.count) }
  }

  /// The values of a column; empty if there is no such column.
  subscript(_ column: String) -> [Double] {
    guard let index = columns.firstIndex(of: column) else { return [] }
    return rows.map { $0[index] }
  }

  /// The names of the columns of Action Unit intensities.
  var intensities: [String] { columns.filter { $0.hasPrefix("AU") && $0.hasSuffix("_r") } }
}

/// Returns the largest absolute difference; infinity if the lengths differ or only one value of a pair is a number.
func largestDifference(_ a: [Double], _ b: [Double]) -> Double {
  guard a.count == b.count else { return .infinity }
  return zip(a, b).reduce(0) { largest, pair in
    if pair.0.isNaN && pair.1.isNaN { return largest }
    let difference = abs(pair.0 - pair.1)
    return difference.isNaN ? .infinity : max(largest, difference)
  }
}

/// Returns the mean absolute difference; infinity if the lengths differ or there are no values.
func meanDifference(_ a: [Double], _ b: [Double]) -> Double {
  guard a.count == b.count, !a.isEmpty else { return .infinity }
  return zip(a, b).reduce(0) { $0 + abs($1.0 - $1.1) } / Double(a.count)
}
