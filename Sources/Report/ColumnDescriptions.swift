import ActionUnits
import FaceNetworks

/// The columns of each kind of table, in their order.
struct ColumnDescriptions {
  let scale: ActionUnitScale
  let origins: [ActionUnit: String]

  func columns(of kind: ColumnDictionary.Table.Kind) -> [ColumnDescription] {
    switch kind {
    case .actionUnits(let extras): actionUnits(extras)
    case .face: face
    case .landmarks(let blendshapes): landmarks(blendshapes)
    case .asymmetry: asymmetry
    case .summary: summary
    }
  }

  // MARK: Pieces

  private func number(
    _ name: String, _ meaning: String, _ minimum: Double? = nil, _ maximum: Double? = nil, unit: String? = nil, required: Bool = false
  ) -> ColumnDescription {
    ColumnDescription(
      name: name, meaning: meaning, datatype: .init(base: "double", minimum: minimum, maximum: maximum), unit: unit, required: required)
  }

  private func count(_ name: String, _ meaning: String, from minimum: Double = 0, to maximum: Double? = nil) -> ColumnDescription {
    ColumnDescription(
      name: name, meaning: meaning, datatype: .init(base: "integer", minimum: minimum, maximum: maximum), unit: nil, required: true)
  }

  private func flag(_ name: String, _ meaning: String) -> ColumnDescription { count(name, meaning, to: 1) }

  private func text(_ name: String, _ meaning: String, format: String? = nil) -> ColumnDescription {
    ColumnDescription(name: name, meaning: meaning, datatype: .init(base: "string", format: format), unit: nil, required: true)
  }

  private var frame: ColumnDescription { count("frame", "Number of the frame, from 1; every frame of the video has a row.", from: 1) }
  private var timestamp: ColumnDescription {
    number(
      "timestamp", "Presentation time of the frame in the container, less the offset that _run.json tells (timestampOffset).", unit: "s",
      required: true)
  }

  private func intensity(_ unit: ActionUnit, _ name: String, _ beginning: String = "") -> ColumnDescription {
    let origin = origins[unit].map { " From: \($0)." } ?? " The engine does not provide it."
    return number(
      name, "\(beginning)\(unit.columnName) \(unit.facsName), intensity.\(origin)", 0, Double(scale.maximum(unit)),
      unit: "0 to \(NumberText.decimal(scale.maximum(unit), 0))")
  }

  // MARK: Tables

  private func actionUnits(_ extras: Set<OpenFaceCSVWriter.Extra>) -> [ColumnDescription] {
    [
      frame, count("face_id", "Always 0: one face is followed.", to: 0), timestamp,
      number("confidence", "How sure the engine is that there is a face; 0 without one.", 0, 1, required: true),
      flag("success", "1 where a face was measured; without one all further columns are nan."),
    ] + ActionUnit.allCases.map { intensity($0, $0.columnName + "_r") }
      + ActionUnit.allCases.map { unit in
        ColumnDescription(
          name: unit.columnName + "_c", meaning: "\(unit.columnName) \(unit.facsName): 1 present, 0 absent, by the engine's threshold.",
          datatype: .init(base: "integer", minimum: 0, maximum: 1), unit: nil, required: false)
      }
      + (extras.contains(.emotion)
        ? Emotion.allCases.map { number("emotion_" + $0.rawValue, "Score of the expression “\($0.rawValue)” as the network gives it.") }
        : [])
      + (extras.contains(.gaze)
        ? ["yaw", "pitch"].map { number("gaze_" + $0, "Direction of the gaze, \($0), as the network gives it.", unit: "rad") } : [])
  }

