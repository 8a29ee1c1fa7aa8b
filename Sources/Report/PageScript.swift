/// The report's script, `Resources/report.js`. It plays all videos in sync and moves the cursors of all charts with them. It does not load
/// anything.
enum PageScript {
  static let text = String(decoding: PackageResources.report_js, as: UTF8.self)
}
