import Foundation

/// What this process has used since it began.
package enum ProcessUsage {
  /// Bytes: the most memory held at once.
  package static var peakMemory: Int {
    #if os(Linux)
      // `ru_maxrss` outlives exec: a small program that a large one started would be reported as large.
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
    /// `VmHWM` of proc(5).
    private static var peakOfThisProgram: Int? {
      let lines = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8))?.split(separator: "\n")
      let words = lines?.first { $0.hasPrefix("VmHWM:") }?.split(whereSeparator: \.isWhitespace)
      return words.flatMap { $0.count > 1 ? Int($0[1]) : nil }.map { $0 * 1024 }
    }
  #endif

  /// Seconds of processor time, of all threads.
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
