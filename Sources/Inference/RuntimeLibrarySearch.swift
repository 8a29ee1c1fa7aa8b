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

/// Where ONNX Runtime's library may be on this machine. The current directory is never looked in: a library found there
/// would be run just because someone's folder of videos holds a file of that name.
package struct RuntimeLibrarySearch {
  /// Names a library file, or a folder that holds one; when set, nothing else is searched.
  package static let environmentVariable = "SPLITFACE_ONNXRUNTIME"

  private let environment: [String: String]
  private let executableFolder: String?

  /// - Parameters:
  ///   - environment: variables by name.
  ///   - executableFolder: of the running program; `.splitface/onnxruntime` is looked for in it and in all folders above it.
  package init(
    environment: [String: String] = ProcessInfo.processInfo.environment, executableFolder: String? = Self.executableFolder()
  ) {
    self.environment = environment
    self.executableFolder = executableFolder
  }

  /// The library that is asked for by name, if one is: `library` itself or the environment variable's.
  /// - Throws: `libraryNotFound` when that place holds none.
  package func named(_ library: String?) throws(InferenceError) -> String? {
    let variable = environment[Self.environmentVariable].flatMap { $0.isEmpty ? nil : $0 }
    guard let name = library ?? variable else { return nil }
    let source = library == nil ? "\(Self.environmentVariable) says \(name)" : name
    var isFolder = false
    guard Self.exists(name, isFolder: &isFolder) else {
      throw InferenceError(.libraryNotFound, "ONNX Runtime: \(source), but there is no such file or folder; \(Self.advice)")
    }
    guard isFolder else { return Self.realPath(name) }
    guard let file = Self.libraries(in: name).first else {
      throw InferenceError(.libraryNotFound, "ONNX Runtime: \(source), but that folder holds no \(Self.fileName); \(Self.advice)")
    }
    return file
  }

  /// All folders that are searched when none is named, in order, whether they exist or not.
  package var folders: [String] { ownFolders + Self.systemFolders + pythonFolders }

  /// All library files in ``folders``, in order.
  package var candidates: [String] { folders.flatMap(Self.libraries(in:)) }

  /// What to do about a missing library.
  package static let advice =
    "install it with `make setup` in SplitFace's folder, or set \(environmentVariable) to its path (`splitface doctor` shows what is there)"

  /// The project's own folder of installed libraries, seen from the program: beside it or in a folder above.
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

  /// `onnxruntime/capi` of every Python whose packages are in a usual place; the wheels hold the C library.
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

  /// Library files of a folder, newest version first; names of one and the same file count once.
  private static func libraries(in folder: String) -> [String] {
    var seen: Set<String> = []
    return entries(of: folder, prefix: "libonnxruntime.").filter(isLibrary).map { realPath(folder + "/" + $0) }.filter {
      seen.insert($0).inserted
    }
  }

  /// Names in a folder, those with higher numbers first.
  private static func entries(of folder: String, prefix: String) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []  // A folder that isn't there holds nothing.
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

  /// The path without symbolic links, so that the libraries beside the real file are found; itself if there is no such file.
  private static func realPath(_ path: String) -> String {
    guard let resolved = realpath(path, nil) else { return path }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  /// The folder of the running program, links resolved.
  package static func executableFolder() -> String? {
    #if os(Linux)
      let path = realPath("/proc/self/exe")
    #else
      // The image that holds this very code, not the process's main program: tests are a bundle that another program loads.
      var image = Dl_info()
      guard dladdr(#dsohandle, &image) != 0, let name = image.dli_fname else { return nil }
      let path = realPath(String(cString: name))
    #endif
    return path.lastIndex(of: "/").map { String(path[..<$0]) }
  }
}
