import Foundation
import ModelStore
import TestSupport
import Testing

@Suite struct StoreLocationTests {
  @Test func theEnvironmentNamesTheFolders() throws {
    let store = ModelStore(environment: ["SPLITFACE_MODELS": "/somewhere/models", "SPLITFACE_CACHE": "/somewhere/cache", "HOME": "/home/a"])
    #expect(store.directory.path == "/somewhere/models")
    #expect(store.cacheDirectory.path == "/somewhere/cache")
    #expect(store.searchedDirectories.first?.path == "/somewhere/models")
    #expect(store.searchedDirectories.last?.path.hasPrefix("/home/a/") == true)
  }

  @Test func anExplicitFolderTakesPrecedence() throws {
    let store = ModelStore(directory: URL(filePath: "/explicit"), environment: ["SPLITFACE_MODELS": "/somewhere", "HOME": "/home/a"])
    #expect(store.directory.path == "/explicit")
    #expect(!store.searchedDirectories.map(\.path).contains("/somewhere"))
  }

  @Test func theUsersFolderIsTheDefault() throws {
    #if os(macOS)
      #expect(
        ModelStore(environment: ["HOME": "/home/a"]).directory.path == "/home/a/Library/Application Support/splitface/models")
    #else
      #expect(ModelStore(environment: ["HOME": "/home/a"]).directory.path == "/home/a/.local/share/splitface/models")
      #expect(ModelStore(environment: ["HOME": "/home/a"]).cacheDirectory.path == "/home/a/.cache/splitface")
    #endif
    let store = ModelStore(environment: ["HOME": "/home/a", "XDG_DATA_HOME": "/data", "XDG_CACHE_HOME": "relative"])
    #expect(store.directory.path == "/data/splitface/models")
    #expect(store.cacheDirectory.path.hasPrefix("/home/a/"))
  }

  @Test(.enabled(if: PackageLocation.installed != nil)) func theFolderOfSetUpIsFoundFromTheProgram() throws {
    // Only on Linux is the tests' program in the same folder as the built one.
    guard Bundle.main.executableURL?.path.hasPrefix(PackageLocation.root.path) == true else { return }
    let store = ModelStore(environment: ["HOME": "/home/a"])
    let models = PackageLocation.root.resolvingSymlinksInPath().appending(path: ".splitface/models").path
    #expect(store.searchedDirectories.map(\.path).contains(models))
  }

  @Test func theUsersNetworksCanComeFromTheEnvironment() throws {
    #expect(NetworkName.multitask.environmentVariable == "SPLITFACE_MODEL_MULTITASK")
    #expect(NetworkName.faceDetector.environmentVariable == "SPLITFACE_MODEL_FACE_DETECTOR")
    let environment = ["SPLITFACE_MODEL_MULTITASK": "/a.onnx", "SPLITFACE_MODEL_STAR": "/b.onnx", "SPLITFACE_MODEL_RETINAFACE": ""]
    let store = ModelStore(overrides: [.star: URL(filePath: "/c.onnx")], environment: environment)
    #expect(store.overrides.mapValues(\.path) == [.multitask: "/a.onnx", .star: "/c.onnx"])
  }
}
