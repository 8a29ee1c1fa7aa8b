import FaceTestSupport
import Foundation
import Imaging
import SplitFace
import TestSupport
import Testing
import VideoIO

/// The frames of the encoded videos, decoded again.
@Suite(TestJobs.trait) struct SymmetryTests {
  @Test func mirroredFramesAreSymmetricAndKeepTheirHalf() async throws {
    let folder = try TemporaryDirectory()
    let clip = folder.file("clip.mp4")
    try TestClips.write(.init(start: 10, frames: 36), to: clip)
    let job = try await TestJobs.run(clip)
    let faces = FaceRows(try job.table("face"))
    let source = try Pictures.frames(of: clip)
    #expect(source.count == 36)
    for (name, kept) in [("left_mirrored", -1.0), ("right_mirrored", 1.0)] {
      let mirrored = try Pictures.frames(of: job.video(name))
      #expect(mirrored.count == source.count)
      for (index, pair) in zip(source, mirrored).enumerated() {
        let face = try #require(faces.face(index))
        let differences = face.differences(mirrored: pair.1.image.y, source: pair.0.image.y, keptSign: kept)
        #expect(differences.reflection <= 2, "\(name) \(index)")
        #expect(differences.kept <= 2, "\(name) \(index)")
        // The other half is not the source's own, which shows that the test detects differences.
        #expect(differences.replaced > 4, "\(name) \(index)")
      }
    }
  }
}

/// The rows of a `_face.csv`.
struct FaceRows {
  private let columns: [[Double]]

  init(_ table: Table) {
    columns = ["success", "glabella_x", "glabella_y", "chin_x", "chin_y"].map { table[$0] }
  }

  /// Returns the face of a frame; `nil` if there is none.
  func face(_ index: Int) -> MirroredFace? {
    let row = columns.map { $0[index] }
    guard row[0] == 1 else { return nil }
    return MirroredFace(glabella: SIMD2(row[1], row[2]), chin: SIMD2(row[3], row[4]))
  }
}

/// The location of a face, from a table.
struct MirroredFace {
  let glabella: SIMD2<Double>
  let chin: SIMD2<Double>

  /// Returns mean absolute differences over the face, in grey levels: between pixels and their reflections, and between the mirrored frame and
  /// its source, on the kept side and on the replaced side.
  func differences(mirrored: Plane, source: Plane, keptSign: Double) -> (reflection: Double, kept: Double, replaced: Double) {
    let axis = ReflectionAxis(point: glabella, direction: chin - glabella)
    let size = (chin - glabella).length
    let centre = (glabella + chin) / 2
    var (reflection, kept, replaced) = (Mean(), Mean(), Mean())
    for y in 0..<mirrored.height {
      for x in 0..<mirrored.width {
        let point = SIMD2(Double(x), Double(y))
        let offset = point - centre
        // A disc from the brows to the chin lies inside the face.
        guard offset.length < size / 2 else { continue }
        let twin = axis.reflect(point)
        guard let value = mirrored.value(at: twin) else { continue }
        reflection.add(abs(Double(mirrored[x, y]) - value))
        let distance = axis.signedDistance(point) * keptSign
        let change = abs(Double(mirrored[x, y]) - Double(source[x, y]))
        if distance > 1 { kept.add(change) } else if distance < -1 { replaced.add(change) }
      }
    }
    return (reflection.value, kept.value, replaced.value)
  }

  private struct Mean {
    private var sum = 0.0
    private var count = 0.0
    mutating func add(_ value: Double) {
      sum += value
      count += 1
    }
    var value: Double { count > 0 ? sum / count : .infinity }
  }
}

extension Plane {
  /// Returns the linearly interpolated value; `nil` outside the plane.
  fileprivate func value(at point: SIMD2<Double>) -> Double? {
    let (x, y) = (Int(point.x.rounded(.down)), Int(point.y.rounded(.down)))
    guard x >= 0, y >= 0, x + 1 < width, y + 1 < height else { return nil }
    let (fx, fy) = (point.x - Double(x), point.y - Double(y))
    let top = Double(self[x, y]) * (1 - fx) + Double(self[x + 1, y]) * fx
    let bottom = Double(self[x, y + 1]) * (1 - fx) + Double(self[x + 1, y + 1]) * fx
    return top * (1 - fy) + bottom * fy
  }
}
