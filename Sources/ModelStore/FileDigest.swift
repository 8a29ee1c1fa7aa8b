import Crypto
import Foundation

/// Computes the SHA-256 of bytes that are given piece by piece.
struct FileDigest {
  private var hash = SHA256()

  mutating func update(_ bytes: UnsafeRawBufferPointer) { hash.update(bufferPointer: bytes) }

  /// Returns the digest in lower-case hexadecimal.
  func finalize() -> String { hash.finalize().map { byte in String(byte >> 4, radix: 16) + String(byte & 15, radix: 16) }.joined() }

  /// Returns the SHA-256 of bytes in memory.
  static func sha256(of bytes: [UInt8]) -> String {
    var digest = FileDigest()
    bytes.withUnsafeBytes { digest.update($0) }
    return digest.finalize()
  }

  /// Reads a file and returns its SHA-256 and its size.
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
