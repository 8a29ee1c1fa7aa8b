import FaceNetworks
import FaceTestSupport
import FaceTracking
import Foundation
import Imaging
import TestSupport
import Testing
import VideoIO

@Suite("Face tracker", InstalledFaceNetworks.trait)
struct FaceTrackerTests {
  static func track(_ images: [YUVImage], step: Double = 1.0 / 30, blendshapes: Bool = false) throws -> [TrackedFace] {
    let tracker = FaceTracker(
      networks: try InstalledFaceNetworks.networks(), options: FaceTrackerOptions(blendshapes: blendshapes))
    return try images.enumerated().map { try tracker.track($0.element, timestamp: Double($0.offset) * step) }
  }

  /// The mean distance between the landmarks of two meshes, pixels.
  static func distance(_ a: FaceMesh, _ b: [SIMD2<Double>]) -> Double {
    zip(a.points, b).reduce(0) { $0 + ($1.0 - $1.1).length } / Double(b.count)
  }

  @Test("A still image gives the networks' own landmarks, since the filter does not change the first frame")
  func still() throws {
    let image = try Pictures.shared("single_face.jpg")
    let face = try #require(try Self.track([image], blendshapes: true).first)
    let mesh = try #require(face.mesh)
    #expect(face.smoothed == mesh)
    #expect(face.searched)
    #expect(face.track == 1)
    let networks = try InstalledFaceNetworks.networks()
    #expect(face.blendshapes == (try networks.blendshapes.run(on: [mesh.points])[0]))
  }

  @Test("A face is searched for once and then followed through every frame", arguments: ["single_face.mp4", "carphone_pristine.mp4"])
  func follows(clip: String) throws {
    let faces = try Self.track(try Pictures.frames(ofShared: clip, limit: 40).map(\.image))
    #expect(faces.allSatisfy { $0.mesh != nil })
    #expect(faces.allSatisfy { $0.track == 1 })
    #expect(faces.map(\.searched) == [true] + Array(repeating: false, count: faces.count - 1))
  }

  @Test("No face is found after the face has left, or where there is none")
  func leaves() throws {
    let found = try Self.track(try Pictures.frames(ofShared: "face_noface.mov").map(\.image)).map { $0.mesh != nil }
    #expect(found.first == true)
    #expect(found.last == false)
    // It leaves only once.
    #expect(zip(found, found.dropFirst()).count { $0.0 != $0.1 } == 1)
    #expect(try Self.track(try Pictures.frames(ofShared: "no_face.mp4").map(\.image)).allSatisfy { $0.mesh == nil })
  }

  @Test("One of several faces is chosen")
  func several() throws {
    #expect(try Self.track([try Pictures.shared("multi_face.jpg")]).first?.mesh != nil)
  }

  @Test("The larger of two faces is followed, even after the other one has become the larger")
  func identity() throws {
    let frames = try Pictures.frames(ofShared: "single_face.mp4", limit: 24).map(\.image)
    let images = frames.enumerated().map { index, frame in
      let small = Pictures.reduced(frame, by: 2)
      // The face on the right is half as large until the twelfth frame and equally large from then on.
      return index < 12
        ? Pictures.collage(width: 1280, height: 360, [(frame, 0, 0), (small, 800, 90)])
        : Pictures.collage(width: 1280, height: 360, [(frame, 0, 0), (frame, 640, 0)])
    }
    for face in try Self.track(images) {
      #expect(try #require(face.mesh).point(1).x < 640)
    }
  }

  @Test("A lost face is waited for before another one is followed")
  func patience() throws {
    let frame = try Pictures.shared("single_face.mp4")
    let both = Pictures.collage(width: 1280, height: 360, [(frame, 0, 0), (Pictures.reduced(frame, by: 2), 800, 90)])
    let other = Pictures.collage(width: 1280, height: 360, [(Pictures.reduced(frame, by: 2), 800, 90)])
    let faces = try Self.track([both, both] + Array(repeating: other, count: 24), step: 0.2)
    #expect(try #require(faces[1].mesh).point(1).x < 640)
    // The face is waited for until one second after it was last seen, at 0.2 s. From then on one part of each frame is searched.
    #expect(faces[2...6].allSatisfy { $0.mesh == nil })
    let later = faces[7...].compactMap(\.mesh)
    #expect(!later.isEmpty)
    #expect(later.allSatisfy { $0.point(1).x > 640 })
    #expect(faces.last?.track == 2)
  }

