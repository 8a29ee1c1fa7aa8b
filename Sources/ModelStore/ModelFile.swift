public import Foundation

/// A published file of weights.
public struct ModelFile: Hashable, Sendable {
  /// The name that it is published under and has in the store.
  public let name: String
  /// Where its publisher offers it; nil when it is only found inside another package, see ``ModelPackage/installation``.
  public let source: URL?
  /// Lower-case hexadecimal.
  public let sha256: String
  /// Nil where the publisher does not tell; the checksum decides in any case.
  public let byteCount: Int?
  /// The networks that are made of it.
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

  /// More than this is not downloaded: an answer without end would fill the disk before its checksum could be found wrong.
  var largestByteCount: Int { byteCount ?? 1 << 29 }
}
