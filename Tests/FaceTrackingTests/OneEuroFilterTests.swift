import FaceTracking
import Testing

@Suite("One Euro filter")
struct OneEuroFilterTests {
  @Test("The first value comes out as it is, and a constant stays what it is")
  func constant() {
    var filter = OneEuroFilter()
    for _ in 0..<50 {
      #expect(filter.apply(SIMD3(12.5, -3, 1e6), frequency: 30, scale: 200) == SIMD3(12.5, -3, 1e6))
    }
  }

  @Test("The output stays between the smallest and the largest value that went in", arguments: 0..<20)
  func bounded(seed: Int) {
    var random = SplitMix(seed: UInt64(seed))
    var filter = OneEuroFilter()
    var (low, high) = (SIMD3(repeating: Double.infinity), SIMD3(repeating: -Double.infinity))
    for _ in 0..<200 {
      let value = SIMD3(random.next(in: -500...500), random.next(in: -1...1), random.next(in: 0...1e4))
      (low, high) = (pointwiseMin(low, value), pointwiseMax(high, value))
      let out = filter.apply(value, frequency: random.next(in: 5...240), scale: random.next(in: 20...2000))
      #expect(all(out .>= low - 1e-9) && all(out .<= high + 1e-9))
    }
  }

  @Test("A step is approached from one side and reached")
  func step() {
    var filter = OneEuroFilter()
    _ = filter.apply(.zero, frequency: 30, scale: 100)
    var last = 0.0
    for _ in 0..<300 {
      let out = filter.apply(SIMD3(50, 0, 0), frequency: 30, scale: 100).x
      #expect(out >= last && out <= 50)
      last = out
    }
    #expect(last > 49)
  }

  @Test("Jitter at rest is damped more than the same jitter relative to a smaller object, which counts as motion")
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

  @Test("Pictures at one time are left alone, and a reset forgets the face")
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

/// A random sequence that is the same every time (Steele, Lea, Flood, "Fast splittable pseudorandom number generators").
struct SplitMix: RandomNumberGenerator {
  private var state: UInt64
  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  mutating func next(in range: ClosedRange<Double>) -> Double { Double.random(in: range, using: &self) }
}