  @Test("A cut to another framing does not lose the face if only one was ever seen")
  func cut() throws {
    let frame = try Pictures.shared("single_face.mp4")
    let far = Pictures.collage(width: 640, height: 360, [(Pictures.reduced(frame, by: 2), 300, 90)])
    let faces = try Self.track([frame, frame, far, far, frame, frame])
    #expect(faces.allSatisfy { $0.mesh != nil })
    #expect(faces.map(\.track) == [1, 1, 2, 2, 3, 3])
  }

  @Test("A small face that was lost is found again near its place immediately")
  func lostNearby() throws {
    let part = Pictures.reduced(try Pictures.shared("single_face.mp4"), by: 2)
    func wide(_ x: Int) -> YUVImage { Pictures.collage(width: 1920, height: 1080, [(part, x, 620)]) }
    let empty = Pictures.collage(width: 1920, height: 1080, [])
    let networks = try InstalledFaceNetworks.networks()
    #expect(try networks.detector.detect(in: wide(1300), maximumFaces: 1).isEmpty, "precondition: not visible in the whole frame")
    let faces = try Self.track([wide(1300), wide(1300), empty, empty, empty, wide(1340), wide(1340)])
    #expect(faces.map { $0.mesh != nil } == [true, true, false, false, false, true, true])
  }

