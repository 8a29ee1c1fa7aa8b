import Foundation

/// A file that appears under its name only when it is complete (see ``Durability``).
///
/// It is written under a partial name beside its final place. Unless `commit()` is called, the partial file is removed when the value is
/// destroyed.
package struct PartialFile: ~Copyable {
  /// The file's final path.
  package let path: String
  /// The path under which the file is written.
  package let partialPath: String
  /// Nil if something else, such as a library, writes the file.
  private var file: WritableFile?

  /// Creates the partial file, to be written with `append(_:)`.
  /// - Throws: `OutputFilesError.Code.cannotWrite`.
  package init(path: String) throws(OutputFilesError) {
    self.path = path
    partialPath = PartialPath.make(for: path)
    file = try WritableFile(path: partialPath, appends: false, name: path)
  }

  /// Chooses a partial name only; something else, such as a library, creates and writes the file at `partialPath`.
  package init(writtenElsewhere path: String) {
    self.path = path
    partialPath = PartialPath.make(for: path)
  }

  deinit {
    // After a commit, no file has this name, and this does nothing.
    unlink(partialPath)
  }

  /// The number of bytes written so far.
  package var byteCount: Int {
    var status = stat()
    return stat(partialPath, &status) == 0 ? Int(status.st_size) : 0
  }

  /// Appends bytes to the file.
  /// - Precondition: the file was created by `init(path:)`.
  /// - Throws: `OutputFilesError.Code.cannotWrite`.
  package mutating func append(_ bytes: UnsafeRawBufferPointer) throws(OutputFilesError) {
    precondition(file != nil, "something else writes this file")
    try file?.append(bytes)
  }

  package mutating func append(_ bytes: [UInt8]) throws(OutputFilesError) { try append(bytes[...]) }

  package mutating func append(_ bytes: ArraySlice<UInt8>) throws(OutputFilesError) {
    try bytes.withUnsafeBufferPointer { buffer throws(OutputFilesError) in try append(UnsafeRawBufferPointer(buffer)) }
  }

  /// Gives the file its final name. An existing file of that name is replaced.
  ///
  /// If something else has written the file, it must be closed.
  /// - Throws: `OutputFilesError.Code.cannotWrite`; the partial file is removed then.
  package consuming func commit() throws(OutputFilesError) {
    if let file = file.take() { try file.finish() } else { try Durability.sync(partialPath) }
    try Durability.replace(path, with: partialPath)
  }

  /// Writes a small file completely or not at all, even if several processes write it at the same time.
  /// - Parameter creatingDirectories: whether to create the missing parent directories.
  /// - Throws: `OutputFilesError.Code.cannotWrite`, `.folderUnavailable`.
  package static func write(_ bytes: [UInt8], to path: String, creatingDirectories: Bool = false) throws(OutputFilesError) {
    var directories = CreatedDirectories()
    if creatingDirectories { try directories.create(URL(filePath: path).deletingLastPathComponent()) }
    var file = try PartialFile(path: path)
    try file.append(bytes)
    try file.commit()
    try directories.sync()
  }
}
