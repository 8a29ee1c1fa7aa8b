import Foundation
import OutputFiles

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

  static func createFolder(_ folder: URL) throws(ModelStoreError) {
    var directories = CreatedDirectories()
    do { try directories.create(folder) } catch { throw ModelStoreError(error) }
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

  /// An error with the operating system's words for `errno`.
  static func failure(_ code: ModelStoreError.Code, _ what: String, _ url: URL) -> ModelStoreError {
    ModelStoreError(code, "\(what) \(url.path): \(String(cString: strerror(errno)))", path: url.path)
  }
}
