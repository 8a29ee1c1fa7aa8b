/// Under which terms a published file may be used.
public struct ModelLicence: Hashable, Sendable {
  /// Short, e.g. `Apache-2.0`.
  public let name: String
  /// What a user must know before using the file: one or two sentences, shown at installation.
  public let note: String

  public init(name: String, note: String) {
    self.name = name
    self.note = note
  }
}
