package import Foundation

/// Finds the outputs of earlier runs among other files.
package enum RunOutputs {
  /// Returns the records among `files`, and all outputs that these records list.
  package static func listed(byRecordsAmong files: [URL]) -> Set<URL> {
    var outputs: Set<URL> = []
    for file in files where file.lastPathComponent.hasSuffix(RunRecord.suffix) {
      guard let run = try? RunRecord.read(from: file) else { continue }
      outputs.insert(file)
      let folder = file.deletingLastPathComponent()
      for output in run.outputs { outputs.insert(folder.appending(path: output.file)) }
    }
    return outputs
  }

  /// Returns the files among `files` that a record in their folder lists as outputs.
  package static func outputs(among files: [URL]) -> Set<URL> {
    let folders = Dictionary(grouping: files) { $0.deletingLastPathComponent() }
    return folders.reduce(into: []) { outputs, group in
      let names = (try? FileManager.default.contentsOfDirectory(atPath: group.key.path)) ?? []
      let listed = listed(byRecordsAmong: names.map { group.key.appending(path: $0) })
      outputs.formUnion(group.value.filter { listed.contains(group.key.appending(path: $0.lastPathComponent)) })
    }
  }
}
