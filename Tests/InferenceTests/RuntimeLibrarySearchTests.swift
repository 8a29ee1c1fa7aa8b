import Foundation
import Inference
import TestSupport
import Testing

@Suite struct RuntimeLibrarySearchTests {
  #if os(macOS)
    private let file = "libonnxruntime.dylib"
    private func versioned(_ version: String) -> String { "libonnxruntime.\(version).dylib" }
  #else
    private let file = "libonnxruntime.so"
    private func versioned(_ version: String) -> String { "libonnxruntime.so.\(version)" }
  #endif

  private func make(_ path: URL) throws {
    try FileManager.default.createDirectory(at: path.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data("not a library".utf8).write(to: path)
  }

  private func real(_ url: URL) -> String { url.resolvingSymlinksInPath().path }

  @Test func theProjectsFolderIsFoundFromAnyFolderInsideTheProject() throws {
    let folder = try TemporaryDirectory()
    let library = folder.file(".splitface/onnxruntime/\(versioned("1.24.1"))")
    try make(library)
    let search = RuntimeLibrarySearch(environment: [:], executableFolder: real(folder.file(".")) + "/.build/release/deeper")
    #expect(search.candidates.first == real(library))
  }

  @Test func theNewestLibraryOfAFolderIsUsedAndProviderLibrariesAreIgnored() throws {
    let folder = try TemporaryDirectory()
    for version in ["1.9.0", "1.24.1", "1.3"] { try make(folder.file("lib/\(versioned(version))")) }
    try make(folder.file("lib/libonnxruntime_providers_shared.so"))
    let search = RuntimeLibrarySearch(environment: [:], executableFolder: nil)
    #expect(try search.named(folder.file("lib").path) == real(folder.file("lib/\(versioned("1.24.1"))")))
  }

  @Test func aWheelInAVirtualEnvironmentIsFound() throws {
    let folder = try TemporaryDirectory()
    let library = folder.file("lib/python3.12/site-packages/onnxruntime/capi/\(versioned("1.20.0"))")
    try make(library)
    let search = RuntimeLibrarySearch(environment: ["VIRTUAL_ENV": folder.file(".").standardized.path], executableFolder: nil)
    #expect(search.candidates.contains(real(library)))
  }

  @Test func theCurrentFolderIsNotSearched() {
    let search = RuntimeLibrarySearch(environment: ["VIRTUAL_ENV": ".", "CONDA_PREFIX": ""], executableFolder: nil)
    #expect(search.folders.allSatisfy { $0.hasPrefix("/") })
  }

  @Test func aNamedPlaceMustContainTheLibrary() throws {
    let folder = try TemporaryDirectory()
    let search = RuntimeLibrarySearch(
      environment: [RuntimeLibrarySearch.environmentVariable: "/nowhere/\(file)"], executableFolder: nil)
    let error = #expect(throws: InferenceError.self) { try search.named(nil) }
    #expect(error?.code == .libraryNotFound)
    #expect(error?.message == "ONNX Runtime was not found: /nowhere/\(file) (from SPLITFACE_ONNXRUNTIME) does not exist")
    try make(folder.file("other/readme"))
    let empty = #expect(throws: InferenceError.self) { try search.named(folder.file("other").path) }
    #expect(empty?.code == .libraryNotFound)
    #expect(empty?.message.contains("contains no \(file)") == true)
  }

  @Test func aTextFileNamedLikeTheLibraryIsRefused() throws {
    let folder = try TemporaryDirectory()
    try make(folder.file(file))
    let error = #expect(throws: InferenceError.self) { try InferenceRuntime.load(library: folder.file(file).path) }
    #expect(error?.code == .libraryUnusable)
    #expect(error?.message.contains(real(folder.file(file))) == true)
    #expect(error?.message.contains("\n") == false)
  }

  @Test(.enabled(if: SystemLibrary.path != nil, "no shared library of the system was found"))
  func anotherLibraryIsRefused() throws {
    let error = #expect(throws: InferenceError.self) { try InferenceRuntime.load(library: SystemLibrary.path) }
    #expect(error?.code == .libraryUnusable)
    #expect(error?.message.contains("not ONNX Runtime") == true)
  }

  @Test(InstalledRuntime.enabled) func aLibraryIsLoadedOnce() throws {
    let runtime = try InstalledRuntime.result.get()
    #expect(try InferenceRuntime.load(library: runtime.libraryPath) === runtime)
    #expect(runtime.availableProviders.contains(ExecutionProvider.cpu.runtimeName))
    #expect(runtime.version.hasPrefix("1."))
  }
}

/// A library that is not ONNX Runtime.
private enum SystemLibrary {
  static let path = ["/lib/x86_64-linux-gnu/libm.so.6", "/lib/aarch64-linux-gnu/libm.so.6", "/lib64/libm.so.6"].first {
    FileManager.default.fileExists(atPath: $0)
  }
}
