/// The report's script, `Resources/report.js`: plays all videos in step and moves the cursor of all charts with them. It loads nothing.
enum PageScript {
  static let text = String(decoding: PackageResources.report_js, as: UTF8.self)
}
