import ActionUnits
import FaceNetworks
import Imaging
import TestSupport
import Testing
import VideoIO

/// Runs the engine on networks of the real size with seeded weights. SPLITFACE_CHECKPOINTS names the folder that `openface_checkpoints.py`
/// wrote.
@Suite(.enabled(if: TestNetworks.multitask != nil && TestNetworks.star != nil && TestNetworks.retinaFace != nil && SharedData.isAvailable))
struct OpenFace3EngineTests {
  private func engine(star: Bool = false, extras: Bool = false) throws -> OpenFace3Engine {
    OpenFace3Engine(
      retinaFace: try #require(TestNetworks.retinaFace), multitask: try #require(TestNetworks.multitask),
      star: star ? TestNetworks.star : nil, extras: extras)
  }

  private func samples(_ clip: String, limit: Int) throws -> [FaceSample] {
    try TestNetworks.frames(of: clip, limit: limit).map { FaceSample(image: $0.image, timestamp: $0.timestamp) }
  }

  @Test func theEngineProvidesItsUnitsAndNoOthers() throws {
    var samples = try samples("single_face.mp4", limit: 8)
    for index in samples.indices { samples[index].eyeAspectRatio = 0.15 }
    let readings = try engine().measure(samples)
    #expect(readings.allSatisfy { $0.success })
    #expect(readings.allSatisfy { $0.intensity.provided == [.au01, .au02, .au04, .au06, .au09, .au12, .au25, .au26, .au45] })
    #expect(readings.allSatisfy { $0.intensity[.au45] == 2.5 })
    #expect(readings.allSatisfy { $0.emotion == nil })
    #expect(readings.allSatisfy { $0.gaze == nil })
  }

  @Test func starProvidesBlinksAndExtrasProvideEmotionAndGaze() throws {
    let readings = try engine(star: true, extras: true).measure(samples("single_face.mp4", limit: 2))
    #expect(readings.allSatisfy { !$0.intensity[.au45].isNaN })
    #expect(readings.allSatisfy { $0.emotion?.count == 8 })
    #expect(readings.allSatisfy { $0.gaze != nil })
  }

  @Test func batchingChangesNothing() throws {
    let network = try #require(TestNetworks.multitask)
    let detector = try #require(TestNetworks.retinaFace)
    let faces = try samples("carphone_pristine.mp4", limit: 9).map { sample in
      (image: sample.image, box: try #require(try detector.detect(in: sample.image).first).box)
    }
    let together = try network.run(on: faces)
    for (face, result) in zip(faces, together) {
      let alone = try #require(try network.run(on: [face]).first ?? nil)
      let batched = try #require(result)
      #expect(zip(alone.actionUnits, batched.actionUnits).allSatisfy { abs($0 - $1) <= 1e-5 * max(abs($0), 1e-2) })
    }
  }

  @Test func noFaceGivesNoNumbers() throws {
    #expect(try engine().measure(samples("no_face.mp4", limit: 9)).allSatisfy { $0 == .noFace })
  }

  @Test func aTrailContinuesFromCallToCall() throws {
    let samples = try samples("single_face.mp4", limit: 20)
    let engine = try engine()
    let together = try engine.measure(samples)
    var trail = FaceTrail()
    let inGroups = try [0..<3, 3..<11, 11..<20].flatMap { range in
      try engine.measure(try samples[range].map { try engine.locate($0, after: &trail) })
    }
    #expect(together.map(\.box) == inGroups.map(\.box))
  }
}
