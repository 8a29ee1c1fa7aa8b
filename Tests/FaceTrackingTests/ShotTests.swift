import FaceNetworks
import FaceTestSupport
import FaceTracking
import Foundation
import Imaging
import Testing
import VideoIO

@Suite("Cuts and shots", InstalledFaceNetworks.trait)
struct ShotTests {
  /// The clip's frames, each in the middle of an image of one size.
  static func frames(_ name: String, limit: Int = .max) throws -> [YUVImage] {
    try Pictures.frames(ofShared: name, limit: limit).map { frame in
      let image = frame.image
      return Pictures.collage(width: 640, height: 480, [(image, (640 - image.width) / 4 * 2, (480 - image.height) / 4 * 2)])
    }
  }

  static let talking = ["talk/d0.mp4", "talk/d9.mp4", "talk/d10.mp4", "talk/s13.mp4", "talk/s20.mp4", "talk/s29.mp4"]

  @Test("Movement is not taken for a cut", arguments: ["single_face.mp4", "carphone_pristine.mp4"] + talking)
  func movement(clip: String) throws {
    var cuts = CutFinder()
    for frame in try Pictures.frames(ofShared: clip, limit: 200) {
      let isCut = cuts.isCut(before: frame.image)
      #expect(!isCut, "\(frame.index)")
    }
  }

  @Test("A cut to another clip is found at its first frame, and so is its mirror image")
  func cut() throws {
    let images = try Self.frames("single_face.mp4", limit: 10) + Self.frames("talk/d18.mp4", limit: 10)
    for images in [images, images.map { $0.turned(.upMirrored) }] {
      var cuts = CutFinder()
      let found = images.indices.filter { cuts.isCut(before: images[$0]) }
      #expect(found == [10])
    }
  }

  @Test("A track ends at a cut, although a face is in the same place after it")
  func track() throws {
    let images = try Self.frames("single_face.mp4", limit: 4) + Self.frames("talk/d18.mp4", limit: 4)
    let faces = try FaceTrackerTests.track(images)
    #expect(faces.allSatisfy { $0.mesh != nil })
    #expect(faces.map(\.track) == [1, 1, 1, 1, 2, 2, 2, 2])
    #expect(faces[4].smoothed == faces[4].mesh)
  }

  /// Looks at every sixth frame of some images at 30 frames a second.
  static func references(_ images: [YUVImage], cuts: Set<Int> = []) throws -> ShotReferences {
    var looks = ShotLooks(networks: try InstalledFaceNetworks.networks())
    for (index, image) in images.enumerated() {
      if cuts.contains(index) { looks.cut(at: Double(index) / 30) }
      if index % 6 == 0 { try looks.look(at: image, timestamp: Double(index) / 30) }
    }
    return looks.references()
  }

  @Test("Each shot has the reference that it would have alone, with cuts known to the frame or found by the looks")
  func shots() throws {
    let (first, second) = (try Self.frames("single_face.mp4", limit: 42), try Self.frames("talk/d18.mp4", limit: 42))
    let (ofFirst, ofSecond) = (try Self.references(first).reference(at: 0), try Self.references(second).reference(at: 0))
    try #require(ofFirst != nil)
    try #require(ofSecond != nil)
    let mesh = try #require(try FaceTrackerTests.track([second[41]])[0].mesh)
    let right = try #require(ofSecond?.midline(of: mesh))
    let wrong = try #require(ofFirst?.midline(of: mesh))
    #expect((right.chin - wrong.chin).length > 0.5, "precondition: it makes a difference whose reference is used")

    let known = try Self.references(first + second, cuts: [42])
    #expect(known.reference(at: 41.0 / 30) == ofFirst)
    let midline = try #require(known.reference(at: 42.0 / 30)?.midline(of: mesh))
    // The tracker has seen the first shot before, so that the region of the first look differs a little.
    #expect((midline.chin - right.chin).length < 0.2)

    let found = try Self.references(first + second)
    #expect(found.reference(at: 36.0 / 30) == ofFirst)
    #expect(found.reference(at: 39.0 / 30) == nil)
    #expect(found.reference(at: 42.0 / 30) == known.reference(at: 42.0 / 30))
  }

  @Test("A shot with too few looks has no reference, and takes none from its neighbours")
  func short() throws {
    let (first, second) = (try Self.frames("single_face.mp4", limit: 42), try Self.frames("talk/d18.mp4", limit: 24))
    let references = try Self.references(first + second, cuts: [42])
    #expect(references.reference(at: 1) != nil)
    #expect(references.reference(at: 43.0 / 30) == nil)
    #expect(try Self.references(second).reference(at: 0) == nil)
  }
}
