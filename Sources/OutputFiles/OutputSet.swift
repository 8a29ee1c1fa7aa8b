package import Foundation

/// The output files of one job. They are written to a staging folder inside the output folder, and moved to their final places together at
/// the end.
///
/// The staging folder, `.<stem>.splitface-partial` in the output folder, is locked while its process lives. So two runs that write the same
/// outputs never mix, and a staging folder that is not locked was left by a run that was killed. The next run with the same outputs removes
/// the folder. If a commit marker in it shows that the set was complete, the next run first finishes moving the files.
package final class OutputSet {
  /// The output folder.
  package let directory: URL
  /// The names of the files in the set.
  package private(set) var names: [String]
  /// Notes for the user.
  package private(set) var notes: [String] = []
  private let overwrite: Bool
  private let staging: URL
  private var createdDirectories = CreatedDirectories()
  /// Nil if the file system does not support locks.
  private var lock: DirectoryLock?
  /// Whether this object owns the staging folder and must remove it.
  private var isOpen = false
  /// Whether the staging folder contains files that must not be lost.
  private var keepsStaging = false

  /// Creates the output folder if it does not exist, checks that no file would be overwritten (unless `overwrite`), and takes the lock.
  ///
  /// - Parameters:
  ///   - directory: the output folder.
  ///   - stem: the stem of the staging folder's name. Sets with different stems may be written at the same time.
  ///   - names: the names of the files in the set.
  ///   - overwrite: whether files that exist may be replaced.
  /// - Throws: `OutputFilesError.Code.exists`, `.nameTooLong`, `.folderUnavailable`, `.busy`, `.cannotMove`.
  package init(directory: URL, stem: String, names: [String], overwrite: Bool) throws(OutputFilesError) {
    self.directory = directory
    self.names = names
    self.overwrite = overwrite
    staging = directory.appending(path: Self.stagingName(stem: stem))
    try Self.checkLengths(names)
    do { try takeLock() } catch {
      createdDirectories.removeEmpty()
      throw error
    }
    isOpen = true
    keepsStaging = true
    try Self.finishMove(from: staging, to: directory)
    keepsStaging = false
    if !overwrite { try Self.checkAbsence(names, in: directory) }
    for name in (try? FileManager.default.contentsOfDirectory(atPath: staging.path)) ?? [] where name != Self.lockName {
      try? FileManager.default.removeItem(at: staging.appending(path: name))
    }
  }

  deinit { close() }

  private func takeLock() throws(OutputFilesError) {
    let attempt = try DirectoryLock.acquire(in: staging, named: Self.lockName) { () throws(OutputFilesError) in
      try createdDirectories.create(directory)
      // ENOENT: another run that failed has just removed the output folder that it had created. The next attempt creates it again.
      guard mkdir(staging.path, 0o755) == 0 || errno == EEXIST || errno == ENOENT else {
        throw OutputFilesError(.folderUnavailable, "cannot write to", directory.path)
      }
    }
    switch consume attempt {
    case .acquired(let lock): self.lock = consume lock
    case .busy: throw OutputFilesError(.busy, "another run is writing to \(staging.path)", path: directory.path)
    case .unsupported:
      notes.append("the output folder's file system does not support locks; do not write the same outputs in two runs at the same time")
    }
  }

  /// Returns the path at which the file `name` must be written before `commit(last:)`.
  /// - Precondition: `name` is one of `names`.
  package func stagedPath(_ name: String) -> String {
    precondition(names.contains(name), "only files of the set are written")
    return staging.appending(path: name).path
  }

  /// Removes from the set a file that could not be written.
  package func withdraw(_ name: String) {
    names.removeAll { $0 == name }
    unlink(staging.appending(path: name).path)
  }

  /// Writes a small file of the set.
  /// - Throws: `OutputFilesError.Code.cannotWrite`.
  package func write(_ data: Data, to name: String) throws(OutputFilesError) { try PartialFile.write([UInt8](data), to: stagedPath(name)) }

  /// Moves every staged file to its final place.
  ///
  /// - Parameter last: the file that is moved last. If it exists, the whole set does.
  /// - Throws: `OutputFilesError.Code.exists`, `.isFolder`, `.cannotWrite`, `.cannotMove`. After an error, no file of the set is in the
  ///   output folder, and the files that were there before are back in place.
  package func commit(last: String) throws(OutputFilesError) {
    let order = names.filter { $0 != last } + [last]
    for name in order { try Durability.sync(stagedPath(name)) }
    try createdDirectories.sync()
    try writeCommitMarker(order)
    var move = OutputMove(staging: staging, directory: directory, overwrite: overwrite)
    do {
      // The last file of an older set must never be in the folder together with files of this set.
      try move.backUp(last)
      for name in order { try move.move(name) }
      try Durability.syncDirectory(directory.path)
    } catch {
      guard move.undo() else {
        keepsStaging = true
        throw OutputFilesError(
          error.code, "\(error.message); the files are in \(staging.path), and the next run moves them into place", path: error.path,
          systemError: error.systemError)
      }
      throw error
    }
    createdDirectories = CreatedDirectories()
    close()
  }

  /// Writes the file that states that the whole set is in the staging folder and flushed to the disk.
  private func writeCommitMarker(_ order: [String]) throws(OutputFilesError) {
    try PartialFile.write(Array(order.joined(separator: "\0").utf8), to: staging.appending(path: Self.commitMarkerName).path)
  }

  /// Finishes moving a complete set if a run was killed during the move.
  private static func finishMove(from staging: URL, to directory: URL) throws(OutputFilesError) {
    guard let data = try? Data(contentsOf: staging.appending(path: commitMarkerName)) else { return }
    for name in String(decoding: data, as: UTF8.self).split(separator: "\0").map(String.init) where !name.contains("/") {
      let target = directory.appending(path: name).path
      guard rename(staging.appending(path: name).path, target) == 0 || errno == ENOENT else {
        throw OutputFilesError(.cannotMove, "cannot write", target)
      }
    }
    try Durability.syncDirectory(directory.path)
  }

  /// Finishes moving all complete sets in a folder whose runs were killed during the move, so that the folder contains complete results.
  ///
  /// A set that cannot be moved, or whose run is still alive, is left to the next run with the same outputs, which reports the reason.
  package static func finishMoves(in directory: URL) {
    for name in (try? FileManager.default.contentsOfDirectory(atPath: directory.path)) ?? [] where name.hasSuffix(stagingSuffix) {
      let staging = directory.appending(path: name)
      guard FileManager.default.fileExists(atPath: staging.appending(path: commitMarkerName).path),
        let attempt = try? DirectoryLock.acquire(in: staging, named: lockName), case .acquired(let lock) = consume attempt,
        (try? finishMove(from: staging, to: directory)) != nil
      else { continue }
      try? FileManager.default.removeItem(at: staging)
      withExtendedLifetime(lock) {}
    }
  }

  /// Removes the staged files, and the output folder if it was created for them, and releases the lock. Does nothing after a successful
  /// `commit(last:)`.
  package func discard() { close() }

  private func close() {
    guard isOpen else { return }
    isOpen = false
    if !keepsStaging {
      // The marker is removed first, because it must not exist without the files that it names.
      unlink(staging.appending(path: Self.commitMarkerName).path)
      try? FileManager.default.removeItem(at: staging)
    }
    lock = nil
    createdDirectories.removeEmpty()
  }

  private static let lockName = "lock"
  private static let stagingSuffix = ".splitface-partial"
  /// The name of the commit marker, a file that lists the files of a complete set in the order in which they are moved, separated by zero
  /// bytes.
  private static let commitMarkerName = "whole"

  /// Returns the name of a staging folder. A stem that is too long for a file name is replaced by a checksum (FNV-1a, 64 bits).
  private static func stagingName(stem: String) -> String {
    let name = ".\(stem)\(stagingSuffix)"
    guard name.utf8.count > PartialPath.longestName else { return name }
    let hash = stem.utf8.reduce(UInt64(0xcbf2_9ce4_8422_2325)) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    return ".\(String(hash, radix: 16))\(stagingSuffix)"
  }

  private static func checkLengths(_ names: [String]) throws(OutputFilesError) {
    for name in names where name.utf8.count > PartialPath.longestName {
      throw OutputFilesError(
        .nameTooLong, "the output name \(name) is longer than \(PartialPath.longestName) bytes, the limit for a file name", path: name)
    }
  }

  private static func checkAbsence(_ names: [String], in directory: URL) throws(OutputFilesError) {
    for path in names.map({ directory.appending(path: $0).path }) where FileManager.default.fileExists(atPath: path) {
      throw OutputFilesError(.exists, "\(path) exists", path: path)
    }
  }
}
