import CFFmpegLibraries
import Imaging

extension ColourTags {
  /// Tags that state the matrix, range and chroma siting of `colour`.
  init(_ colour: YUVColour) {
    self.init()
    matrix = Self.matrix(colour.matrix, height: 0)
    range = Int((colour.range == .full ? AVCOL_RANGE_JPEG : AVCOL_RANGE_MPEG).rawValue)
    chromaLocation = Self.location(colour.siting)
  }

  static func matrix(_ matrix: YUVColour.Matrix, height: Int) -> Int {
    switch matrix {
    case .bt709: Int(AVCOL_SPC_BT709.rawValue)
    case .bt601: Int((height == 576 || height == 288 ? AVCOL_SPC_BT470BG : AVCOL_SPC_SMPTE170M).rawValue)
    case .bt2020: Int(AVCOL_SPC_BT2020_NCL.rawValue)
    }
  }

  static func location(_ siting: YUVColour.ChromaSiting) -> Int {
    let location =
      switch siting {
      case .left: AVCHROMA_LOC_LEFT
      case .center: AVCHROMA_LOC_CENTER
      case .topLeft: AVCHROMA_LOC_TOPLEFT
      case .top: AVCHROMA_LOC_TOP
      case .bottomLeft: AVCHROMA_LOC_BOTTOMLEFT
      case .bottom: AVCHROMA_LOC_BOTTOM
      }
    return Int(location.rawValue)
  }
}
