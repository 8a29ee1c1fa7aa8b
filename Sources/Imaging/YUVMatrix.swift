/// The linear relation between an image's YUV bytes and RGB in 0…255.
///
/// Kr and Kb are from ITU-R BT.601-7, BT.709-6 and BT.2020-2. In limited range luma has 219 steps from 16, chroma 224 steps around 128.
struct YUVMatrix {
  let lumaOffset, lumaScale: Double
  let chromaScale: Double
  let kr, kb: Double

  init(_ colour: YUVColour) {
    switch colour.matrix {
    case .bt601: (kr, kb) = (0.299, 0.114)
    case .bt709: (kr, kb) = (0.2126, 0.0722)
    case .bt2020: (kr, kb) = (0.2627, 0.0593)
    }
    switch colour.range {
    case .limited: (lumaOffset, lumaScale, chromaScale) = (16, 255.0 / 219, 255.0 / 224)
    case .full: (lumaOffset, lumaScale, chromaScale) = (0, 1, 1)
    }
  }

  private var kg: Double { 1 - kr - kb }
  /// The change of a colour component per step of U or V.
  var redFromV: Double { 2 * (1 - kr) * chromaScale }
  var blueFromU: Double { 2 * (1 - kb) * chromaScale }
  var greenFromU: Double { -2 * kb * (1 - kb) / kg * chromaScale }
  var greenFromV: Double { -2 * kr * (1 - kr) / kg * chromaScale }

  /// Returns the bytes nearest to a colour.
  func bytes(of colour: RGBColour) -> (y: UInt8, u: UInt8, v: UInt8) {
    let (red, green, blue) = (Double(colour.red), Double(colour.green), Double(colour.blue))
    let luma = kr * red + kg * green + kb * blue
    func byte(_ value: Double) -> UInt8 { UInt8(max(0, min(255, value.rounded()))) }
    return (
      byte(luma / lumaScale + lumaOffset),
      byte((blue - luma) / (2 * (1 - kb)) / chromaScale + 128),
      byte((red - luma) / (2 * (1 - kr)) / chromaScale + 128)
    )
  }
}
