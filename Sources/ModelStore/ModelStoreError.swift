import OutputFiles

/// An error in finding, downloading, checking, converting or writing network files.
///
/// ```swift
/// do { try ModelStore().install("openface3") } catch where error.code == .busy { … }
/// ```
public struct ModelStoreError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The kind of failure. More codes may be added, so a `switch` over them needs a `default`.
  public struct Code: Hashable, Sendable, CustomStringConvertible {
    private enum Value: String {
      case unknownPackage, notInstalled, notOffered, download, mismatch, changed, notONNX, notACheckpoint, conversion
      case unreadable, unwritable, exists, busy, cancelled
    }
    private let value: Value

    private init(_ value: Value) { self.value = value }

    public var description: String { value.rawValue }

    /// The catalogue has no package of this name.
    public static let unknownPackage = Code(.unknownPackage)
    /// None of the files that a network can be made from is installed. `packages` names the packages that have such a file.
    public static let notInstalled = Code(.notInstalled)
    /// The publisher does not offer the file as a separate download. `packages` names the file's package.
    public static let notOffered = Code(.notOffered)
    /// The download failed, or downloads from its address are not allowed.
    public static let download = Code(.download)
    /// The checksum or size of a downloaded or given file differs from that of the published file.
    public static let mismatch = Code(.mismatch)
    /// An installed file no longer has the checksum of the published one. `packages` names the file's package.
    public static let changed = Code(.changed)
    /// The user's own file is a checkpoint or a TensorFlow Lite file, but an ONNX file is needed.
    public static let notONNX = Code(.notONNX)
    /// A file to be converted is a MediaPipe file instead of a PyTorch checkpoint.
    public static let notACheckpoint = Code(.notACheckpoint)
    /// A file can be read but not converted to ONNX.
    public static let conversion = Code(.conversion)
    /// A file cannot be read.
    public static let unreadable = Code(.unreadable)
    /// A folder or file cannot be written.
    public static let unwritable = Code(.unwritable)
    /// The file to be written exists already and must not be replaced.
    public static let exists = Code(.exists)
    /// Another process is installing into the same store.
    public static let busy = Code(.busy)
    /// The caller cancelled the installation.
    public static let cancelled = Code(.cancelled)
  }

  public let code: Code
  /// What happened, to which file, in one line.
  public let message: String
  /// The file, folder or address that the error is about, if there is one.
  public let path: String?
  /// The names of the packages that contain the missing or damaged file.
  public let packages: [String]
  /// The network that the error is about, if there is one.
  public let network: NetworkName?

  public init(_ code: Code, _ message: String, path: String? = nil, packages: [String] = [], network: NetworkName? = nil) {
    self.code = code
    self.message = message
    self.path = path
    self.packages = packages
    self.network = network
  }

  init(_ error: OutputFilesError) { self.init(.unwritable, error.message, path: error.path) }

  public var description: String { message }
}
