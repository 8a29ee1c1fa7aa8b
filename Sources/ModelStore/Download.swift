import Foundation
import OutputFiles

/// A download that is appended to a file and can be resumed.
///
/// The `curl` program does the work. Foundation's `URLSession` would work on Linux too, but it loads libcurl and about thirty other
/// libraries, which would delay every start of the program, even without a download. Besides, administrators know how curl handles proxies,
/// certificates and broken connections.
///
/// curl writes to a pipe. It therefore ends when this program ends, and only bytes that were checked here get into the file.
struct Download {
  let address: DownloadAddress
  let file: ModelFile
  /// The file that the download is appended to. It may contain a part from an earlier download.
  let partial: URL

  /// curl's exit codes for a broken connection, as opposed to a wrong answer: partial file, time-out, empty answer, send and receive errors,
  /// an HTTP/2 stream closed (libcurl-errors(3)).
  private static let broken: Set<Int32> = [18, 28, 52, 55, 56, 92]
  private static let attempts = 4

  /// Downloads the missing part of the file.
  ///
  /// - Throws: `download`, `mismatch` if there are more bytes than in the published file, `unreadable`, `unwritable`, `cancelled`. The
  ///   bytes that have arrived stay in ``partial``, except after a `mismatch`.
  func run(isCancelled: () -> Bool, progress: (InstallProgress) -> Void) throws(ModelStoreError) {
    var attempt = 1
    while true {
      let have = FileBytes.size(partial) ?? 0
      if have > 0, attempt == 1 { progress(.resuming(file: file.name, after: have)) }
      let end = try fetch(after: have, isCancelled: isCancelled, progress: progress)
      if end.status == 0 { return }
      if end.cannotResume, have > 0 {
        try? FileManager.default.removeItem(at: partial)
      } else if !Self.broken.contains(end.status) || attempt == Self.attempts {
        throw ModelStoreError(
          .download, "could not download \(address.url): \(end.words); the part that has arrived is kept, so try again",
          path: address.url.absoluteString
        )
      }
      progress(.retrying(file: file.name, reason: end.words))
      // A server that has just closed a connection may need a moment.
      usleep(UInt32(attempt) * 200_000)
      attempt += 1
    }
  }

  private struct End {
    let status: Int32
    let words: String
    /// Whether the server sends only whole files (curl's status 33), or has nothing after the offset (HTTP 416).
    var cannotResume: Bool { status == 33 || status == 22 && words.contains(" 416") }
  }

  private func fetch(
    after offset: Int, isCancelled: () -> Bool, progress: (InstallProgress) -> Void
  ) throws(ModelStoreError) -> End {
    let process = Process()
    process.executableURL = try Self.curl()
    process.arguments = arguments(after: offset)
    let output = Pipe()
    let errors = Pipe()
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = errors
    do { try process.run() } catch {
      throw ModelStoreError(.download, "could not start curl: \(error.localizedDescription)")
    }
    // If an error ends the reading, curl must end too.
    defer { if process.isRunning { process.terminate() } }
    try append(output.fileHandleForReading.fileDescriptor, after: offset, isCancelled: isCancelled, progress: progress)
    process.waitUntilExit()
    let words = String(decoding: errors.fileHandleForReading.availableData, as: UTF8.self)
    return End(status: process.terminationStatus, words: words.trimmingCharacters(in: .whitespacesAndNewlines))
  }

  private func arguments(after offset: Int) -> [String] {
    // The user's configuration file is disabled, because it could redirect the output. Proxies are taken from the environment.
    var arguments = ["--disable", "--silent", "--show-error", "--fail", "--globoff"]
    arguments += ["--proto", address.protocols, "--location", "--proto-redir", address.protocols, "--max-redirs", "5"]
    // A minute without a byte counts as a broken connection.
    arguments += ["--connect-timeout", "30", "--speed-limit", "1", "--speed-time", "60", "--no-buffer"]
    // Only these names bypass the proxy: a host to which this machine redirects may still need it.
    if address.isOnThisMachine { arguments += ["--noproxy", "localhost,127.0.0.1,::1"] }
    if offset > 0 { arguments += ["--continue-at", String(offset)] }
    return arguments + ["--url", address.url.absoluteString]
  }

  private func append(
    _ source: CInt, after offset: Int, isCancelled: () -> Bool, progress: (InstallProgress) -> Void
  ) throws(ModelStoreError) {
    var total = offset
    // If no bytes have arrived, there is nothing to resume.
    defer { if total == 0 { try? FileManager.default.removeItem(at: partial) } }
    let output: WritableFile
    do { output = try WritableFile(path: partial.path, appends: true) } catch { throw ModelStoreError(error) }
    let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
    defer { piece.deallocate() }
    while true {
      if isCancelled() { throw ModelStoreError(.cancelled, "the download of \(file.name) was cancelled; it can be resumed") }
      let count = try FileBytes.readSome(source, into: piece, of: partial)
      if count == 0 { return }
      total += count
      guard total <= file.largestByteCount else {
        try? FileManager.default.removeItem(at: partial)
        throw ModelStoreError(
          .mismatch, "\(address.url) sent more than the \(file.largestByteCount) bytes of the published \(file.name); nothing was installed"
        )
      }
      do { try output.append(UnsafeRawBufferPointer(rebasing: piece[..<count])) } catch { throw ModelStoreError(error) }
      progress(.received(file: file.name, bytes: total, of: file.byteCount))
    }
  }

  private static func curl() throws(ModelStoreError) -> URL {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    for folder in path.split(separator: ":") where folder.hasPrefix("/") {
      let program = URL(filePath: String(folder)).appending(path: "curl")
      if FileManager.default.isExecutableFile(atPath: program.path) { return program }
    }
    throw ModelStoreError(.download, "downloading needs the curl program, which is not in PATH; install it (Debian: apt-get install curl)")
  }
}
