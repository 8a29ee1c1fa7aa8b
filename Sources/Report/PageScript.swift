/// The report's script, `Resources/report.js`: one clock for all videos, and a cursor in all charts that follows it. It loads nothing.
enum PageScript {
  static let text = String(decoding: PackageResources.report_js, as: UTF8.self)
}
