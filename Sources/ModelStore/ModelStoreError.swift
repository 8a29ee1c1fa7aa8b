import OutputFiles

/// An error about the networks' files: finding, downloading, checking, converting or writing them.
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
    /// The publisher does not offer the file for download by itself. `packages` names its package.
    public static let notOffered = Code(.notOffered)
    /// The download failed, or its address is not one that files are downloaded from.
    public static let download = Code(.download)
    /// A file that was downloaded or given has another checksum or size than the published one.
    public static let mismatch = Code(.mismatch)
    /// An installed file no longer has the checksum of the published one. `packages` names its package.
    public static let changed = Code(.changed)
    /// A file of the user's own is a checkpoint or a TensorFlow Lite file where an ONNX file is needed.
    public static let notONNX = Code(.notONNX)
    /// A file to be converted is not a PyTorch checkpoint, but MediaPipe's.
    public static let notACheckpoint = Code(.notACheckpoint)
    /// A file has the right content and cannot be converted to ONNX.
    public static let conversion = Code(.conversion)
    /// A file cannot be read.
    public static let unreadable = Code(.unreadable)
    /// A folder or file cannot be written.
    public static let unwritable = Code(.unwritable)
    /// The file to be written exists and must not be replaced.
    public static let exists = Code(.exists)
    /// Another process is installing into the same store.
    public static let busy = Code(.busy)
    /// The caller cancelled.
    public static let cancelled = Code(.cancelled)
  }

  public let code: Code
  /// What happened, to which file, in one line.
  public let message: String
  /// The file, folder or address that the error is about, if there is one.
  public let path: String?
  /// The names of the packages that have what is missing or damaged.
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
