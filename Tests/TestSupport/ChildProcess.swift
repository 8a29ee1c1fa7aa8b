public import Foundation

/// Runs another program and keeps what it wrote.
public enum ChildProcess {
  /// What a finished program left.
  public struct Result: Sendable {
    /// The exit code, or the signal's number when `wasSignalled`.
    public let status: Int32
    public let wasSignalled: Bool
    public let timedOut: Bool
    public let standardOutput: Data
    public let standardError: Data
    public var output: String { String(decoding: standardOutput, as: UTF8.self) }
    public var errors: String { String(decoding: standardError, as: UTF8.self) }
  }

  /// Runs `executable` to its end and returns what it wrote.
  ///
  /// - Parameters:
  ///   - environment: added to this process's own; a nil value removes a variable.
  ///   - directory: the working folder, this process's own by default.
  ///   - timeout: seconds after which the program is killed; `timedOut` then says so.
  ///   - whileRunning: called once, after the start, with the process identifier.
  public static func run(
    _ executable: URL, _ arguments: [String] = [], environment: [String: String?] = [:], directory: URL? = nil,
    timeout: Double = 300, whileRunning: ((Int32) throws -> Void)? = nil
  ) throws -> Result {
    let process = Process()
    process.executableURL = executable
    process.arguments = arguments
    if let directory { process.currentDirectoryURL = directory }
    var variables = ProcessInfo.processInfo.environment
    for (name, value) in environment { variables[name] = value }
    process.environment = variables
    process.standardInput = FileHandle.nullDevice

    // Files rather than pipes: no thread has to drain them, and a grandchild that lives on cannot keep us waiting.
    let folder = try TemporaryDirectory()
    let outputs = try ["out", "err"].map { name in
      try Data().write(to: folder.file(name))
      return try FileHandle(forWritingTo: folder.file(name))
    }
    process.standardOutput = outputs[0]
    process.standardError = outputs[1]

    try process.run()
    let identifier = process.processIdentifier
    var timedOut = false
    try withExtendedLifetime(folder) {
      // The process object is not Sendable, so the watch is kept here, not on another thread.
      do { try whileRunning?(identifier) } catch {
        kill(identifier, SIGKILL)
        process.waitUntilExit()
        throw error
      }
      let end = Date(timeIntervalSinceNow: timeout)
      while process.isRunning {
        if Date() > end {
          timedOut = true
          kill(identifier, SIGKILL)
          break
        }
        usleep(2000)
      }
      process.waitUntilExit()
    }
    for output in outputs { try output.close() }
    return Result(
      status: process.terminationStatus, wasSignalled: process.terminationReason == .uncaughtSignal,
      timedOut: timedOut, standardOutput: try Data(contentsOf: folder.file("out")),
      standardError: try Data(contentsOf: folder.file("err")))
  }

  /// The first program of this name in `PATH`, or nil.
  public static func find(_ name: String) -> URL? {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    return path.split(separator: ":").lazy.map { URL(filePath: String($0)).appending(path: name) }
      .first { FileManager.default.isExecutableFile(atPath: $0.path) }
  }
}
