import FaceNetworks
import FaceTracking
package import Measures

extension JobTable {
  static let landmarks = JobTable(
    "_landmarks.csv", about: "face mesh and blendshapes of the source, one row per frame", isWritten: { $0.landmarks },
    table: { _ in LandmarksTable.table },
    row: {
      LandmarksTable.Row(
        number: $0.number, timestamp: $0.timestamp, landmarks: $0.observation.mesh?.landmarks, blendshapes: $0.observation.blendshapes)
    })
}

/// The table of the face mesh: `frame,timestamp,success`, then `x_0…x_477`, `y_0…y_477`, `z_0…z_477` and the 52 blendshapes by name.
///
/// Coordinates are pixels of the upright frame, origin at the centre of the top left pixel; for z see `FaceMesh`. A frame without a face
/// has success 0 and `nan` in all further columns.
package enum LandmarksTable {
  package struct Row: Sendable {
    let number: Int
    let timestamp: Double
    /// The 478 points; nil if no face was found.
    let landmarks: [SIMD3<Double>]?
    /// The blendshapes, in the order of `BlendshapeNetwork.names`; nil if they were not calculated.
    let blendshapes: [Float]?

    package init(number: Int, timestamp: Double, landmarks: [SIMD3<Double>]?, blendshapes: [Float]?) {
      self.number = number
      self.timestamp = timestamp
      self.landmarks = landmarks
      self.blendshapes = blendshapes
    }
  }

  private static let axes = [
    ("x", "to the image's right; 0 is the centre of the upright frame's leftmost pixel."),
    ("y", "downwards; 0 is the centre of the upright frame's topmost pixel."),
    ("z", "depth, on the scale of x; smaller is nearer to the camera."),
  ]

  package static let table = Table<Row>(
    columns: [
      .frame { $0.number }, .timestamp { $0.timestamp },
      .flag("success", "1 if a face was found; if not, all further columns are nan.") { $0.landmarks != nil },
    ]
      + axes.enumerated().flatMap { axis, words in
        (0..<FaceMesh.pointCount).map { point -> TableColumn<Row> in
          .number("\(words.0)_\(point)", "Point \(point) of MediaPipe's face mesh, \(words.0): \(words.1)", decimals: 3, unit: "px") {
            $0.landmarks?[point][axis]
          }
        }
      }
      + BlendshapeNetwork.names.enumerated().map { index, name -> TableColumn<Row> in
        .number(name, "MediaPipe's blendshape \(name).", decimals: 5, (0, 1)) { row in
          row.landmarks == nil ? nil : row.blendshapes.map { Double($0[index]) }
        }
      })
}
