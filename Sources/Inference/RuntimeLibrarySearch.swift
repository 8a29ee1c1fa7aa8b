#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A search for ONNX Runtime's library on this machine.
///
/// The current directory is not searched: otherwise a library would be loaded just because a folder of videos contains a file of that name.
package struct RuntimeLibrarySearch {
  /// The environment variable that names a library file, or a folder that contains one. If it is set, nothing else is searched.
  package static let environmentVariable = "SPLITFACE_ONNXRUNTIME"

  private let environment: [String: String]
  private let executableFolder: String?

  /// Creates a search.
  ///
  /// - Parameters:
  ///   - environment: the environment variables by name.
  ///   - executableFolder: the folder of the running program; `.splitface/onnxruntime` is looked up in it and in all folders above it.
  package init(
    environment: [String: String] = ProcessInfo.processInfo.environment, executableFolder: String? = Self.executableFolder()
  ) {
    self.environment = environment
    self.executableFolder = executableFolder
  }

  /// Returns the library file that is named by `library` or else by the environment variable; nil if neither is given.
  /// - Throws: `libraryNotFound` if there is no library in that place.
  package func named(_ library: String?) throws(InferenceError) -> String? {
    let variable = environment[Self.environmentVariable].flatMap { $0.isEmpty ? nil : $0 }
    guard let name = library ?? variable else { return nil }
    let place = library == nil ? "\(name) (from \(Self.environmentVariable))" : name
    var isFolder = false
    guard Self.exists(name, isFolder: &isFolder) else {
      throw InferenceError(.libraryNotFound, "ONNX Runtime was not found: \(place) does not exist")
    }
    guard isFolder else { return Self.realPath(name) }
    guard let file = Self.libraries(in: name).first else {
      throw InferenceError(.libraryNotFound, "ONNX Runtime was not found: the folder \(place) contains no \(Self.fileName)")
    }
    return file
  }

  /// All folders that are searched if no place is named, in order, including folders that do not exist.
  package var folders: [String] { ownFolders + Self.systemFolders + pythonFolders }

  /// All library files in ``folders``, in order.
  package var candidates: [String] { folders.flatMap(Self.libraries(in:)) }

  /// The folders in which set-up may have installed the library: `.splitface/onnxruntime` in the program's folder and all folders above it.
  private var ownFolders: [String] {
    guard var folder = executableFolder else { return [] }
    var folders: [String] = []
    while true {
      folders.append((folder == "/" ? "" : folder) + "/.splitface/onnxruntime")
      guard let slash = folder.lastIndex(of: "/"), folder != "/" else { return folders }
      folder = slash == folder.startIndex ? "/" : String(folder[..<slash])
    }
  }

  private static var systemFolders: [String] {
    #if os(macOS)
      ["/opt/homebrew/lib", "/usr/local/lib"]
    #else
      ["/home/linuxbrew/.linuxbrew/lib", "/usr/local/lib", "/usr/local/lib64"]
        + ["/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib64", "/usr/lib"]
    #endif
  }

  /// The folders `onnxruntime/capi` of all Python installations whose packages are in a usual place. ONNX Runtime's wheels contain the C
  /// library.
  private var pythonFolders: [String] {
    let environments = ["VIRTUAL_ENV", "CONDA_PREFIX"].compactMap { environment[$0] }.filter { $0.hasPrefix("/") }
    let home = environment["HOME"].map { [$0 + "/.local"] } ?? []
    let roots = environments + home + ["/usr/local", "/opt/homebrew", "/usr"]
    var pythons = roots.flatMap { root in
      Self.entries(of: root + "/lib", prefix: "python3").map { root + "/lib/" + $0 }
    }
    #if os(macOS)
      let library = (environment["HOME"] ?? "") + "/Library/Python"
      pythons += Self.entries(of: library, prefix: "3").map { library + "/" + $0 + "/lib/python" }
    #endif
    return pythons.flatMap { [$0 + "/site-packages", $0 + "/dist-packages"] }.map { $0 + "/onnxruntime/capi" }
  }

  #if os(macOS)
    private static let fileName = "libonnxruntime.dylib"
    private static func isLibrary(_ name: String) -> Bool {
      name == fileName || (name.hasPrefix("libonnxruntime.") && name.hasSuffix(".dylib"))
    }
  #else
    private static let fileName = "libonnxruntime.so"
    private static func isLibrary(_ name: String) -> Bool { name == fileName || name.hasPrefix(fileName + ".") }
  #endif

  /// Returns the library files of a folder, newest version first. A file is listed only once, even if links refer to it.
  private static func libraries(in folder: String) -> [String] {
    var seen: Set<String> = []
    return entries(of: folder, prefix: "libonnxruntime.").filter(isLibrary).map { realPath(folder + "/" + $0) }.filter {
      seen.insert($0).inserted
    }
  }

  /// Returns the names in a folder that begin with `prefix`, those with higher numbers first.
  private static func entries(of folder: String, prefix: String) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []  // A folder that does not exist is treated as empty.
    return names.filter { $0.hasPrefix(prefix) }.sorted { numbers($1).lexicographicallyPrecedes(numbers($0)) }
  }

  private static func numbers(_ name: String) -> [Int] {
    name.split(whereSeparator: { !$0.isNumber }).compactMap { Int($0) }
  }

  private static func exists(_ path: String, isFolder: inout Bool) -> Bool {
    var status = stat()
    guard stat(path, &status) == 0 else { return false }
    isFolder = status.st_mode & S_IFMT == S_IFDIR
    return true
  }

  /// Returns the path with symbolic links resolved, so that the libraries beside the real file are found; if there is no file, the path
  /// itself.
  private static func realPath(_ path: String) -> String {
    guard let resolved = realpath(path, nil) else { return path }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  /// Returns the folder of the running program, with symbolic links resolved.
  package static func executableFolder() -> String? {
    #if os(Linux)
      let path = realPath("/proc/self/exe")
    #else
      // Finds the image that contains this code. It may differ from the process's main program: tests are a bundle that another program
      // loads.
      var image = Dl_info()
      guard dladdr(#dsohandle, &image) != 0, let name = image.dli_fname else { return nil }
      let path = realPath(String(cString: name))
    #endif
    return path.lastIndex(of: "/").map { String(path[..<$0]) }
  }
}
