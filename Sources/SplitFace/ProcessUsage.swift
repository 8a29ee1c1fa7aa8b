import Foundation

/// The resources that this process has used since its start.
package enum ProcessUsage {
  /// The largest amount of memory that the process has used at any time, in bytes.
  package static var peakMemory: Int {
    #if os(Linux)
      // `ru_maxrss` includes the memory of the program that started this one, because it is kept across `exec`.
      if let peak = peakOfThisProgram { return peak }
    #endif
    let unit: Int
    #if os(macOS)
      unit = 1
    #else
      unit = 1024
    #endif
    return Int(usage.ru_maxrss) * unit
  }

  #if os(Linux)
    /// The peak resident set size, `VmHWM` in proc(5).
    private static var peakOfThisProgram: Int? {
      let lines = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8))?.split(separator: "\n")
      let words = lines?.first { $0.hasPrefix("VmHWM:") }?.split(whereSeparator: \.isWhitespace)
      return words.flatMap { $0.count > 1 ? Int($0[1]) : nil }.map { $0 * 1024 }
    }
  #endif

  /// The processor time that all threads have used, in seconds.
  static var processorTime: Double {
    let usage = usage
    func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) * 1e-6 }
    return seconds(usage.ru_utime) + seconds(usage.ru_stime)
  }

  private static var usage: rusage {
    var usage = rusage()
    #if canImport(Glibc)
      getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    #else
      getrusage(RUSAGE_SELF, &usage)
    #endif
    return usage
  }
}
