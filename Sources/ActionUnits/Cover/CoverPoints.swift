import Measures

/// The points of the face mesh at which one side of the face is searched for signs that something covers it.
struct CoverPoints: Sendable {
  /// The rim of the eye and the iris.
  let eye: [Int]
  /// The skin around the eye, from below the brow to the cheek.
  let aroundEye: [Int]
  /// The corners and lids of the eye.
  let eyeCornersAndLids: [Int]
  /// The outer rim of the lips, without its middle.
  let outerLips: [Int]
  /// The line between the lips, without its middle.
  let innerLips: [Int]
  /// The skin around the lips.
  let aroundMouth: [Int]
  /// The cheek next to the nose.
  let cheek: [Int]
  /// The lower part of the cheek.
  let lowerCheek: [Int]
  let forehead: [Int]

  /// The middle of the forehead and the ridge of the nose.
  static let middle = [151, 9, 6, 197, 195, 5]
  /// The outer rim of the lips of both sides, in order.
  static let outerOutline = [61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291, 409, 270, 269, 267, 0, 37, 39, 40, 185]
  /// The inner rim of the lips of both sides, in order.
  static let innerOutline = [78, 95, 88, 178, 87, 14, 317, 402, 318, 324, 308, 415, 310, 311, 312, 13, 82, 81, 80, 191]
  /// The lips, without their middle, which belongs to both sides.
  var lips: [Int] { outerLips + innerLips }

  init(_ side: FaceSide) {
    switch side {
    case .right:
      eye = [33, 7, 163, 144, 145, 153, 154, 155, 133, 173, 157, 158, 159, 160, 161, 246, 468, 469, 470, 471, 472]
      aroundEye = [22, 23, 24, 110, 25, 26, 112, 228, 229, 230, 231, 232, 27, 28, 29, 30, 222, 223, 224, 225, 247, 226, 31]
      eyeCornersAndLids = [33, 133, 159, 145, 158, 153, 160, 144]
      outerLips = [61, 146, 91, 181, 185, 40, 39]
      innerLips = [81, 80, 191, 78, 95, 88, 178]
      aroundMouth = [92, 165, 186, 57, 43, 106, 182, 216, 212, 202, 204]
      cheek = [50, 101, 36]
      lowerCheek = [205, 203, 187, 142]
      forehead = [108, 69, 104, 67]
    case .left:
      eye = [263, 249, 390, 373, 374, 380, 381, 382, 362, 398, 384, 385, 386, 387, 388, 466, 473, 474, 475, 476, 477]
      aroundEye = [252, 253, 254, 339, 255, 256, 341, 448, 449, 450, 451, 452, 257, 258, 259, 260, 442, 443, 444, 445, 467, 446, 261]
      eyeCornersAndLids = [263, 362, 386, 374, 385, 380, 387, 373]
      outerLips = [291, 375, 321, 405, 409, 270, 269]
      innerLips = [311, 310, 415, 308, 324, 318, 402]
      aroundMouth = [322, 391, 410, 287, 273, 335, 406, 436, 432, 422, 424]
      cheek = [280, 330, 266]
      lowerCheek = [425, 423, 411, 371]
      forehead = [337, 299, 333, 297]
    }
  }
}
