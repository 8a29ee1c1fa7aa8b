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
  /// Nil where something else writes the file.
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
    // After a commit nothing has this name any more.
    unlink(partialPath)
  }

  /// The number of bytes that have been written so far.
  package var byteCount: Int {
    var status = stat()
    return stat(partialPath, &status) == 0 ? Int(status.st_size) : 0
  }

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

  /// Gives the file its name, which replaces a file that had it.
  ///
  /// A file that something else has written must be closed.
  /// - Throws: `OutputFilesError.Code.cannotWrite`; the partial file is removed then.
  package consuming func commit() throws(OutputFilesError) {
    if let file = file.take() { try file.finish() } else { try Durability.sync(partialPath) }
    try Durability.replace(path, with: partialPath)
  }

  /// Writes a small file: all of it or nothing, also where several processes write it at the same time.
  /// - Parameter creatingDirectories: whether missing directories above the file are created.
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
