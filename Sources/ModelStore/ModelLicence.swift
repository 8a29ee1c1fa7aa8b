/// The terms under which a published file may be used.
public struct ModelLicence: Hashable, Sendable {
  /// A short name, e.g. `Apache-2.0`.
  public let name: String
  /// One or two sentences with what a user must know before using the file. They are shown when it is installed.
  public let note: String

  public init(name: String, note: String) {
    self.name = name
    self.note = note
  }
}
