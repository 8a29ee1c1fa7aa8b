/// Sequences of face-mesh points that outline a face's recognisable features, taken by this project from MediaPipe's canonical mesh.
enum MeshContours {
  static let all: [[Int]] = [
    faceOval, rightEye, leftEye, rightBrowUpper, rightBrowLower, leftBrowUpper, leftBrowLower, outerLips, innerLips, rightIris,
    leftIris,
  ]

  static let faceOval = [
    10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377, 152, 148, 176, 149, 150, 136, 172, 58,
    132, 93, 234, 127, 162, 21, 54, 103, 67, 109, 10,
  ]
  static let rightEye = [33, 7, 163, 144, 145, 153, 154, 155, 133, 173, 157, 158, 159, 160, 161, 246, 33]
  static let leftEye = [263, 249, 390, 373, 374, 380, 381, 382, 362, 398, 384, 385, 386, 387, 388, 466, 263]
  static let rightBrowUpper = [70, 63, 105, 66, 107]
  static let rightBrowLower = [46, 53, 52, 65, 55]
  static let leftBrowUpper = [300, 293, 334, 296, 336]
  static let leftBrowLower = [276, 283, 282, 295, 285]
  static let outerLips = [61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291, 409, 270, 269, 267, 0, 37, 39, 40, 185, 61]
  static let innerLips = [78, 95, 88, 178, 87, 14, 317, 402, 318, 324, 308, 415, 310, 311, 312, 13, 82, 81, 80, 191, 78]
  static let rightIris = [469, 470, 471, 472, 469]
  static let leftIris = [474, 475, 476, 477, 474]
}
