import ActionUnits

/// The scales of an engine's values, and what they are not.
struct ActionUnitScale: Sendable {
  let engine: String

  /// The largest value that an Action Unit can have. OpenFace 3.0's network gives 0…1, everything else is on 0…5.
  func maximum(_ unit: ActionUnit) -> Float {
    let isCosine = (engine == "openface3" || engine == "hybrid") && OpenFace3Engine.units.contains(unit)
    return isCosine ? 1 : 5
  }

  /// What a reader must know before comparing numbers.
  var caveat: String {
    let blendshapes =
      "MediaPipe's blendshapes, brought to 0–5, order the frames of one person. They are not FACS intensities: no study was found that "
      + "compares them with human FACS coding, and some of them hardly react."
    let network =
      "OpenFace 3.0's network gives values from 0 to 1 for eight Action Units, trained to tell whether a movement is there (DISFA "
      + "intensity 2 or more). They are not intensities on FACS's scale of five."
    let mirrored = " The networks were trained on whole faces as they are, not on mirrored halves."
    return switch engine {
    case "mediapipe": blendshapes + mirrored
    case "openface3": network + mirrored
    case "hybrid": network + " The other Action Units are on another scale: " + blendshapes + mirrored
    case "": ""
    default: "The scale is that of the engine \(engine)." + mirrored
    }
  }
}
