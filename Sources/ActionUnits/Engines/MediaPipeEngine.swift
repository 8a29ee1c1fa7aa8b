public import FaceNetworks
import Imaging
public import Inference
public import Measures

/// Engine `mediapipe`: all Action Units from MediaPipe's Face Landmarker.
///
/// If a sample has a mesh, it is used. Otherwise the mesh network runs on the sample's region, and if that contains no face, or if there is
/// no region, on the face that the detector finds. A sample from a tracker (`FaceSample.isTracked`) without a mesh counts as an image without
/// a face, because the tracker has already searched for the face that it follows. `measures` says how each value is calculated.
public final class MediaPipeEngine: ActionUnitEngine {
  public let measures = MeasureSet(
    provider: "mediapipe",
    measures: ActionUnit.allCases.map { unit in
      unit.measure(
        highest: 5, origin: BlendshapeMapping.origins[unit], caveat: MediaPipeEngine.caveat, limits: MediaPipeLimits.limits[unit],
        isZeroAtRest: !BlendshapeMapping.unitsWithoutZero.contains(unit))
    }, caveat: "\(MediaPipeEngine.caveat) \(EngineCaveat.mirrored)")

  static let caveat =
    "MediaPipe's blendshapes, brought to 0–5, order the frames of one person. They are not FACS intensities: no study was found that "
    + "compares them with human FACS coding, and some of them hardly react."

  public let sessions: [InferenceSession]

  private let networks: FaceLandmarkerNetworks

  /// Creates the engine.
  /// - Parameters:
  ///   - networks: the three networks of the Face Landmarker.
  ///   - sessions: the sessions of the networks, for the record.
  public init(networks: FaceLandmarkerNetworks, sessions: [InferenceSession] = []) {
    self.networks = networks
    self.sessions = sessions
  }

  public func begin(_ samples: [FaceSample]) throws -> [ActionUnitDraft] {
    let meshes = try self.meshes(of: samples)
    let found = meshes.indices.filter { meshes[$0] != nil }
    let blendshapes = try networks.blendshapes.run(on: found.map { (meshes[$0]?.landmarks ?? []).map { SIMD2($0.x, $0.y) } })
    var readings = [ActionUnitReading](repeating: .noFace, count: samples.count)
    for (position, shapes) in zip(found, blendshapes) {
      guard let mesh = meshes[position] else { continue }
      let intensities = BlendshapeMapping.intensities(blendshapes: shapes, landmarks: mesh.landmarks)
      readings[position] = ActionUnitReading(
        confidence: mesh.presence, intensity: intensities, presence: BlendshapeMapping.presences(of: intensities))
      readings[position].disagreement = samples[position].source.flatMap {
        MeshDisagreement(source: $0.mesh, mirrored: mesh, side: $0.side)
      }
    }
    return readings.map(ActionUnitDraft.init)
  }

  /// Returns the mesh of each sample; nil for samples without a face.
  private func meshes(of samples: [FaceSample]) throws -> [FaceMesh?] {
    var meshes = samples.map(\.mesh)
    try run(
      on: samples.indices.compactMap { index in
        guard meshes[index] == nil, !samples[index].isTracked, let region = samples[index].region else { return nil }
        return (index, region)
      }, of: samples, into: &meshes)
    try run(
      on: samples.indices.compactMap { index in
        guard meshes[index] == nil, !samples[index].isTracked, let region = try detectedRegion(in: samples[index]) else { return nil }
        return (index, region)
      }, of: samples, into: &meshes)
    return meshes
  }

  /// Runs the mesh network on regions of some samples, and stores each mesh in which a face is present.
  private func run(on places: [(index: Int, region: FaceRegion)], of samples: [FaceSample], into meshes: inout [FaceMesh?]) throws {
    guard !places.isEmpty else { return }
    let found = try networks.mesh.run(on: places.map { (samples[$0.index].image, $0.region) })
    // The threshold of MediaPipe's Face Landmarker.
    for (place, mesh) in zip(places, found) where mesh.presence > 0.5 { meshes[place.index] = mesh }
  }

  /// Returns the region of a face that the detector finds: of the face nearest to the expected place or, if no place is expected, of the
  /// face with the highest score.
  private func detectedRegion(in sample: FaceSample) throws -> FaceRegion? {
    let faces = try networks.detector.detect(in: sample.image, maximumFaces: 8)
    guard let expected = sample.region else { return faces.max { $0.score < $1.score }?.region }
    let nearest = faces.min { ($0.region.centre - expected.centre).length < ($1.region.centre - expected.centre).length }
    // A face far from the expected place is another person's.
    guard let nearest, (nearest.region.centre - expected.centre).length < max(expected.width, expected.height) / 2 else { return nil }
    return nearest.region
  }
}
