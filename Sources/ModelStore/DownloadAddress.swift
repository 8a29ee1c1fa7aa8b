import Foundation

/// The address of a download, and the protocols that may be used for it.
struct DownloadAddress: Hashable, Sendable {
  let url: URL
  /// The protocols as an argument of curl's option `--proto`.
  let protocols: String
  /// Whether the address is on this machine. A proxy must not be used then, since it would take the address for one on the proxy's own
  /// machine.
  let isOnThisMachine: Bool

  /// The publishers' hosts that the catalogue may name, with their subdomains. Such a host may redirect to any other host, where TLS is
  /// required too. The checksum decides whether a file is accepted.
  private static let publishers = ["storage.googleapis.com", "huggingface.co"]

  /// Takes the publisher's address of a file.
  /// - Throws: `notOffered` if there is none, `download` if it is not an https address of a known publisher.
  init(publishedBy package: ModelPackage, _ file: ModelFile) throws(ModelStoreError) {
    guard let source = file.source else {
      throw ModelStoreError(.notOffered, "\(package.name) is not available as a separate download", packages: [package.name])
    }
    guard source.scheme == "https", let host = source.host(), Self.publishers.contains(where: { host == $0 || host.hasSuffix("." + $0) })
    else { throw ModelStoreError(.download, "\(source) is not the https address of a known publisher") }
    url = source
    protocols = "=https"
    isOnThisMachine = false
  }

  /// Makes the address of a file on a mirror.
  ///
  /// With TLS, any host is allowed, since the checksum is verified. Without TLS, only this machine is allowed, so that nobody on the
  /// network learns what is downloaded.
  /// - Throws: `download` if the address is neither `https` nor on this machine.
  init(base: URL, _ file: ModelFile) throws(ModelStoreError) {
    isOnThisMachine = ["localhost", "127.0.0.1", "::1"].contains(base.host() ?? "")
    switch base.scheme {
    case "https": protocols = "=https"
    case "http" where isOnThisMachine: protocols = "=http"
    default:
      throw ModelStoreError(.download, "cannot download from \(base): an https address is needed (http only on this machine)")
    }
    url = base.appending(path: file.name)
  }
}
