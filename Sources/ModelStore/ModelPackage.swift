/// Files that belong together: they are published by the same people under one licence.
public struct ModelPackage: Hashable, Sendable {
  /// The package's name in the store, e.g. `openface3`.
  public let name: String
  /// A few words that say what the package contains.
  public let title: String
  /// Who publishes the package, and where to read about it.
  public let publisher: String
  public let licence: ModelLicence
  public let files: [ModelFile]

  public init(name: String, title: String, publisher: String, licence: ModelLicence, files: [ModelFile]) {
    self.name = name
    self.title = title
    self.publisher = publisher
    self.licence = licence
    self.files = files
  }

  /// Whether ``ModelStore/install(_:from:baseURL:progress:isCancelled:)`` can download every file from its publisher.
  public var isDownloadable: Bool { files.allSatisfy { $0.source != nil } }
}
