import FaceTracking
import TestSupport
import Testing

@Suite("One Euro filter")
struct OneEuroFilterTests {
  @Test("A constant value is not changed")
  func constant() {
    var filter = OneEuroFilter()
    for _ in 0..<50 {
      #expect(filter.apply(SIMD3(12.5, -3, 1e6), frequency: 30, scale: 200) == SIMD3(12.5, -3, 1e6))
    }
  }

  @Test("The output stays between the smallest and the largest input", arguments: 0..<20)
  func bounded(seed: Int) {
    var random = SeededGenerator(seed: UInt64(seed))
    var filter = OneEuroFilter()
    var (low, high) = (SIMD3(repeating: Double.infinity), SIMD3(repeating: -Double.infinity))
    for _ in 0..<200 {
      let value = SIMD3(random.next(in: -500...500), random.next(in: -1...1), random.next(in: 0...1e4))
      (low, high) = (pointwiseMin(low, value), pointwiseMax(high, value))
      let out = filter.apply(value, frequency: random.next(in: 5...240), scale: random.next(in: 20...2000))
      #expect(all(out .>= low - 1e-9))
      #expect(all(out .<= high + 1e-9))
    }
  }

  @Test("After a step the output approaches the new value from one side")
  func step() {
    var filter = OneEuroFilter()
    _ = filter.apply(.zero, frequency: 30, scale: 100)
    var last = 0.0
    for _ in 0..<300 {
      let out = filter.apply(SIMD3(50, 0, 0), frequency: 30, scale: 100).x
      #expect(out >= last)
      #expect(out <= 50)
      last = out
    }
    #expect(last > 49)
  }

  @Test("The same jitter is damped less on a smaller object, where it counts as motion")
  func scaleMatters() {
    func spread(scale: Double) -> Double {
      var filter = OneEuroFilter()
      var worst = 0.0
      for i in 0..<200 {
        let out = filter.apply(SIMD3(i.isMultiple(of: 2) ? 1 : -1, 0, 0), frequency: 30, scale: scale).x
        if i > 100 { worst = max(worst, abs(out)) }
      }
      return worst
    }
    #expect(spread(scale: 2000) < spread(scale: 50))
    #expect(spread(scale: 2000) < 0.5)
  }

  @Test("Frames with the same timestamp, and the first frame after a reset, are not smoothed")
  func timesAndReset() {
    var smoother = LandmarkSmoother()
    let first = [SIMD3<Double>(0, 0, 0), SIMD3(100, 100, 0)]
    let second = first.map { $0 + 10 }
    #expect(smoother.apply(first, timestamp: 1) == first)
    #expect(smoother.apply(second, timestamp: 1) == second)
    #expect(smoother.apply(second, timestamp: 1.04) != second)
    smoother.reset()
    #expect(smoother.apply(second, timestamp: 1.08) == second)
  }
}
