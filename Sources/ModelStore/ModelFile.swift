public import Foundation

/// A published file of network weights.
public struct ModelFile: Hashable, Sendable {
  /// The name of the file, as published and in the store.
  public let name: String
  /// The publisher's address of the file; nil if the publisher does not offer it as a separate file.
  public let source: URL?
  /// The file's SHA-256, in lower-case hexadecimal.
  public let sha256: String
  /// The size of the file in bytes; nil if the publisher does not state it. The checksum is verified in any case.
  public let byteCount: Int?
  /// The networks that are made from the file.
  public let networks: [NetworkName]

  /// Describes a published file.
  /// - Precondition: `sha256` has 64 digits.
  public init(name: String, source: URL?, sha256: String, byteCount: Int?, networks: [NetworkName]) {
    precondition(sha256.count == 64)
    self.name = name
    self.source = source
    self.sha256 = sha256
    self.byteCount = byteCount
    self.networks = networks
  }

  /// The number of bytes after which a download is stopped. Without a limit, an endless answer would fill the disk before its checksum
  /// could be compared.
  var largestByteCount: Int { byteCount ?? 1 << 29 }
}
