import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The files of one job: written in a folder of their own beside their final places, and moved there together at the end.
///
/// The staging folder (`.<stem>.splitface-partial`) holds a lock while its process lives, so two runs on one output never
/// mix, and what a killed run left behind is recognised by the lock being free, and removed by the next one.
final class OutputSet {
  let directory: URL
  let names: [String]
  private let staging: URL
  private var lock: Int32
  private var isOpen = true

  /// Makes the output folder where needed, checks that nothing would be overwritten, and takes the lock.
  /// - Throws: `outputExists`, `outputUnavailable`.
  init(directory: URL, stem: String, names: [String], overwrite: Bool) throws(SplitFaceError) {
    self.directory = directory
    self.names = names
    staging = directory.appending(path: Self.stagingName(stem: stem))
    do { try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true) } catch {
      throw SplitFaceError(
        .outputUnavailable, "cannot make the output folder \(directory.path): \(error.localizedDescription); choose another with -o",
        underlying: error)
    }
    try Self.check(names, in: directory, overwrite: overwrite)
    lock = try Self.takeLock(staging)
    // What a killed run left: ours to remove, since its lock is ours now.
    for name in (try? FileManager.default.contentsOfDirectory(atPath: staging.path)) ?? [] where name != Self.lockName {
      try? FileManager.default.removeItem(at: staging.appending(path: name))
    }
  }

  /// Where `name` is written until `commit()`.
  func stagedPath(_ name: String) -> String {
    precondition(names.contains(name), "only announced outputs are written")
    return staging.appending(path: name).path
  }

  /// Moves every staged file to its final place; `last` (the manifest) goes last, so that it stands for a whole set.
  func commit(last: String) throws(SplitFaceError) {
    for name in names.filter({ $0 != last }) + [last] {
      let target = directory.appending(path: name).path
      try Self.sync(stagedPath(name))
      guard rename(stagedPath(name), target) == 0 else {
        throw SplitFaceError(.outputUnavailable, "cannot write \(target): \(Self.systemError())")
      }
    }
    try Self.sync(directory.path)
    close()
  }

  /// Removes whatever was staged and frees the lock. Nothing happens after `commit()`.
  func discard() { close() }

  deinit { close() }

  private func close() {
    guard isOpen else { return }
    isOpen = false
    try? FileManager.default.removeItem(at: staging)
    _ = Self.closeDescriptor(lock)
  }

  private static let lockName = "lock"

  /// A file name has 255 bytes at most; longer stems are told apart by a checksum (FNV-1a, 64 bits).
  private static func stagingName(stem: String) -> String {
    let name = ".\(stem).splitface-partial"
    guard name.utf8.count > 255 else { return name }
    let hash = stem.utf8.reduce(UInt64(0xcbf2_9ce4_8422_2325)) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    return ".\(String(hash, radix: 16)).splitface-partial"
  }

  private static func check(_ names: [String], in directory: URL, overwrite: Bool) throws(SplitFaceError) {
    for name in names {
      guard name.utf8.count <= 255 else {
        throw SplitFaceError(
          .outputUnavailable, "the output name \(name) is longer than the 255 bytes a file name may have; rename the input")
      }
      if !overwrite && FileManager.default.fileExists(atPath: directory.appending(path: name).path) {
        throw SplitFaceError(
          .outputExists, "\(directory.appending(path: name).path) exists; use --force to replace it or -o to write elsewhere")
      }
    }
  }

  private static func takeLock(_ staging: URL) throws(SplitFaceError) -> Int32 {
    func unavailable(_ what: String) -> SplitFaceError {
      SplitFaceError(
        .outputUnavailable, "cannot write to \(staging.deletingLastPathComponent().path): \(what); choose another folder with -o")
    }
    // A run that ends removes its folder with the lock in it, so a lock that was won may be one that nobody sees any more.
    for _ in 0..<100 {
      guard mkdir(staging.path, 0o755) == 0 || errno == EEXIST else { throw unavailable(systemError()) }
      let path = staging.appending(path: lockName).path
      let descriptor = open(path, O_CREAT | O_RDWR | O_CLOEXEC | O_NOFOLLOW, 0o644)
      guard descriptor >= 0 else {
        if errno == ENOENT { continue }
        throw unavailable(systemError())
      }
      guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
        _ = closeDescriptor(descriptor)
        throw SplitFaceError(
          .outputUnavailable, "another run is writing to \(staging.path); wait for it or choose another folder with -o")
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
