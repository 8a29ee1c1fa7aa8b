import OutputFiles

/// What went wrong with a file of weights. Its description is one line that says what, where, and what to do.
public struct ModelStoreError: Error, Hashable, Sendable, CustomStringConvertible {
  public enum Code: String, Hashable, Sendable {
    /// No package of this name is in the catalogue.
    case unknownPackage
    /// A network is asked for and none of the files that it can be made of is there.
    case notInstalled
    /// A file has another checksum or size than the published one.
    case changed
    /// A file could not be read.
    case unreadable
    /// A folder or file could not be written.
    case unwritable
    /// Another program is installing into the same store.
    case busy
    /// The download failed, or its address is not one that is downloaded from.
    case download
    /// The file is as published, or the user's own, and could not be turned into ONNX.
    case conversion
    /// The caller asked to stop.
    case cancelled
  }

  public let code: Code
  public let message: String
  /// The file or folder, if it is about one.
  public let path: String?

  public init(_ code: Code, _ message: String, path: String? = nil) {
    self.code = code
    self.message = message
    self.path = path
  }

  init(_ error: OutputFilesError) { self.init(.unwritable, error.message, path: error.path) }

  public var description: String { message }
}
