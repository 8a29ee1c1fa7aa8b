/// The style sheet of the report and the index, `Resources/page.css`.
enum PageStyle {
  static let text = "\n" + String(decoding: PackageResources.page_css, as: UTF8.self)
}
