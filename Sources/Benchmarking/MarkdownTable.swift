/// A Markdown table whose columns are also aligned when it is read as plain text.
struct MarkdownTable {
  let header: [String]
  let rows: [[String]]
  /// The number of left-aligned columns, counted from the left. They contain words; the other columns are right-aligned.
  let leading: Int

  var text: String {
    let widths = header.indices.map { column in max(3, ([header] + rows).map { $0[column].count }.max() ?? 0) }
    func line(_ cells: [String]) -> String {
      let padded = cells.indices.map { column in
        let space = String(repeating: " ", count: widths[column] - cells[column].count)
        return column < leading ? cells[column] + space : space + cells[column]
      }
      return "| " + padded.joined(separator: " | ") + " |"
    }
    let rule = widths.indices.map { column in
      column < leading ? String(repeating: "-", count: widths[column]) : String(repeating: "-", count: widths[column] - 1) + ":"
    }
    return ([line(header), line(rule)] + rows.map(line)).joined(separator: "\n")
  }
}
