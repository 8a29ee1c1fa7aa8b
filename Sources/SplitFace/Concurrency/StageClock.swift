import Foundation
import Results
import Synchronization

/// The parts of a job whose time is measured separately.
public enum Stage: String, CaseIterable, Sendable, Codable {
  case read, track, mirror, overlay, measure, encode, write
}

/// Measures the time that threads spend in each stage.
final class StageClock: Sendable {
  private let times = Mutex<[Stage: StageTime]>([:])

  /// Runs `body`, and adds the time that it takes to the time of `stage`.
  func measure<Result, Failure: Error>(_ stage: Stage, _ body: () throws(Failure) -> Result) throws(Failure) -> Result {
    let wall = Self.now(CLOCK_MONOTONIC)
    let processor = Self.now(CLOCK_THREAD_CPUTIME_ID)
    defer { add(stage, wall: Self.now(CLOCK_MONOTONIC) - wall, processor: Self.now(CLOCK_THREAD_CPUTIME_ID) - processor) }
    return try body()
  }

  /// The time of each stage so far.
  var snapshot: [Stage: StageTime] { times.withLock { $0 } }

  private func add(_ stage: Stage, wall: Double, processor: Double) {
    times.withLock { times in
      var time = times[stage] ?? StageTime(wall: 0, processor: 0)
      time.wall += wall
      time.processor += processor
      times[stage] = time
    }
  }

  /// The present time of a clock, in seconds.
  static func now(_ clock: clockid_t) -> Double {
    var time = timespec()
    clock_gettime(clock, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}
