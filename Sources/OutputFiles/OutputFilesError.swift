import Foundation

/// An error from writing output files.
public struct OutputFilesError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The kind of failure. More codes may be added, so a `switch` over them needs a `default`.
  public struct Code: Hashable, Sendable, CustomStringConvertible {
    private enum Value: String { case exists, isFolder, nameTooLong, folderUnavailable, busy, cannotWrite, cannotMove }
    private let value: Value

    private init(_ value: Value) { self.value = value }

    public var description: String { value.rawValue }

    /// A file of the same name exists and must not be replaced.
    public static let exists = Code(.exists)
    /// A folder already has the name of a file to be written.
    public static let isFolder = Code(.isFolder)
    /// A file name is longer than file systems allow.
    public static let nameTooLong = Code(.nameTooLong)
    /// A folder cannot be created, or nothing can be written to it.
    public static let folderUnavailable = Code(.folderUnavailable)
    /// Another process, or another part of this one, holds the lock.
    public static let busy = Code(.busy)
    /// A file cannot be written, flushed to the disk or given its name.
    public static let cannotWrite = Code(.cannotWrite)
    /// A finished set of files cannot be moved to its final place.
    public static let cannotMove = Code(.cannotMove)
  }

  public let code: Code
  /// What happened, and to which file.
  public let message: String
  /// The file or folder that the error is about.
  public let path: String
  /// The value of `errno`, if a system call failed.
  public let systemError: Int32?

  package init(_ code: Code, _ message: String, path: String, systemError: Int32? = nil) {
    self.code = code
    self.message = message
    self.path = path
    self.systemError = systemError
  }

  /// Creates the error for a failed system call.
  /// - Parameter action: the beginning of the message, which the path follows, such as "cannot write".
  package init(_ code: Code, _ action: String, _ path: String, errno number: Int32 = errno) {
    self.init(code, "\(action) \(path): \(String(cString: strerror(number)))", path: path, systemError: number)
  }

  public var description: String { message }
}
