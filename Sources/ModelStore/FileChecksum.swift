public import Foundation

/// The SHA-256 of a file.
public enum FileChecksum {
  /// Computes the SHA-256 of a file.
  /// - Returns: the checksum in lower-case hexadecimal.
  /// - Throws: `unreadable`.
  public static func sha256(of file: URL) throws(ModelStoreError) -> String { try FileDigest.read(file).sha256 }

  /// Computes the SHA-256 of a file and passes its bytes to `onPiece`.
  /// - Parameter onPiece: called with each piece of the file in order. An error that it throws stops the reading.
  /// - Throws: `unreadable`, or the error that `onPiece` throws.
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
