import Foundation

/// What this process has used since it began.
enum ProcessUsage {
  /// Bytes: the most memory held at once.
  static var peakMemory: Int {
    let unit: Int
    #if os(macOS)
      unit = 1
    #else
      unit = 1024
    #endif
    return Int(usage.ru_maxrss) * unit
  }

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
