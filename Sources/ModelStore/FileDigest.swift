import Crypto
public import Foundation

/// The SHA-256 of bytes that come piece by piece.
struct FileDigest {
  private var hash = SHA256()

  mutating func update(_ bytes: UnsafeRawBufferPointer) { hash.update(bufferPointer: bytes) }

  /// Lower-case hexadecimal.
  func finalize() -> String { hash.finalize().map { byte in String(byte >> 4, radix: 16) + String(byte & 15, radix: 16) }.joined() }

  /// The SHA-256 of a file as it is now, and its size.
  /// - Throws: `unreadable`.
  static func read(_ url: URL) throws(ModelStoreError) -> (sha256: String, byteCount: Int) {
    var digest = FileDigest()
    var count = 0
    try FileBytes.forEachPiece(of: url) { piece in
      digest.update(piece)
      count += piece.count
    }
    return (digest.finalize(), count)
  }
}

/// The SHA-256 of a file.
public enum FileChecksum {
  /// - Returns: lower-case hexadecimal.
  /// - Throws: `unreadable`.
  public static func sha256(of file: URL) throws(ModelStoreError) -> String { try FileDigest.read(file).sha256 }

  /// - Parameter onPiece: is shown every piece of the file in turn, for whoever wants to look at it in the same reading, or to stop.
  /// - Throws: `unreadable`, or what `onPiece` throws.
  package static func sha256(of file: URL, onPiece: (UnsafeRawBufferPointer) throws -> Void) throws -> String {
    var digest = FileDigest()
    var stopped: (any Error)?
    do {
      try FileBytes.forEachPiece(of: file) { piece throws(ModelStoreError) in
        digest.update(piece)
        do { try onPiece(piece) } catch {
          stopped = error
          throw ModelStoreError(.unreadable, "stopped", path: file.path)
        }
      }
    } catch { throw stopped ?? error }
    return digest.finalize()
  }
}
