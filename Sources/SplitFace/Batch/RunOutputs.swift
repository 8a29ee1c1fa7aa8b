import Foundation

/// What earlier runs have left among other files.
enum RunOutputs {
  /// The manifests among these files, and what they list beside themselves.
  static func listed(byManifestsAmong files: [URL]) -> Set<URL> {
    var outputs: Set<URL> = []
    for manifest in files where manifest.lastPathComponent.hasSuffix(RunVerification.suffix) {
      guard let run = try? RunManifest.read(from: manifest) else { continue }
      outputs.insert(manifest)
      let folder = manifest.deletingLastPathComponent()
      for output in run.outputs { outputs.insert(folder.appending(path: output.file)) }
    }
    return outputs
  }

  /// Of these files, those that a manifest beside them lists.
  static func outputs(among files: [URL]) -> Set<URL> {
    let folders = Dictionary(grouping: files) { $0.deletingLastPathComponent() }
    return folders.reduce(into: []) { outputs, group in
      let names = (try? FileManager.default.contentsOfDirectory(atPath: group.key.path)) ?? []
      let listed = listed(byManifestsAmong: names.map { group.key.appending(path: $0) })
      outputs.formUnion(group.value.filter { listed.contains(group.key.appending(path: $0.lastPathComponent)) })
    }
  }

  /// `visit` for `visit_debug.mp4`; nil for what no output video is called.
  static func stem(ofVideo name: String) -> String? {
    for suffix in OutputNames.videoSuffixes where name.hasSuffix("_\(suffix).mp4") { return String(name.dropLast(suffix.count + 5)) }
    return nil
  }
}
