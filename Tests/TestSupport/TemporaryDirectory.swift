public import Foundation

/// An empty folder that is removed, with everything in it, when the last reference to it goes.
public final class TemporaryDirectory: Sendable {
  public let url: URL
  /// The folder's path, without a slash at the end.
  public var path: String { url.path }

  public init() throws {
    url = FileManager.default.temporaryDirectory.resolvingSymlinksInPath().appending(path: "splitface-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit {
    // A folder that a test has made unwritable would stay behind otherwise.
    let attributes: [FileAttributeKey: Any] = [.posixPermissions: 0o755]
    try? FileManager.default.setAttributes(attributes, ofItemAtPath: path)
    try? FileManager.default.removeItem(at: url)
  }

  /// The place of a file of this name in the folder; nothing is created.
  public func file(_ name: String) -> URL { url.appending(path: name) }

  /// What lies in the folder and below it: relative paths, sorted.
  public var contents: [String] {
    (FileManager.default.subpaths(atPath: path) ?? []).sorted()
  }
}
