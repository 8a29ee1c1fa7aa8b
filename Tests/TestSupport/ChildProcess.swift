public import Foundation

/// Runs another program and captures its output.
public enum ChildProcess {
  /// The result of a finished program.
  public struct Result: Sendable {
    /// The exit code, or the signal's number if `wasSignalled`.
    public let status: Int32
    public let wasSignalled: Bool
    public let timedOut: Bool
    public let standardOutput: Data
    public let standardError: Data
    public var output: String { String(decoding: standardOutput, as: UTF8.self) }
    public var errors: String { String(decoding: standardError, as: UTF8.self) }
  }

  /// Runs `executable` to completion and returns its output.
  ///
  /// - Parameters:
  ///   - environment: variables added to this process's own; a nil value removes a variable.
  ///   - directory: the working folder; by default this process's own.
  ///   - timeout: the time in seconds after which the program is killed and `timedOut` is set.
  ///   - whileRunning: called once with the process identifier after the program has started.
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

    // Files rather than pipes: no thread has to drain them, and a grandchild that keeps running does not block this function.
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
      // `Process` is not Sendable, so it is polled here instead of on another thread.
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

  /// Returns the first program of this name in `PATH`, or nil.
  public static func find(_ name: String) -> URL? {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    return path.split(separator: ":").lazy.map { URL(filePath: String($0)).appending(path: name) }
      .first { FileManager.default.isExecutableFile(atPath: $0.path) }
  }
}
