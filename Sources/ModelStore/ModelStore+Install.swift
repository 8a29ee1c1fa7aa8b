public import Foundation
import OutputFiles

extension ModelStore {
  /// Installs the files of a package, and converts its networks.
  ///
  /// Files that are there already as published stay. The others come from `folder`, from a mirror, or from their publisher, are
  /// checked by size and SHA-256, and get their names only when all of them are right: a failed installation leaves the store as it was,
  /// but keeps what has been downloaded, so that the next one goes on from there. Blocks until done; call it from a thread that may.
  ///
  /// - Parameters:
  ///   - package: its name in the catalogue.
  ///   - folder: a folder in which the user has the files under their published names, all or some of them; nothing is downloaded.
  ///   - baseURL: a mirror's folder in place of the publisher's: `https`, or `http` on this very machine.
  ///   - progress: told what is going on, from the calling thread.
  ///   - isCancelled: asked often; when it answers true, the installation stops.
  /// - Returns: what of the package is installed then.
  /// - Throws: `unknownPackage`, `changed`, `download`, `unreadable`, `unwritable`, `busy`, `conversion`, `cancelled`.
  @discardableResult
  public func install(
    _ package: String, from folder: URL? = nil, baseURL: URL? = nil, progress: (InstallProgress) -> Void = { _ in },
    isCancelled: () -> Bool = { Task.isCancelled }
  ) throws(ModelStoreError) -> PackageState {
    let package = try self.package(named: package)
    let missing = package.files.filter { isMissing($0, of: package, progress: progress) }
    if !missing.isEmpty {
      try FileBytes.createFolder(directory)
      let lock = try takeLock()
      defer { withExtendedLifetime(lock) {} }
      let staging = directory.appending(path: ".partial")
      try FileBytes.createFolder(staging)
      // Goes only when it is empty: a download that was broken off stays in it.
      defer { rmdir(staging.path) }

      var checked: [(file: ModelFile, location: URL)] = []
      for file in missing {
        let partial = staging.appending(path: "\(file.sha256.prefix(16))-\(file.name)")
        if let folder {
          guard let given = Self.file(file, of: package, in: folder) else {
            progress(.notGiven(file: file.name))
            continue
          }
          try copy(given, of: file, to: partial, progress: progress)
        } else {
          let address =
            if let baseURL { try DownloadAddress(base: baseURL, file) } else { try DownloadAddress(publishedBy: package, file) }
          try download(file, from: address, to: partial, isCancelled: isCancelled, progress: progress)
        }
        checked.append((file, partial))
      }
      if checked.isEmpty, let folder {
        let names = missing.map(\.name).joined(separator: ", ")
        throw ModelStoreError(.unreadable, "\(folder.path) holds none of \(names); they must have these names", path: folder.path)
      }
      let place = directory.appending(path: package.name)
      try FileBytes.createFolder(place)
      do {
        for (file, partial) in checked {
          try Durability.sync(partial.path)
          try Durability.replace(place.appending(path: file.name).path, with: partial.path)
        }
      } catch { throw ModelStoreError(error) }
    }
    try convert(package, progress: progress)
    return list().first { $0.package == package } ?? PackageState(package: package, files: [])
  }

  /// Keeps other installations out of the store while the result exists.
  /// - Returns: nil where the file system has no locks.
  /// - Throws: `busy`, `unwritable`.
  private func takeLock() throws(ModelStoreError) -> DirectoryLock? {
    let attempt: DirectoryLock.Attempt
    do { attempt = try DirectoryLock.acquire(in: directory, named: ".lock") } catch { throw ModelStoreError(error) }
    switch consume attempt {
    case .acquired(let lock): return lock
    case .unsupported: return nil
    case .busy:
      throw ModelStoreError(.busy, "another program is installing into \(directory.path); wait until it is done", path: directory.path)
    }
  }

  private func isMissing(_ file: ModelFile, of package: ModelPackage, progress: (InstallProgress) -> Void) -> Bool {
    guard let location = location(of: file, in: package), (try? FileDigest.read(location).sha256) == file.sha256 else { return true }
    progress(.present(file: file.name))
    return false
  }

  /// Users may have the files side by side, or in the folder structure of a store.
  private static func file(_ file: ModelFile, of package: ModelPackage, in folder: URL) -> URL? {
    [folder, folder.appending(path: package.name)].lazy.map { $0.appending(path: file.name) }
      .first { FileManager.default.fileExists(atPath: $0.path) }
  }

  private func copy(
    _ given: URL, of file: ModelFile, to partial: URL, progress: (InstallProgress) -> Void
  ) throws(ModelStoreError) {
    progress(.checking(file: file.name))
    let found = try FileDigest.read(given)
    guard found.sha256 == file.sha256 else { throw Self.changed(file, found, given.path) }
    try? FileManager.default.removeItem(at: partial)
    do { try FileManager.default.copyItem(at: given.resolvingSymlinksInPath(), to: partial) } catch {
      throw ModelStoreError(.unwritable, "cannot write \(partial.path): \(error.localizedDescription)", path: partial.path)
    }
    // What was copied is what counts; the given file may be on a disk that fails, or be changed meanwhile.
    let copied = try FileDigest.read(partial)
    if copied.sha256 != file.sha256 {
      try? FileManager.default.removeItem(at: partial)
      throw Self.changed(file, copied, given.path)
    }
  }

  private func download(
    _ file: ModelFile, from address: DownloadAddress, to partial: URL, isCancelled: () -> Bool, progress: (InstallProgress) -> Void
  ) throws(ModelStoreError) {
    // What an earlier download left may be of another file: then once more from the start.
    var isFromStart: Bool
    repeat {
      let have = FileBytes.size(partial) ?? 0
      isFromStart = have == 0
      if file.byteCount.map({ have < $0 }) ?? true {
        try Download(address: address, file: file, partial: partial).run(isCancelled: isCancelled, progress: progress)
      }
      progress(.checking(file: file.name))
      let found = try FileDigest.read(partial)
      if found.sha256 == file.sha256 { return }
      try? FileManager.default.removeItem(at: partial)
      if isFromStart { throw Self.changed(file, found, address.url.absoluteString) }
    } while !isFromStart
  }

  static func changed(_ file: ModelFile, _ found: (sha256: String, byteCount: Int), _ place: String) -> ModelStoreError {
    let size = file.byteCount.map { " and \($0) bytes" } ?? ""
    return ModelStoreError(
      .changed,
      "\(place) is not the published \(file.name): it has SHA-256 \(found.sha256) and \(found.byteCount) bytes, "
        + "the published file has \(file.sha256)\(size); nothing was installed", path: place)
  }
}
