extension Float {
  /// The value of an IEEE 754 half-precision number (binary16).
  ///
  /// Swift's `Float16` does not exist on Macs with Intel processors.
  init(halfPrecision bits: UInt16) {
    let sign = UInt32(bits & 0x8000) << 16
    let exponent = UInt32(bits >> 10 & 0x1F)
    let fraction = UInt32(bits & 0x3FF)
    self =
      switch exponent {
      case 0: Float(sign: sign == 0 ? .plus : .minus, exponent: -24, significand: Float(fraction))
      case 31: Float(bitPattern: sign | 0x7F80_0000 | fraction << 13)
      default: Float(bitPattern: sign | (exponent + 112) << 23 | fraction << 13)
      }
  }
}
