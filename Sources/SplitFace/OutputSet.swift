package import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The files of one job: written in a folder of their own beside their final places, and moved there together at the end.
///
/// The staging folder (`.<stem>.splitface-partial`) holds a lock while its process lives, so two runs on one output never
/// mix, and what a killed run left behind is recognised by the lock being free. The next run removes it; only a set that was
/// whole, and killed while it was being moved, is moved to its end.
package final class OutputSet {
  package let directory: URL
  package private(set) var names: [String]
  /// What the user should know.
  package private(set) var notes: [String] = []
  private let overwrite: Bool
  private let staging: URL
  /// Folders that this run made, the innermost last.
  private var madeFolders: [String] = []
  private var lock: Int32
  private var isOpen = true
  /// Whether the staging folder holds what must not be lost.
  private var keepsStaging = false

  /// Makes the output folder where needed, checks that nothing would be overwritten, and takes the lock.
  /// - Throws: `outputExists`, `outputUnavailable`.
  package init(directory: URL, stem: String, names: [String], overwrite: Bool) throws(SplitFaceError) {
    self.directory = directory
    self.names = names
    self.overwrite = overwrite
    staging = directory.appending(path: Self.stagingName(stem: stem))
    try Self.checkLengths(names)
    do {
      lock = try Self.takeLock(staging, made: &madeFolders, notes: &notes)
    } catch {
      Self.removeEmpty(madeFolders)
      throw error
    }
    // From here on `deinit` frees the lock, also when this throws. What a killed run left is ours, since its lock is ours now.
    keepsStaging = true
    try Self.finishMove(from: staging, to: directory)
    keepsStaging = false
    if !overwrite { try Self.checkAbsence(names, in: directory) }
    for name in (try? FileManager.default.contentsOfDirectory(atPath: staging.path)) ?? [] where name != Self.lockName {
      try? FileManager.default.removeItem(at: staging.appending(path: name))
    }
  }

  /// Where `name` is written until `commit()`.
  package func stagedPath(_ name: String) -> String {
    precondition(names.contains(name), "only announced outputs are written")
    return staging.appending(path: name).path
  }

  /// Leaves out an output that could not be made.
  package func withdraw(_ name: String) {
    names.removeAll { $0 == name }
    unlink(staging.appending(path: name).path)
  }

  /// Writes a small file.
  func write(_ data: Data, to name: String) throws(SplitFaceError) { try write(data, at: staging.appending(path: name)) }

  private func write(_ data: Data, at url: URL) throws(SplitFaceError) {
    do { try data.write(to: url) } catch {
      throw SplitFaceError(.outputUnavailable, "cannot write \(url.path): \(error.localizedDescription)", underlying: error)
    }
  }

  /// Moves every staged file to its final place; `last` (the manifest) goes last, so that it stands for a whole set.
  /// - Throws: `outputUnavailable`, `outputExists`; nothing of the set is left then, and what stood there before stands there again.
  package func commit(last: String) throws(SplitFaceError) {
    let order = names.filter { $0 != last } + [last]
    for name in order { try Self.sync(stagedPath(name)) }
    for folder in madeFolders { try Self.sync(URL(filePath: folder).deletingLastPathComponent().path) }
    try markWhole(order)
    var move = OutputMove(staging: staging, directory: directory, overwrite: overwrite)
    do {
      // An older set's manifest must not stand beside files of this one.
      try move.putAside(last)
      for name in order { try move.move(name) }
      try Self.sync(directory.path)
    } catch {
      guard move.undo() else {
        keepsStaging = true
        throw SplitFaceError(error.code, "\(error.message); the files are in \(staging.path), and the next run moves them on")
      }
      throw error
    }
    madeFolders = []
    close()
  }

  /// States that all of the set is in the staging folder and on the disk. The statement itself must not be found in part.
  private func markWhole(_ order: [String]) throws(SplitFaceError) {
    let draft = staging.appending(path: Self.wholeName + ".new")
    try write(Data(order.joined(separator: "\0").utf8), at: draft)
    try Self.sync(draft.path)
    guard rename(draft.path, staging.appending(path: Self.wholeName).path) == 0 else {
      throw SplitFaceError(.outputUnavailable, "cannot finish \(draft.path): \(Self.systemError())")
    }
    try Self.sync(staging.path)
  }

  /// Ends the move of a whole set in whose middle a run was killed.
  private static func finishMove(from staging: URL, to directory: URL) throws(SplitFaceError) {
    guard let data = try? Data(contentsOf: staging.appending(path: wholeName)) else { return }
    for name in String(decoding: data, as: UTF8.self).split(separator: "\0").map(String.init) where !name.contains("/") {
      let target = directory.appending(path: name).path
      guard rename(staging.appending(path: name).path, target) == 0 || errno == ENOENT else {
        throw SplitFaceError(.outputUnavailable, "cannot write \(target): \(systemError()); choose another folder with -o")
      }
    }
    try Self.sync(directory.path)
  }

  /// Ends the moves of all whole sets in whose middle a run was killed, so that what is in the folder can be told by its manifests. What
  /// cannot be moved, and what a running program holds, stays for the run that works on that video, which says so.
  package static func finishMoves(in directory: URL) {
    for name in (try? FileManager.default.contentsOfDirectory(atPath: directory.path)) ?? [] where name.hasSuffix(stagingSuffix) {
      let staging = directory.appending(path: name)
      guard FileManager.default.fileExists(atPath: staging.appending(path: wholeName).path) else { continue }
      let lock = open(staging.appending(path: lockName).path, O_RDWR | O_CLOEXEC | O_NOFOLLOW)
      guard lock >= 0 else { continue }
      defer { _ = closeDescriptor(lock) }
      guard flock(lock, LOCK_EX | LOCK_NB) == 0, (try? finishMove(from: staging, to: directory)) != nil else { continue }
      try? FileManager.default.removeItem(at: staging)
    }
  }

  /// Removes whatever was staged, and the output folder where it was made for it, and frees the lock. Nothing happens after `commit()`.
  package func discard() { close() }

  deinit { close() }

  private func close() {
    guard isOpen else { return }
    isOpen = false
    // The statement goes before what it is about.
    if !keepsStaging {
      unlink(staging.appending(path: Self.wholeName).path)
      try? FileManager.default.removeItem(at: staging)
    }
    _ = Self.closeDescriptor(lock)
    Self.removeEmpty(madeFolders)
  }

  private static let lockName = "lock"
  private static let stagingSuffix = ".splitface-partial"
  /// Names what is in the folder, in the order in which it is moved; written when all of it is on the disk.
  private static let wholeName = "whole"

  /// A file name has 255 bytes at most; longer stems are told apart by a checksum (FNV-1a, 64 bits).
  private static func stagingName(stem: String) -> String {
    let name = ".\(stem)\(stagingSuffix)"
    guard name.utf8.count > 255 else { return name }
    let hash = stem.utf8.reduce(UInt64(0xcbf2_9ce4_8422_2325)) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    return ".\(String(hash, radix: 16))\(stagingSuffix)"
  }

  private static func checkLengths(_ names: [String]) throws(SplitFaceError) {
    for name in names where name.utf8.count > 255 {
      throw SplitFaceError(
        .outputUnavailable, "the output name \(name) is longer than the 255 bytes a file name may have; rename the input")
    }
  }

  private static func checkAbsence(_ names: [String], in directory: URL) throws(SplitFaceError) {
    for path in names.map({ directory.appending(path: $0).path }) where FileManager.default.fileExists(atPath: path) {
      throw SplitFaceError(.outputExists, "\(path) exists; use --force to replace it or -o to write elsewhere")
    }
  }

  /// - Parameter made: is given the folders that were not there before, also when a later one cannot be made.
  private static func makeFolder(_ folder: URL, made: inout [String]) throws(SplitFaceError) {
    var missing: [URL] = []
    var place = folder.absoluteURL.standardizedFileURL
    while place.path != "/", !FileManager.default.fileExists(atPath: place.path) {
      missing.append(place)
      place.deleteLastPathComponent()
    }
    var isDirectory: ObjCBool = false
    if FileManager.default.fileExists(atPath: place.path, isDirectory: &isDirectory), !isDirectory.boolValue {
      throw SplitFaceError(.outputUnavailable, "cannot write to the folder \(folder.path): \(place.path) is a file; choose another with -o")
    }
    for folder in missing.reversed() {
      if mkdir(folder.path, 0o777) == 0 {
        made.append(folder.path)
      } else if errno != EEXIST {
        throw SplitFaceError(.outputUnavailable, "cannot make the output folder \(folder.path): \(systemError()); choose another with -o")
      }
    }
  }

  /// Removes folders, the last first, up to one that something else was put into.
  private static func removeEmpty(_ folders: [String]) {
    for folder in folders.reversed() where rmdir(folder) != 0 { return }
  }

  /// - Parameters:
  ///   - made: is given the folders above that were not there before.
  ///   - notes: is told where the file system knows no locks.
  private static func takeLock(_ staging: URL, made: inout [String], notes: inout [String]) throws(SplitFaceError) -> Int32 {
    func unavailable(_ what: String) -> SplitFaceError {
      SplitFaceError(
        .outputUnavailable, "cannot write to \(staging.deletingLastPathComponent().path): \(what); choose another folder with -o")
    }
    // A run that ends removes its folder with the lock in it, so a lock that was won may be one that nobody sees any more.
    for _ in 0..<100 {
      try makeFolder(staging.deletingLastPathComponent(), made: &made)
      guard mkdir(staging.path, 0o755) == 0 || errno == EEXIST else {
        // Another run that failed may just have removed the folder that it had made.
        if errno == ENOENT { continue }
        throw unavailable(systemError())
      }
      let path = staging.appending(path: lockName).path
      let descriptor = open(path, O_CREAT | O_RDWR | O_CLOEXEC | O_NOFOLLOW, 0o644)
      guard descriptor >= 0 else {
        if errno == ENOENT { continue }
        throw unavailable(systemError())
      }
      if flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
        let reason = errno
        switch reason {
        case EINTR: break
        case ENOLCK, ENOTSUP, EOPNOTSUPP, ENOSYS, EINVAL:
          notes.append("the output folder's file system has no locks; no other run may write the same outputs meanwhile")
          return descriptor
        case EWOULDBLOCK:
          _ = closeDescriptor(descriptor)
          throw SplitFaceError(
            .outputUnavailable, "another run is writing to \(staging.path); wait for it or choose another folder with -o")
        default:
          _ = closeDescriptor(descriptor)
          throw unavailable("cannot lock \(path): \(String(cString: strerror(reason)))")
        }
        _ = closeDescriptor(descriptor)
        continue
      }
      var held = stat()
      var visible = stat()
      if fstat(descriptor, &held) == 0, stat(path, &visible) == 0, held.st_ino == visible.st_ino { return descriptor }
      _ = closeDescriptor(descriptor)
    }
    throw unavailable("its lock keeps changing hands")
  }

  private static func sync(_ path: String) throws(SplitFaceError) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw SplitFaceError(.outputUnavailable, "cannot finish \(path): \(systemError())") }
    defer { _ = closeDescriptor(descriptor) }
    // Some file systems cannot sync a folder; that is no reason to throw a finished set away.
    guard fsync(descriptor) == 0 || errno == EINVAL else {
      throw SplitFaceError(.outputUnavailable, "cannot finish \(path): \(systemError())")
    }
  }

  private static func systemError() -> String { String(cString: strerror(errno)) }

  /// The method `close()` hides the function of that name.
  private static func closeDescriptor(_ descriptor: Int32) -> Int32 {
    #if canImport(Glibc)
      Glibc.close(descriptor)
    #else
      Darwin.close(descriptor)
    #endif
  }
}
