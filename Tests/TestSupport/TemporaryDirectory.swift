public import Foundation

/// A new, empty folder that is removed, with its contents, when the last reference to this object is released.
public final class TemporaryDirectory: Sendable {
  public let url: URL
  /// The folder's path, without a slash at the end.
  public var path: String { url.path }

  public init() throws {
    url = FileManager.default.temporaryDirectory.resolvingSymlinksInPath().appending(path: "splitface-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit {
    // Otherwise a folder that a test has made unwritable could not be removed.
    let attributes: [FileAttributeKey: Any] = [.posixPermissions: 0o755]
    try? FileManager.default.setAttributes(attributes, ofItemAtPath: path)
    try? FileManager.default.removeItem(at: url)
  }

  /// Returns the location of a file of this name in the folder. Nothing is created.
  public func file(_ name: String) -> URL { url.appending(path: name) }

  /// The relative paths of everything in the folder, at any depth, sorted.
  public var contents: [String] {
    (FileManager.default.subpaths(atPath: path) ?? []).sorted()
  }
}
