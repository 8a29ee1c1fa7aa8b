import ActionUnits
import FaceNetworks
import FaceTracking
import Imaging
import Measures
import TestSupport
import Testing
import VideoIO

@Suite(.enabled(if: SharedData.isAvailable && TestNetworks.landmarker != nil))
struct MediaPipeEngineTests {
  private let engine: MediaPipeEngine

  init() throws { engine = MediaPipeEngine(networks: try #require(TestNetworks.landmarker)) }

  private func mirrored(_ image: YUVImage, _ mesh: FaceMesh, keeping side: KeptSide) throws -> FaceSample {
    let midline = try #require(Midline(mesh))
    return FaceSample(
      image: reflect(image, across: midline.axis, keeping: side),
      region: MirroredFaceRegion.region(of: mesh, midline: midline, keeping: side), timestamp: 0)
  }

  /// The man's face is neutral at first, and he grins broadly from the middle of the clip on.
  @Test(arguments: [KeptSide.positive, .negative]) func grinIsHighOnBothSidesAndNeutralIsLow(_ side: KeptSide) throws {
    let frames = try TestNetworks.frames(of: "single_face.mp4")
    let meshes = try TestNetworks.meshes(of: frames)
    let wanted = [0, 4, 8, 12, 26, 30, 34, 38]
    let samples = try wanted.map { try mirrored(frames[$0].image, try #require(meshes[$0]), keeping: side) }
    let smiles = try engine.measure(samples).map { $0.intensity[.au12] }
    #expect(smiles[..<4].allSatisfy { $0 <= 0.7 }, "neutral: \(smiles)")
    #expect(smiles[4...].allSatisfy { $0 >= 2.5 }, "grin: \(smiles)")
  }

  @Test func allUnitsAreProvidedAndWithinTheirScale() throws {
    let frames = try TestNetworks.frames(of: "carphone_pristine.mp4", limit: 24)
    let readings = try engine.measure(
      zip(frames, try TestNetworks.meshes(of: frames)).map { FaceSample(image: $0.image, mesh: $1, timestamp: $0.timestamp) })
    #expect(readings.allSatisfy { $0.success })
    #expect(readings.allSatisfy { $0.confidence > 0.5 })
    #expect(readings.allSatisfy { $0.intensity.provided == ActionUnit.allCases })
    #expect(readings.allSatisfy { $0.presence.provided == ActionUnit.allCases })
    for reading in readings {
      #expect(ActionUnit.allCases.allSatisfy { (0...5).contains(reading.intensity[$0]) })
      #expect(ActionUnit.allCases.allSatisfy { [0, 1].contains(reading.presence[$0]) })
    }
    #expect(engine.measures.measures.map(\.name) == ActionUnit.allCases.map(\.columnName))
    #expect(engine.measures.measures.allSatisfy { $0.isProvided })
  }

  /// The man's eyes are shut in frames 42 and 92 (counted from 0) and open in the others that are measured, as the images show.
  @Test func blinksPeakWhereTheEyesAreShut() throws {
    let frames = try TestNetworks.frames(of: "carphone_pristine.mp4", limit: 104)
    let meshes = try TestNetworks.meshes(of: frames)
    func blink(_ index: Int) throws -> Float {
      let sample = FaceSample(image: frames[index].image, mesh: meshes[index], timestamp: frames[index].timestamp)
      return try #require(try engine.measure([sample]).first).intensity[.au45]
    }
    for shut in [42, 92] { #expect(try blink(shut) >= 2.5) }
    for open in [0, 20, 40, 60, 88, 100] { #expect(try blink(open) <= 0.5) }
  }

  @Test func noFaceGivesNoNumbers() throws {
    let frames = try TestNetworks.frames(of: "no_face.mp4", limit: 2)
    let readings = try engine.measure(frames.map { FaceSample(image: $0.image, timestamp: $0.timestamp) })
    #expect(readings.allSatisfy { $0 == .noFace })
  }

  @Test func aFaceIsFoundInAnImageAlone() throws {
    let frames = try TestNetworks.frames(of: "obama.jpg")
    let reading = try #require(try engine.measure([FaceSample(image: frames[0].image, timestamp: 0)]).first)
    #expect(reading.success)
    #expect(reading.intensity[.au12] > 2.5)
  }

  /// Batched kernels add in another order, which moves landmarks by about 10⁻⁴ of a pixel.
  @Test func batchingChangesNothing() throws {
    let frames = try TestNetworks.frames(of: "single_face.mp4", limit: 8)
    let samples = try zip(frames, try TestNetworks.meshes(of: frames)).map { frame, mesh in
      try mirrored(frame.image, try #require(mesh), keeping: .positive)
    }
    let together = try engine.measure(samples)
    let alone = try samples.flatMap { try engine.measure([$0]) }
    for (a, b) in zip(together, alone) {
      #expect(ActionUnit.allCases.allSatisfy { abs(a.intensity[$0] - b.intensity[$0]) <= 1e-3 })
    }
  }
}
