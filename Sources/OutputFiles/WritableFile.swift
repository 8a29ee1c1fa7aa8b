import Foundation

/// A file that is open for writing; it is closed when the value is destroyed.
package struct WritableFile: ~Copyable {
  /// The path that errors name.
  private let name: String
  private var descriptor: Int32

  /// Opens the file at `path`, and creates it if it does not exist.
  /// - Parameters:
  ///   - appends: whether to keep the present content of the file and append to it.
  ///   - name: the path that errors name, if it is not `path`.
  /// - Throws: `OutputFilesError.Code.cannotWrite`.
  package init(path: String, appends: Bool, name: String? = nil) throws(OutputFilesError) {
    self.name = name ?? path
    descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | (appends ? O_APPEND : O_TRUNC), 0o666)
    if descriptor < 0 { throw OutputFilesError(.cannotWrite, "cannot create", self.name) }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Writes bytes at the end of the file.
  /// - Throws: `OutputFilesError.Code.cannotWrite`.
  package func append(_ bytes: UnsafeRawBufferPointer) throws(OutputFilesError) {
    var rest = bytes
    while !rest.isEmpty {
      let count = write(descriptor, rest.baseAddress, rest.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw OutputFilesError(.cannotWrite, "cannot write", name) }
      rest = UnsafeRawBufferPointer(rebasing: rest[count...])
    }
  }

  /// Flushes the file to the disk and closes it.
  /// - Throws: `OutputFilesError.Code.cannotWrite`.
  package consuming func finish() throws(OutputFilesError) {
    try Durability.sync(descriptor, of: name)
    let closed = close(descriptor)
    descriptor = -1
    // Some network file systems report only now that writing has failed.
    if closed != 0 { throw OutputFilesError(.cannotWrite, "cannot finish", name) }
  }
}
