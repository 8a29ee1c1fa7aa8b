public import Foundation
import OutputFiles

extension ModelStore {
  /// Installs the files of a package and converts its networks.
  ///
  /// Published files that are installed already stay. The others come from `folder`, from a mirror or from their publisher; their sizes and
  /// SHA-256 are checked, and they are installed when all of them are right. A failed installation leaves the store unchanged but keeps the
  /// bytes that were downloaded, so that the next one resumes there. Blocks the calling thread until the end.
  ///
  /// - Parameters:
  ///   - package: the package's name in the catalogue.
  ///   - folder: a folder in which the user has all or some of the files under their published names; nothing is downloaded then.
  ///   - baseURL: a mirror's folder in place of the publisher's: `https`, or `http` on this machine.
  ///   - progress: called on the calling thread with each step.
  ///   - isCancelled: called often; the installation stops when it returns true.
  /// - Returns: the package's state after the installation.
  /// - Throws: `unknownPackage`, `notOffered`, `download`, `mismatch`, `changed`, `unreadable`, `unwritable`, `busy`, `conversion`, `cancelled`.
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
      // Removes the folder only if it is empty: an interrupted download stays in it.
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
      throw ModelStoreError(.busy, "another process is installing into \(directory.path); wait until it is done", path: directory.path)
    }
  }

  private func isMissing(_ file: ModelFile, of package: ModelPackage, progress: (InstallProgress) -> Void) -> Bool {
    guard let location = location(of: file, in: package), (try? FileDigest.read(location).sha256) == file.sha256 else { return true }
    progress(.present(file: file.name))
    return false
  }

  /// A user may have the files side by side or in a store's folder structure.
  private static func file(_ file: ModelFile, of package: ModelPackage, in folder: URL) -> URL? {
    [folder, folder.appending(path: package.name)].lazy.map { $0.appending(path: file.name) }
      .first { FileManager.default.fileExists(atPath: $0.path) }
  }

  private func copy(
    _ given: URL, of file: ModelFile, to partial: URL, progress: (InstallProgress) -> Void
  ) throws(ModelStoreError) {
    progress(.checking(file: file.name))
    let found = try FileDigest.read(given)
    guard found.sha256 == file.sha256 else { throw Self.mismatch(file, found, given.path) }
    try? FileManager.default.removeItem(at: partial)
    do { try FileManager.default.copyItem(at: given.resolvingSymlinksInPath(), to: partial) } catch {
      throw ModelStoreError(.unwritable, "cannot write \(partial.path): \(error.localizedDescription)", path: partial.path)
    }
    // The copy is what is installed: the given file may be on a failing disk or change in the meantime.
    let copied = try FileDigest.read(partial)
    if copied.sha256 != file.sha256 {
      try? FileManager.default.removeItem(at: partial)
      throw Self.mismatch(file, copied, given.path)
    }
  }

  private func download(
    _ file: ModelFile, from address: DownloadAddress, to partial: URL, isCancelled: () -> Bool, progress: (InstallProgress) -> Void
  ) throws(ModelStoreError) {
    // An earlier download may have left a part of another file; then the download starts again from the beginning.
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
      if isFromStart { throw Self.mismatch(file, found, address.url.absoluteString) }
    } while !isFromStart
  }

  private static func mismatch(_ file: ModelFile, _ found: (sha256: String, byteCount: Int), _ place: String) -> ModelStoreError {
    let size = file.byteCount.map { " and \($0) bytes" } ?? ""
    return ModelStoreError(
      .mismatch,
      "\(place) is not the published \(file.name): it has SHA-256 \(found.sha256) and \(found.byteCount) bytes, "
        + "the published file has \(file.sha256)\(size); nothing was installed", path: place)
  }
}