  private var face: [ColumnDescription] {
    [
      frame, timestamp, flag("success", "1 where a face was found."),
      number("confidence", "The network's belief that there is a face; 0 without one.", 0, 1, required: true),
    ]
      + ["glabella", "chin"].flatMap { point in
        ["x", "y"].map { axis in
          number(
            "\(point)_\(axis)",
            "Midline's \(point == "glabella" ? "upper point, between the medial ends of the eyebrows" : "lower point, the chin"), \(axis); "
              + "upright picture, 0 is the centre of the top left pixel.", unit: "px")
        }
      }
      + [
        number("yaw", "Turn of the head; positive to the person's own left.", -90, 90, unit: "deg"),
        number("pitch", "Nod of the head; positive upwards.", -180, 180, unit: "deg"),
        number("roll", "Tilt of the head; positive clockwise in the picture.", -180, 180, unit: "deg"),
        number(
          "quality", "How well the face lies for comparing its sides: the worst of presence, yaw, pitch, roll, size and completeness.", 0, 1
        ),
      ]
  }

  private func landmarks(_ blendshapes: [String]) -> [ColumnDescription] {
    let header = LandmarksCSVWriter.columns(blendshapes: blendshapes)
    let axes = [
      "x": "to the image's right; 0 is the centre of the upright picture's leftmost pixel.",
      "y": "downwards; 0 is the centre of the upright picture's topmost pixel.",
      "z": "depth, on the scale of x; smaller is nearer to the camera.",
    ]
    return [frame, timestamp, flag("success", "1 where a face was found; without one all further columns are nan.")]
      + header.dropFirst(3).dropLast(blendshapes.count).map { name in
        let axis = String(name.prefix(1))
        return number(name, "Point \(name.dropFirst(2)) of MediaPipe's face mesh, \(axis): \(axes[axis] ?? "")", unit: "px")
      }
      + blendshapes.map { number($0, "MediaPipe's blendshape \($0).", 0, 1) }
  }

  private var asymmetry: [ColumnDescription] {
    [frame, timestamp, flag("used", "1 where the frame enters the summary.")]
      + ActionUnit.allCases.flatMap { unit in
        let maximum = Double(scale.maximum(unit))
        return [
          intensity(unit, unit.columnName + "_right", "Right side: "), intensity(unit, unit.columnName + "_left", "Left side: "),
          number(unit.columnName + "_difference", "\(unit.columnName): right less left.", -maximum, maximum),
          number(
            unit.columnName + "_index", "\(unit.columnName): (right − left) / (right + left); nan where neither side reaches the floor.",
            -1, 1),
        ]
      }
  }

  private var summary: [ColumnDescription] {
    [
      text("au", "Action Unit.", format: "AU[0-9]{2}"), text("name", "Its name in the Facial Action Coding System."),
    ]
      + ["right", "left"].flatMap { side in
        [
          number("\(side)_peak", "Highest value of the \(side) side.", 0, 5),
          count("\(side)_peak_frame", "Frame of that value, from 1, the first of several; 0 where no frame was compared."),
          number("\(side)_peak_time", "Time of that frame.", unit: "s"),
          number("\(side)_mean", "Mean of the \(side) side.", 0, 5), number("\(side)_p95", "95th percentile, by nearest rank.", 0, 5),
          number("\(side)_neutral", "Mean over the clip's neutral frames: those with the least activity and motion.", 0, 5),
          number("\(side)_range", "95th percentile less neutral, not below 0.", 0, 5),
        ]
      }
      + [
        number("range_ratio", "Smaller range over the larger one; nan where neither side moves by the floor.", 0, 1),
        text(
          "weaker_side",
          "Side with the smaller range where ranges and peaks differ by the stated share, or with the lower mean where the sides stand "
            + "further apart than either moves; see weaker_by. A measurement, not a diagnosis.",
          format: "right|left|neither"),
        count("frames_used", "Frames that entered the summary."),
      ]
      + FrameExclusion.allCases.map { reason in
        switch reason {
        case .noFace: count("excluded_no_face", "Frames left out: no face, or none on one of the two mirrored pictures.")
        case .headTurned: count("excluded_head_turned", "Frames left out: head turned beyond the limit.")
        case .poorQuality: count("excluded_poor_quality", "Frames left out: quality below the limit.")
        }
      }
      + [
        number("level_ratio", "Lower mean over the higher one; nan where neither side's mean reaches the floor.", 0, 1),
        text("weaker_by", "What names the weaker side: its movement or its level.", format: "movement|level|none"),
      ]
  }
}
