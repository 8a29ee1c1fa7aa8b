/// Files that belong together: published by the same people under one licence.
public struct ModelPackage: Hashable, Sendable {
  /// What it is called on the command line and in the store, e.g. `openface3`.
  public let name: String
  /// What it is, in a few words.
  public let title: String
  /// Who publishes it, and where to read about it.
  public let publisher: String
  public let licence: ModelLicence
  public let files: [ModelFile]
  /// How to get it, as a command.
  public let installation: String

  public init(
    name: String, title: String, publisher: String, licence: ModelLicence, files: [ModelFile], installation: String
  ) {
    self.name = name
    self.title = title
    self.publisher = publisher
    self.licence = licence
    self.files = files
    self.installation = installation
  }
}
