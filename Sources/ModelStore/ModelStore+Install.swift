public import Foundation
import OutputFiles

extension ModelStore {
  /// Installs the files of a package and converts its networks.
  ///
  /// Files that are installed already are kept. The others are taken from `folder`, from a mirror or from their publisher, and are
  /// installed only if the size and SHA-256 of each are right. A failed installation leaves the store unchanged but keeps the downloaded
  /// bytes, so that the next attempt can resume.
  ///
  /// The call blocks its thread until the end.
  ///
  /// - Parameters:
  ///   - package: the package's name in the catalogue.
  ///   - folder: a folder of the user that contains all or some of the files under their published names. If given, nothing is downloaded.
  ///   - baseURL: the folder on a mirror that is used instead of the publisher's address: `https`, or `http` on this machine.
  ///   - progress: called on the calling thread with each step.
  ///   - isCancelled: called often; the installation stops when it returns true.
  /// - Returns: the package's state after the installation.
  /// - Throws: `unknownPackage`, `notOffered`, `download`, `mismatch`, `changed`, `unreadable`, `unwritable`, `busy`, `conversion` or
  ///   `cancelled`.
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
        throw ModelStoreError(.unreadable, "\(folder.path) contains none of \(names); the files must have these names", path: folder.path)
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

  /// Locks the store against other installations until the result is released.
  /// - Returns: nil if the file system does not support locks.
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

  /// Finds a file in the user's folder, which may contain the files side by side or in one folder per package, as a store does.
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
    // The copy is checked, because it is what will be installed. The given file may be on a failing disk or change in the meantime.
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
