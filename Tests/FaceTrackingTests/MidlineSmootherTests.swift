import FaceNetworks
import FaceTracking
import Imaging
import TestSupport
import Testing

@Suite("Midline smoothing")
struct MidlineSmootherTests {
  /// A face with a given glabella and chin.
  static func face(glabella: SIMD2<Double>, chin: SIMD2<Double>, track: Int = 1) -> TrackedFace {
    var landmarks = [SIMD3<Double>](repeating: .zero, count: FaceMesh.pointCount)
    landmarks[55] = SIMD3(glabella.x - 10, glabella.y, 0)
    landmarks[285] = SIMD3(glabella.x + 10, glabella.y, 0)
    landmarks[152] = SIMD3(chin.x, chin.y, 0)
    var face = TrackedFace(track: track)
    face.mesh = FaceMesh(
      landmarks: landmarks, presence: 0.97, region: FaceRegion(centre: glabella, width: 1, height: 1, rotation: 0))
    face.smoothed = face.mesh
    return face
  }

  /// Smooths frames given with their timestamps.
  static func smooth(_ frames: [(TrackedFace, Double)]) -> [FaceObservation] {
    var smoother = MidlineSmoother<Int>()
    var out: [(Int, FaceObservation)] = []
    for (index, frame) in frames.enumerated() { out += smoother.push(frame.0, timestamp: frame.1, payload: index) }
    out += smoother.finish()
    #expect(out.map(\.0) == Array(frames.indices))
    return out.map(\.1)
  }

  /// Timestamps with a variable frame rate.
  static func times(_ count: Int, seed: UInt64) -> [Double] {
    var random = SeededGenerator(seed: seed)
    var time = -0.5
    return (0..<count).map { _ in
      time += random.next(in: 0.004...0.09)
      return time
    }
  }

  @Test("Smoothing does not change the midline of a resting face", arguments: 0..<5)
  func constant(seed: UInt64) throws {
    let face = Self.face(glabella: SIMD2(100, 50), chin: SIMD2(110, 200))
    for observation in Self.smooth(Self.times(60, seed: seed).map { (face, $0) }) {
      let midline = try #require(observation.midline)
      #expect(observation.state == .found)
      #expect(observation.confidence == 0.97)
      #expect(abs(midline.glabella.x - 100) < 1e-9)
      #expect(abs(midline.chin.x - 110) < 1e-9)
      #expect(abs(midline.chin.y - 200) < 1e-9)
    }
  }

  @Test("Steady motion is followed without lag, at any frame rate and at both ends of a clip", arguments: 0..<5)
  func linear(seed: UInt64) throws {
    let times = Self.times(60, seed: seed)
    func glabella(_ t: Double) -> SIMD2<Double> { SIMD2(300 + 240 * t, 100 - 55 * t) }
    func chin(_ t: Double) -> SIMD2<Double> { SIMD2(310 + 200 * t, 400 + 31 * t) }
    let observations = Self.smooth(times.map { (Self.face(glabella: glabella($0), chin: chin($0)), $0) })
    for (time, observation) in zip(times, observations) {
      let midline = try #require(observation.midline)
      #expect((midline.glabella - glabella(time)).length < 1e-6)
      #expect((midline.chin - chin(time)).length < 1e-6)
    }
  }

  @Test("Smoothing reduces noise")
  func noise() throws {
    var random = SeededGenerator(seed: 7)
    let noisy = (0..<200).map { i in
      (Self.face(glabella: SIMD2(100 + random.next(in: -1...1), 50), chin: SIMD2(100, 200)), Double(i) / 60)
    }
    let out = try Self.smooth(noisy).map { try #require($0.midline).glabella.x - 100 }
    let rough = noisy.compactMap { $0.0.mesh.flatMap { Midline($0) } }.map { $0.glabella.x - 100 }
    #expect(rough.count == out.count)
    #expect(out.reduce(0) { $0 + $1 * $1 } < 0.3 * rough.reduce(0) { $0 + $1 * $1 })
  }

  @Test("The midline of a lost face is held for a quarter of a second")
  func gap() {
    let face = Self.face(glabella: SIMD2(100, 50), chin: SIMD2(100, 200))
    // 32 frames per second, whose timestamps are exact, so that the 0.25 s do not depend on rounding.
    let frames: [(TrackedFace, Double)] = (0..<40).map { i in
      ((10..<25).contains(i) ? TrackedFace(track: 1) : face, Double(i) / 32)
    }
    let states = Self.smooth(frames).map(\.state)
    // The last face is at 9/32 s, and 17/32 s is 0.25 s later.
    #expect(states[..<10].allSatisfy { $0 == .found })
    #expect(states[10...17].allSatisfy { $0 == .held })
    #expect(states[18..<25].allSatisfy { $0 == .absent })
    #expect(states[25...].allSatisfy { $0 == .found })
  }

  @Test("A frame without a face has no measurements")
  func absent() {
    let face = Self.face(glabella: SIMD2(100, 50), chin: SIMD2(100, 200))
    let observations = Self.smooth([(TrackedFace(), 0), (TrackedFace(), 0.04), (face, 0.08), (TrackedFace(track: 1), 0.12)])
    #expect(observations.map(\.state) == [.absent, .absent, .found, .held])
    for observation in observations where observation.state != .found {
      #expect(observation.mesh == nil)
      #expect(observation.pose == nil)
      #expect(observation.blendshapes == nil)
      #expect(observation.quality == 0)
      #expect(observation.confidence == 0)
      #expect(observation.grade == .poor)
    }
    #expect(observations[0].midline == nil)
    #expect(observations[3].midline == observations[2].midline)
  }

  @Test("A newly found face does not affect the midline of the one before")
  func tracks() throws {
    let frames: [(TrackedFace, Double)] = (0..<20).map { i in
      let x = i < 10 ? 100.0 : 600.0
      return (Self.face(glabella: SIMD2(x, 50), chin: SIMD2(x, 200), track: i < 10 ? 1 : 2), Double(i) / 30)
    }
    for (index, observation) in Self.smooth(frames).enumerated() {
      #expect(abs(try #require(observation.midline).glabella.x - (index < 10 ? 100 : 600)) < 1e-9)
    }
  }

  @Test("At most twelve frames wait, at any frame rate")
  func bounded() {
    var smoother = MidlineSmoother<Int>()
    let face = Self.face(glabella: SIMD2(100, 50), chin: SIMD2(100, 200))
    var given = 0
    for i in 0..<500 {
      given += smoother.push(face, timestamp: Double(i) / 1000, payload: i).count
      #expect(i + 1 - given <= 12)
    }
    #expect(smoother.finish().count == 500 - given)
  }

  @Test("The midline of a single frame is not changed")
  func single() {
    let face = Self.face(glabella: SIMD2(100, 50), chin: SIMD2(103, 200))
    let observations = Self.smooth([(face, 0)])
    #expect(observations.first?.midline == face.mesh.flatMap(Midline.init))
  }
}
