import Foundation

/// The folders on this machine for network files and for the networks converted from them.
struct StoreLocations: Sendable {
  /// The folder into which files are installed.
  let own: URL
  /// The folders in which files are looked for, in order; includes ``own``.
  let searched: [URL]
  /// The folder for converted networks, which can be made again at any time.
  let cache: URL

  init(directory: URL?, cache: URL?, environment: [String: String], executable: URL?) {
    let named = directory ?? Self.folder(environment["SPLITFACE_MODELS"])
    let user = Self.userFolder(environment, variable: "XDG_DATA_HOME", fallback: ".local/share", macOS: "Library/Application Support")
      .appending(path: "splitface/models")
    own = named ?? user
    var searched = [own]
    if let executable { searched += Self.projectFolders(above: executable) }
    searched.append(user)
    self.searched = searched.reduce(into: []) { folders, folder in if !folders.contains(folder) { folders.append(folder) } }
    self.cache =
      cache ?? Self.folder(environment["SPLITFACE_CACHE"])
      ?? Self.userFolder(environment, variable: "XDG_CACHE_HOME", fallback: ".cache", macOS: "Library/Caches").appending(path: "splitface")
  }

  /// Uses only the two given folders.
  init(directory: URL, cache: URL) {
    own = directory
    searched = [directory]
    self.cache = cache
  }

  /// Returns the folders into which the project's set-up installs files. They exist only if the program was built in the project.
  private static func projectFolders(above executable: URL) -> [URL] {
    var folders: [URL] = []
    var folder = executable.resolvingSymlinksInPath().deletingLastPathComponent().standardizedFileURL
    while folder.path != "/", !folder.path.isEmpty {
      let models = folder.appending(path: ".splitface/models")
      if FileManager.default.fileExists(atPath: models.path) { folders.append(models) }
      folder.deleteLastPathComponent()
    }
    return folders
  }

  /// The XDG variables are meant for Linux; a user who sets them on macOS wants them to apply there too.
  private static func userFolder(_ environment: [String: String], variable: String, fallback: String, macOS: String) -> URL {
    // The XDG Base Directory Specification says to ignore relative paths.
    if let path = environment[variable], path.hasPrefix("/") { return URL(filePath: path, directoryHint: .isDirectory) }
    let home = folder(environment["HOME"]) ?? FileManager.default.homeDirectoryForCurrentUser
    #if os(macOS)
      return home.appending(path: macOS)
    #else
      return home.appending(path: fallback)
    #endif
  }

  private static func folder(_ path: String?) -> URL? {
    guard let path, !path.isEmpty else { return nil }
    return URL(filePath: path, directoryHint: .isDirectory)
  }
}