  @Test("A large, central, tilted face is preferred to a small upright one with a higher score")
  func tilted() throws {
    let folder = try TemporaryDirectory()
    let source = try #require(SharedData.file("single_face.mp4"))
    let filter =
      "split[a][b];[a]rotate=120*PI/180:fillcolor=gray[main];[b]scale=448:252[small];[main]pad=1024:480:color=gray[wide];"
      + "[wide][small]overlay=600:200,format=yuv420p"
    try FFmpegTool.make(["-i", source.path, "-vf", filter, "-frames:v", "3", "-c:v", "libx264", "-crf", "4", folder.file("a.mp4").path])
    let images = try Pictures.frames(of: folder.file("a.mp4")).map(\.image)
    let found = try InstalledFaceNetworks.networks().detector.detect(in: images[0], maximumFaces: 8)
    let weights = found.map { FaceChoice.weight(of: $0, width: 1024, height: 480) }
    try #require(found.count == 2)
    try #require(found[0].centre.x > 640, "precondition: the small face has the higher score")
    try #require(weights[0] < weights[1], "precondition: the tilted face is more prominent")
    for face in try Self.track(images) { #expect(try #require(face.mesh).point(1).x < 640) }
  }

  @Test("A face too small for the detector in a large frame is found", arguments: [(1920, 1080, 2), (3840, 2160, 1)])
  func small(width: Int, height: Int, factor: Int) throws {
    let frame = try Pictures.shared("single_face.mp4")
    let part = factor == 1 ? frame : Pictures.reduced(frame, by: factor)
    let wide = Pictures.collage(width: width, height: height, [(part, width - part.width - 200, height / 3 & ~1)])
    let networks = try InstalledFaceNetworks.networks()
    #expect(try networks.detector.detect(in: wide, maximumFaces: 1).isEmpty, "precondition: not visible in the whole frame")
    let faces = try Self.track([wide, wide])
    let mesh = try #require(faces[0].mesh)
    let alone = try #require(try Self.track([part])[0].mesh)
    let offset = SIMD2(Double(width - part.width - 200), Double(height / 3 & ~1))
    #expect(Self.distance(mesh, alone.points.map { $0 + offset }) < 0.02 * mesh.region.width)
    #expect(faces[1].mesh != nil)
    #expect(!faces[1].searched)
  }

  @Test("A mirrored image gives mirrored landmarks, and opposite yaw and roll")
  func mirrored() throws {
    let image = try Pictures.shared("obama.jpg")
    let mirror = image.turned(.upMirrored)
    let networks = try InstalledFaceNetworks.networks()
    let mesh = try #require(try Self.track([image])[0].mesh)
    // The same region, to exclude the detector's own asymmetry.
    var region = mesh.region
    region.centre = Pictures.turned(region.centre, .upMirrored, of: image)
    region.rotation = -region.rotation
    let other = try networks.mesh.run(on: [(mirror, region)])[0]
    // Landmarks on the midline (forehead, nose, chin) mirror onto themselves.
    for index in [10, 168, 4, 152] {
      #expect((Pictures.turned(mesh.point(index), .upMirrored, of: image) - other.point(index)).length < 0.02 * region.width)
    }
    let (pose, opposite) = (HeadPose(mesh), HeadPose(other))
    #expect(abs(pose.yaw + opposite.yaw) < 3)
    #expect(abs(pose.roll + opposite.roll) < 2)
    #expect(abs(pose.pitch - opposite.pitch) < 3)
  }

  @Test("A turned image gives turned landmarks", arguments: [ImageOrientation.right, .down, .left])
  func turned(orientation: ImageOrientation) throws {
    let image = try Pictures.shared("single_face.mp4")
    let networks = try InstalledFaceNetworks.networks()
    let mesh = try #require(try Self.track([image])[0].mesh)
    var region = mesh.region
    region.centre = Pictures.turned(region.centre, orientation, of: image)
    let angles: [ImageOrientation: Double] = [.right: 90, .down: 180, .left: -90]
    let angle = try #require(angles[orientation])
    region.rotation += angle * .pi / 180
    let turned = try networks.mesh.run(on: [(image.turned(orientation), region)])[0]
    // The pixels of the two crops differ only by interpolation.
    #expect(Self.distance(turned, mesh.points.map { Pictures.turned($0, orientation, of: image) }) < 0.3)
    let (pose, turnedPose) = (HeadPose(mesh), HeadPose(turned))
    #expect(abs(remainder(turnedPose.roll - pose.roll - angle, 360)) < 0.5)
    #expect(abs(turnedPose.yaw - pose.yaw) < 0.5)
    #expect(abs(turnedPose.pitch - pose.pitch) < 0.5)
  }

  @Test("Several regions in one run give the same landmarks as each one alone")
  func batched() throws {
    let networks = try InstalledFaceNetworks.networks()
    let images = [try Pictures.shared("obama.jpg"), try Pictures.shared("single_face.jpg"), try Pictures.shared("astronaut.png")]
    let crops = try images.map { ($0, try #require(try networks.detector.detect(in: $0, maximumFaces: 1).first).region) }
    let together = try networks.mesh.run(on: crops)
    for (crop, mesh) in zip(crops, together) {
      let alone = try networks.mesh.run(on: [crop])[0]
      #expect(Self.distance(mesh, alone.points) < 1e-5 * crop.1.width)
    }
    #expect(try networks.mesh.run(on: []).isEmpty)
  }

  @Test("The turn that shows the face upright is found for each of the four turns", arguments: [ImageOrientation.up, .right, .down, .left])
  func orientation(of turn: ImageOrientation) throws {
    let networks = try InstalledFaceNetworks.networks()
    let back: [ImageOrientation: ImageOrientation] = [.up: .up, .right: .left, .down: .down, .left: .right]
    for name in ["single_face.mp4", "carphone_pristine.mp4", "obama.jpg", "astronaut.png"] {
      let stored = try Pictures.shared(name).turned(try #require(back[turn]))
      #expect(try OrientationFinder.uprightTurn(of: stored, networks: networks) == turn, "\(name)")
    }
  }

  @Test("An image without a face has no upright turn")
  func noOrientation() throws {
    let networks = try InstalledFaceNetworks.networks()
    for frame in try Pictures.frames(ofShared: "no_face.mp4", limit: 3) {
      #expect(try OrientationFinder.uprightTurn(of: frame.image, networks: networks) == nil)
    }
  }

  @Test("The region predicted for a mirrored image matches the landmarks found in it")
  func mirroredRegion() throws {
    let networks = try InstalledFaceNetworks.networks()
    for name in ["single_face.mp4", "obama.jpg", "carphone_pristine.mp4"] {
      let image = try Pictures.shared(name)
      let mesh = try #require(try Self.track([image])[0].mesh)
      let midline = try #require(Midline(mesh))
      for side in [KeptSide.positive, .negative] {
        let mirrored = reflect(image, across: midline.axis, keeping: side, pool: nil)
        let region = try #require(MirroredFaceRegion.region(of: mesh, midline: midline, keeping: side))
        let found = try networks.mesh.run(on: [(mirrored, region)])[0]
        #expect(found.presence > 0.9)
        #expect(region.overlap(with: found.nextRegion) > 0.85, "\(name) \(side)")
        // The mesh of a symmetric image is symmetric, so its midline is the line of reflection.
        let own = try #require(Midline(found))
        #expect(abs(midline.axis.signedDistance(own.glabella)) < 0.02 * region.width)
        #expect(abs(midline.axis.signedDistance(own.chin)) < 0.02 * region.width)
      }
    }
  }
}
