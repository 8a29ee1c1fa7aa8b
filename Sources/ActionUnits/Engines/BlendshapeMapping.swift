import FaceNetworks

/// Calculates Action Units on 0–5 from MediaPipe's 52 blendshapes and the 478 landmarks that these were computed from.
///
/// The blendshapes have ARKit's names, which are based on FACS. Each blendshape belongs to the Action Unit that public mappings agree on.
/// Outputs up to a threshold count as 0, because they are above zero for a resting face; from there the intensity is linear, up to 5 at an
/// output of 1. The two sides of a face are averaged. Some outputs are known not to work (`noseSneer*` and `cheekSquint*` are always 0;
/// google-ai-edge/mediapipe #4436, #4403) or hardly react for some people (`brow*Up`); geometry replaces or supplements them. Unless stated
/// otherwise, lengths are in units of the distance between the outer corners of the eyes.
///
/// The limits for the brows and for `eyeWide*` were learnt from people 1 to 8 of the Yale face database (`docs/accuracy.md` has the
/// measurement). At rest, the height of the brows differs between people by as much as a third of a large movement. The height of the
/// lowest brows at rest is the zero: if the zero were higher, a brow that rests below it could rise without changing the value. AU1 and AU2
/// are therefore about 1.2 at rest, up to 2.3, and only a change of them shows a movement. The scale is chosen so that raised brows add 2
/// on average over the six people who raise them plainly, about as much as with the blendshapes (1.8 and 1.4).
///
/// No study has compared these numbers with human FACS coding. They order the frames of one person; they are not FACS intensities.
package enum BlendshapeMapping {
  /// The intensity from which a unit counts as present. FACS's intensity A, a trace, is below it.
  private static let presenceThreshold = 1.0
  /// The intensity from which AU1 and AU2 count as present. They are not 0 at rest, but up to 2.3 for people 1 to 8. Raised brows reach at
  /// least 2.28 on the weaker side.
  private static let browPresenceThreshold = 2.3

  /// The output up to which a movement counts as 0: most outputs for neutral faces are below it.
  private static let rest: Float = 0.1
  /// The output of `eyeSquint*` up to which a movement counts as 0. For faces that do not squint, the output is 0.2 to 0.4.
  private static let squintRest: Float = 0.3

  /// The heights of the brows' inner ends (`MeshGeometry.innerBrowHeight`) at which the intensity is 0 and 5. At rest, the ends are at 0.26
  /// to 0.42, on average at 0.35; raising the brows adds 0.14 on average.
  private static let innerBrowHeight: (lowest: Float, highest: Float) = (0.27, 0.62)
  /// The heights of the brows' upper edge (`MeshGeometry.browPeakHeight`) at which the intensity is 0 and 5. At rest, the edge is at 0.41
  /// to 0.53, on average at 0.48; raising the brows adds 0.14 on average.
  private static let browPeakHeight: (lowest: Float, highest: Float) = (0.40, 0.75)
  /// The outputs of `eyeWide*` at which the intensity is 0 and 5. For people 1 to 8, the outputs are at most 0.012 at rest and up to 0.13
  /// when they are surprised; for acted surprise in clips of talking people, they are up to 0.4.
  private static let wideEyes: (lowest: Float, highest: Float) = (0.02, 0.3)

  /// The units that are not 0 at rest.
  static let unitsWithoutZero: Set<ActionUnit> = [.au01, .au02]

  /// How each unit is calculated, in words.
  static let origins: [ActionUnit: String] = [
    .au01:
      "landmarks: height of the brows' inner ends above the corners of the eyes (0.27 to 0.62 of the nose's length from its bridge), "
      + "and a quarter of blendshape browInnerUp",
    .au02: "landmarks: height of the brows' upper edge above the corners of the eyes (0.40 to 0.75 of the nose's length from its bridge)",
    .au04: "blendshapes browDown",
    .au05: "the larger of blendshapes eyeWide (0.02 to 0.3) and the eyes' opening (aspect ratio 0.40 to 0.60)",
    .au06: "blendshapes eyeSquint as far as mouthSmile goes with it (the smaller of both)",
    .au07: "blendshapes eyeSquint",
    .au09: "landmarks: rise of the alae above the base of the nose (0.28 to 0.45 of the nose's length)",
    .au10: "blendshapes mouthUpperUp",
    .au12: "blendshapes mouthSmile",
    .au14: "blendshapes mouthDimple",
    .au15: "blendshapes mouthFrown",
    .au16: "blendshapes mouthLowerDown",
    .au17: "the larger of blendshapes mouthShrugLower and mouthShrugUpper",
    .au20: "blendshapes mouthStretch",
    .au23: "blendshapes mouthPress",
    .au25: "landmarks: gap between the inner lips (0.03 to 0.35 of the distance between the outer corners of the eyes)",
    .au26: "blendshape jawOpen",
    .au45: "landmarks: the eyes' aspect ratio (0.25 to 0.05)",
  ]

  /// Returns the intensity of every unit.
  /// - Parameters:
  ///   - blendshapes: the network's 52 outputs.
  ///   - landmarks: the 478 points of the mesh, in pixels.
  package static func intensities(blendshapes: [Float], landmarks: [SIMD3<Double>]) -> ActionUnitValues {
    let shapes = Blendshapes(blendshapes)
    let geometry = MeshGeometry(landmarks)
    let squint = scaled(shapes.pair("eyeSquint"), from: squintRest)
    let smile = scaled(shapes.pair("mouthSmile"))
    let wide = scaled(shapes.pair("eyeWide"), from: wideEyes.lowest, to: wideEyes.highest)
    let innerBrows = scaled(geometry.innerBrowHeight, from: innerBrowHeight.lowest, to: innerBrowHeight.highest)
    return [
      // The height and the blendshape together show one-sided movements of the brows better than either does alone, if the blendshape
      // reacts at all.
      .au01: min(innerBrows + 5 / 4 * shapes["browInnerUp"], 5),
      .au02: scaled(geometry.browPeakHeight, from: browPeakHeight.lowest, to: browPeakHeight.highest),
      .au04: scaled(shapes.pair("browDown")),
      .au05: max(wide, scaled(geometry.eyeOpening, from: 0.4, to: 0.6)),
      .au06: min(squint, smile),
      .au07: squint,
      .au09: scaled(geometry.alarRise, from: 0.28, to: 0.45),
      .au10: scaled(shapes.pair("mouthUpperUp")),
      .au12: smile,
      .au14: scaled(shapes.pair("mouthDimple")),
      .au15: scaled(shapes.pair("mouthFrown")),
      .au16: scaled(shapes.pair("mouthLowerDown")),
      .au17: max(scaled(shapes["mouthShrugLower"]), scaled(shapes["mouthShrugUpper"])),
      .au20: scaled(shapes.pair("mouthStretch")),
      .au23: scaled(shapes.pair("mouthPress")),
      .au25: scaled(geometry.lipGap, from: 0.03, to: 0.35),
      .au26: scaled(shapes["jawOpen"]),
      .au45: EyeAspectRatio.blinkIntensity(geometry.eyeAspectRatio),
    ]
  }

  /// Returns 1 or 0 for every unit that has an intensity.
  package static func presences(of intensities: ActionUnitValues) -> ActionUnitValues {
    var presences = ActionUnitValues()
    for unit in intensities.provided { presences[unit] = OpenFaceTable.printed(intensities[unit]) >= threshold(unit) ? 1 : 0 }
    return presences
  }

  private static func threshold(_ unit: ActionUnit) -> Double {
    switch unit {
    case .au01, .au02: browPresenceThreshold
    case .au45: EyeAspectRatio.blinkPresenceThreshold
    default: presenceThreshold
    }
  }

  /// Maps a value to 0…5: 0 up to `low`, 5 from `high` on, and linear between.
  private static func scaled(_ value: Float, from low: Float = rest, to high: Float = 1) -> Float {
    5 * min(max((value - low) / (high - low), 0), 1)
  }

  private static func scaled(_ value: Double, from low: Float, to high: Float) -> Float { scaled(Float(value), from: low, to: high) }
}

/// The outputs of the blendshape network, by name.
private struct Blendshapes {
  private let values: [Float]
  private static let indices = Dictionary(uniqueKeysWithValues: BlendshapeNetwork.names.enumerated().map { ($1, $0) })

  init(_ values: [Float]) { self.values = values }

  subscript(name: String) -> Float {
    guard let index = Self.indices[name] else { preconditionFailure("\(name) is one of the 52 blendshapes") }
    return values[index]
  }

  /// Returns the mean of the outputs for the left and the right side.
  func pair(_ name: String) -> Float { (self[name + "Left"] + self[name + "Right"]) / 2 }
}
