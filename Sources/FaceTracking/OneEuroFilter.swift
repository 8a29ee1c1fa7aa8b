import Foundation

/// A low-pass filter whose cutoff frequency rises with speed: little jitter at rest, little lag in motion.
///
/// Source: Casiez, Roussel, Vogel, "1€ Filter" (CHI 2012), in the variant of MediaPipe v0.10.21's `one_euro_filter.cc`, which takes the
/// derivative between unfiltered values and divides it by the size of the object.
package struct OneEuroFilter {
  static let minimumCutoff = 0.05
  static let beta = 80.0
  static let derivativeCutoff = 1.0

  private var last: SIMD3<Double>?
  private var filtered = SIMD3<Double>.zero
  private var derivative = SIMD3<Double>.zero

  package init() {}

  /// Filters the next value.
  /// - Parameters:
  ///   - frequency: frames per second, 1/Δt.
  ///   - scale: the object's size, in the value's units.
  /// - Returns: the filtered value. The first value is returned as it is.
  package mutating func apply(_ value: SIMD3<Double>, frequency: Double, scale: Double) -> SIMD3<Double> {
    guard let last else {
      self.last = value
      filtered = value
      return value
    }
    let speed = (value - last) * frequency / scale
    derivative += Self.smoothing(cutoff: Self.derivativeCutoff, frequency: frequency) * (speed - derivative)
    for axis in 0..<3 {
      let cutoff = Self.minimumCutoff + Self.beta * abs(derivative[axis])
      filtered[axis] += Self.smoothing(cutoff: cutoff, frequency: frequency) * (value[axis] - filtered[axis])
    }
    self.last = value
    return filtered
  }

  /// Returns the weight of the new value in an exponential mean.
  private static func smoothing(cutoff: Double, frequency: Double) -> Double { 1 / (1 + frequency / (2 * .pi * cutoff)) }
}
