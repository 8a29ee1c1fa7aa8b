import Foundation
import OutputFiles

/// Reads files. Its errors contain the operating system's reason.
enum FileBytes {
  private static let pieceSize = 1 << 20

  /// Calls `body` with the pieces of a file in order.
  /// - Throws: `unreadable`, or the error that `body` throws.
  static func forEachPiece(
    of url: URL, _ body: (UnsafeRawBufferPointer) throws(ModelStoreError) -> Void
  ) throws(ModelStoreError) {
    let descriptor = open(url.path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw unreadable(url) }
    defer { close(descriptor) }
    let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: pieceSize, alignment: 16)
    defer { piece.deallocate() }
    while true {
      let count = try readSome(descriptor, into: piece, of: url)
      if count == 0 { return }
      try body(UnsafeRawBufferPointer(rebasing: piece[..<count]))
    }
  }

  /// Returns the size of a file in bytes; nil if the file does not exist.
  static func size(_ url: URL) -> Int? {
    try? FileManager.default.attributesOfItem(atPath: url.path)[.size] as? Int
  }

  /// Reads a whole file. Its bytes are in memory only once, which matters for a checkpoint of a hundred megabytes.
  /// - Throws: `unreadable`.
  static func read(_ url: URL) throws(ModelStoreError) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(size(url) ?? 0)
    try forEachPiece(of: url) { piece in bytes.append(contentsOf: piece) }
    return bytes
  }

  /// Creates a folder and its missing parent folders.
  /// - Throws: `unwritable`.
  static func createFolder(_ folder: URL) throws(ModelStoreError) {
    var directories = CreatedDirectories()
    do { try directories.create(folder) } catch { throw ModelStoreError(error) }
  }

  /// Reads the bytes that are available, and waits for some if there are none.
  /// - Returns: the number of bytes; 0 at the end.
  /// - Throws: `unreadable`.
  static func readSome(
    _ descriptor: CInt, into piece: UnsafeMutableRawBufferPointer, of url: URL
  ) throws(ModelStoreError) -> Int {
    while true {
      let count = Foundation.read(descriptor, piece.baseAddress, piece.count)
      if count >= 0 { return count }
      if errno != EINTR { throw unreadable(url) }
    }
  }

  /// Makes the error for the system call that has just failed.
  private static func unreadable(_ url: URL) -> ModelStoreError {
    ModelStoreError(.unreadable, "cannot read \(url.path): \(String(cString: strerror(errno)))", path: url.path)
  }
}
