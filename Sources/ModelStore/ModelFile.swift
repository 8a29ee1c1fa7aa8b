public import Foundation

/// A published file of network weights.
public struct ModelFile: Hashable, Sendable {
  /// The name under which it is published, and which it has in the store.
  public let name: String
  /// The publisher's address for it; nil if the publisher does not offer it by itself.
  public let source: URL?
  /// The file's SHA-256, in lower-case hexadecimal.
  public let sha256: String
  /// The file's size; nil if the publisher does not state it. The checksum decides in any case.
  public let byteCount: Int?
  /// The networks that are made from it.
  public let networks: [NetworkName]

  /// - Precondition: `sha256` has 64 digits.
  public init(name: String, source: URL?, sha256: String, byteCount: Int?, networks: [NetworkName]) {
    precondition(sha256.count == 64)
    self.name = name
    self.source = source
    self.sha256 = sha256
    self.byteCount = byteCount
    self.networks = networks
  }

  /// The number of bytes after which a download is stopped: an endless answer would fill the disk before its checksum could be found
  /// wrong.
  var largestByteCount: Int { byteCount ?? 1 << 29 }
}
