/// A colour to draw with, each part 0…255.
public struct RGBColour: Hashable, Sendable {
  public var red, green, blue: UInt8

  public init(_ red: UInt8, _ green: UInt8, _ blue: UInt8) {
    self.red = red
    self.green = green
    self.blue = blue
  }

  public static let white = RGBColour(255, 255, 255)
  public static let black = RGBColour(0, 0, 0)
}
