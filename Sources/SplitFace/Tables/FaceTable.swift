package import FaceTracking
package import Measures

extension JobTable {
  static let face = JobTable(
    "_face.csv", about: "midline, head pose and quality, one row per frame", isWritten: { $0.kind.mirrors },
    table: { _ in FaceTable.table },
    row: { FaceTable.Row(number: $0.number, timestamp: $0.timestamp, face: FaceTable.Face($0.observation)) })
}

/// The table of the face's place and pose: `frame,timestamp,success,confidence,glabella_x,glabella_y,chin_x,chin_y,yaw,pitch,roll,quality`.
///
/// Points are pixels of the upright frame, origin at the centre of the top left pixel; angles are degrees. A frame without a face has
/// success 0, confidence 0 and `nan` in all further columns.
package enum FaceTable {
  package struct Row: Sendable {
    let number: Int
    let timestamp: Double
    /// Nil if no face was found.
    let face: Face?

    package init(number: Int, timestamp: Double, face: Face?) {
      self.number = number
      self.timestamp = timestamp
      self.face = face
    }
  }

  /// The face in one frame.
  package struct Face: Sendable {
    var confidence: Double
    var midline: Midline
    var pose: HeadPose
    var quality: Double

    /// Returns nil if no face was found in the frame, even if it was mirrored with the midline of an earlier frame.
    package init?(_ observation: FaceObservation) {
      guard let midline = observation.midline, let pose = observation.pose else { return nil }
      self.midline = midline
      self.pose = pose
      confidence = observation.confidence
      quality = observation.quality
    }
  }

  package static let table = Table<Row>(
    columns: [
      .frame { $0.number }, .timestamp { $0.timestamp }, .flag("success", "1 if a face was found.") { $0.face != nil },
      .number(
        "confidence", "The network's confidence that there is a face; 0 if none was found.", decimals: 4, (0, 1), isRequired: true
      ) { $0.face?.confidence ?? 0 },
    ]
      + point("glabella", "upper point, between the medial ends of the eyebrows", \.glabella)
      + point("chin", "lower point, the chin", \.chin)
      + [
        .number("yaw", "Turn of the head; positive to the person's own left.", decimals: 3, (-90, 90), unit: "deg") { $0.face?.pose.yaw },
        .number("pitch", "Nod of the head; positive upwards.", decimals: 3, (-180, 180), unit: "deg") { $0.face?.pose.pitch },
        .number("roll", "Tilt of the head; positive clockwise in the image.", decimals: 3, (-180, 180), unit: "deg") {
          $0.face?.pose.roll
        },
        .number(
          "quality", "How suitable the view is for comparing the sides: the worst of presence, yaw, pitch, roll, size and completeness.",
          decimals: 4, (0, 1)
        ) { $0.face?.quality },
      ])

  private static func point(
    _ name: String, _ words: String, _ point: @escaping @Sendable (Midline) -> SIMD2<Double>
  ) -> [TableColumn<Row>] {
    ["x", "y"].enumerated().map { index, axis in
      .number(
        "\(name)_\(axis)", "Midline's \(words): \(axis) in the upright frame; 0 is the centre of the top left pixel.", decimals: 3,
        unit: "px"
      ) { $0.face.map { point($0.midline)[index] } }
    }
  }
}
