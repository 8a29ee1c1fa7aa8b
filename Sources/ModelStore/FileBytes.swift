import Foundation

/// Files read and written with the operating system's words when that fails.
enum FileBytes {
  private static let pieceSize = 1 << 20

  /// Calls `body` with one piece of the file after the other.
  static func forEachPiece(
    of url: URL, _ body: (UnsafeRawBufferPointer) throws(ModelStoreError) -> Void
  ) throws(ModelStoreError) {
    let descriptor = open(url.path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(.unreadable, "cannot read", url) }
    defer { close(descriptor) }
    let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: pieceSize, alignment: 16)
    defer { piece.deallocate() }
    while true {
      let count = try readSome(descriptor, into: piece, of: url)
      if count == 0 { return }
      try body(UnsafeRawBufferPointer(rebasing: piece[..<count]))
    }
  }

  /// The size of a file, nil if there is none.
  static func size(_ url: URL) -> Int? {
    try? FileManager.default.attributesOfItem(atPath: url.path)[.size] as? Int
  }

  /// The whole file. Its bytes are in memory once only, which matters for a checkpoint of a hundred megabytes.
  static func read(_ url: URL) throws(ModelStoreError) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(size(url) ?? 0)
    try forEachPiece(of: url) { piece in bytes.append(contentsOf: piece) }
    return bytes
  }

  /// Writes a file that appears under its name whole or not at all, also when two programs write it at the same time.
  static func write(_ bytes: [UInt8], to url: URL) throws(ModelStoreError) {
    let folder = url.deletingLastPathComponent()
    try createFolder(folder)
    let partial = folder.appending(path: ".\(url.lastPathComponent).\(UUID().uuidString).partial")
    do {
      try Data(bytes).write(to: partial)
      try move(partial, to: url)
    } catch {
      try? FileManager.default.removeItem(at: partial)
      if let error = error as? ModelStoreError { throw error }
      throw ModelStoreError(.unwritable, "cannot write \(url.path): \(error.localizedDescription)", path: url.path)
    }
  }

  /// Gives a finished file its name, in place of what had it. Both must be on the same file system.
  static func move(_ finished: URL, to url: URL) throws(ModelStoreError) {
    // What is not on the disk yet when the machine stops would be an empty file under the final name.
    let descriptor = open(finished.path, O_RDONLY | O_CLOEXEC)
    if descriptor >= 0 {
      fsync(descriptor)
      close(descriptor)
    }
    guard rename(finished.path, url.path) == 0 else { throw failure(.unwritable, "cannot write", url) }
  }

  static func createFolder(_ folder: URL) throws(ModelStoreError) {
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    } catch {
      throw ModelStoreError(.unwritable, "cannot make the folder \(folder.path): \(error.localizedDescription)", path: folder.path)
    }
  }

  /// Reads what there is, waiting for it if need be; 0 at the end.
  static func readSome(
    _ descriptor: CInt, into piece: UnsafeMutableRawBufferPointer, of url: URL
  ) throws(ModelStoreError) -> Int {
    while true {
      let count = Foundation.read(descriptor, piece.baseAddress, piece.count)
      if count >= 0 { return count }
      if errno != EINTR { throw failure(.unreadable, "cannot read", url) }
    }
  }

  /// Writes all of it.
  static func writeAll(_ bytes: UnsafeRawBufferPointer, to descriptor: CInt, of url: URL) throws(ModelStoreError) {
    var rest = bytes
    while !rest.isEmpty {
      let count = Foundation.write(descriptor, rest.baseAddress, rest.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw failure(.unwritable, "cannot write", url) }
      rest = UnsafeRawBufferPointer(rebasing: rest[count...])
    }
  }

  /// An error with the operating system's words for `errno`.
  static func failure(_ code: ModelStoreError.Code, _ what: String, _ url: URL) -> ModelStoreError {
    ModelStoreError(code, "\(what) \(url.path): \(String(cString: strerror(errno)))", path: url.path)
  }
}
