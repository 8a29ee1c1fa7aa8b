import Logging

/// Writes the library's log messages to standard error, in the same form as this program's own messages.
struct TerminalLog: LogHandler {
  let label: String
  let isJSON: Bool
  var logLevel: Logger.Level
  var metadata: Logger.Metadata = [:]

  init(label: String, level: Logger.Level, isJSON: Bool) {
    self.label = label
    self.isJSON = isJSON
    logLevel = level
  }

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    let details = metadata.merging(event.metadata ?? [:]) { $1 }.sorted { $0.key < $1.key }.map { " \($0.key)=\($0.value)" }.joined()
    let text = "\(event.message)\(details)".split(whereSeparator: \.isNewline).joined(separator: " ")
    if isJSON {
      Terminal.message(ProgressLine(event: .message, level: event.level.rawValue, message: "\(label): \(text)").text)
    } else {
      Terminal.message("\(label): \(event.level): \(text)")
    }
  }
}
