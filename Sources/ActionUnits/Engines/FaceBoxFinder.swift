package import FaceNetworks
import FaceTracking
import Imaging

/// Finds the boxes that RetinaFace would give for consecutive whole frames, at a small part of the cost.
///
/// RetinaFace's boxes depend on the face's size in pixels, because its anchors have fixed sizes: a smaller image of the same face gives
/// another box (intersection over union about 0.9 on average, 0.7 at worst). So the network runs on the frame at its full resolution, but
/// only on the part around the known face. If that part is large, the network runs only every few frames, and in between the box is moved
/// with the face's region. The part begins at multiples of 32, the network's coarsest grid, so that every anchor is at the same place as in
/// the whole frame.
///
/// If the place of the face is not known, the finder searches for it. A face that was found in this way is looked for in the next frame at
/// the same place. For a second (`FaceChoice.patience`) after the last frame with a known place, only that place is searched, because a face
/// elsewhere may be another person's. After that, and if no place was ever known, the whole frame is searched for the largest face: every
/// frame at reduced size, and every fourth frame thoroughly. So a face that is small in the frame is found at most three frames late, and any
/// other face at once.
package struct FaceBoxFinder: Sendable {
  /// A box, and whether it was moved with the face's region instead of being found by the network in this frame.
  package struct Finding: Sendable {
    package var detection: RetinaFaceDetector.Detection
    package var isFollowed = false
  }

  /// The maximum side of the network's input, in pixels; larger parts are scaled down.
  private static let largestSide = 640.0
  /// The number of pixels that the network may process per frame on average. Parts up to this size are processed in every frame, larger
  /// ones less often.
  private static let pixelsPerFrame = 25_600.0
  /// A box is followed (moved with the face's region) for fewer frames than this, whatever the size of the part. In a test with a talking
  /// face at 60 frames per second, the intersection over union of the followed box and the network's own box was 0.95 after up to four
  /// frames, 0.93 after eight and 0.91 after sixteen.
  private static let longestInterval = 8.0
  /// A box is followed only if the face has grown or shrunk by no more than this factor.
  private static let followedGrowth = 1.25
  /// A box is followed only if the face has moved by no more than this share of its size.
  private static let followedShift = 0.5
  /// The longer side, in pixels, of the reduced frame that is searched every time.
  private static let searchSide = 640.0
  /// The longer side, in pixels, of the reduced frame that a thorough search looks at if the frame reduced to `searchSide` shows no face.
  private static let thoroughSearchSide = 1920.0
  /// The number of frames from one thorough search to the next.
  private static let thoroughSearchInterval = 4
  /// The side, in pixels, of the parts in which a thorough search looks at the frame in full resolution if the reduced frames show no face.
  /// The frame is divided into parts so that the memory needed does not grow with it.
  private static let searchPart = 1024
  /// The overlap of these parts, in pixels. Faces that are larger than the overlap can be found in the reduced frames.
  private static let searchPartOverlap = 128

  private let detector: RetinaFaceDetector

  package init(detector: RetinaFaceDetector) { self.detector = detector }

  /// Finds the box of the face in the next frame.
  /// - Parameters:
  ///   - sample: the next of consecutive frames.
  ///   - trail: what is known from the frames before.
  /// - Returns: the face's box; nil if the network finds no face.
  package func box(in sample: FaceSample, after trail: inout FaceTrail) throws -> Finding? {
    let index = trail.length
    trail.length += 1
    guard let place = sample.place else { return try unplacedBox(in: sample, at: index, after: &trail) }
    trail.given = (place, sample.timestamp)
    if let last = trail.last, !last.wasSearched, let followed = followed(last, to: place, at: index) {
      return Finding(detection: followed, isFollowed: true)
    }
    let detection = try look(at: place, in: sample.image)
    trail.last = detection.map { Sighting(detection: $0, place: place, index: index, wasSearched: false) }
    return detection.map { Finding(detection: $0) }
  }

  /// Finds the box of a face whose place is not known.
  private func unplacedBox(in sample: FaceSample, at index: Int, after trail: inout FaceTrail) throws -> Finding? {
    let awaited = trail.given.flatMap { sample.timestamp - $0.timestamp <= FaceChoice.patience ? $0.place : nil }
    var detection = try (trail.last?.place ?? awaited).flatMap { try look(at: $0, in: sample.image) }
    if detection == nil, awaited == nil {
      let isThorough = trail.lastThoroughSearch.map { index - $0 >= Self.thoroughSearchInterval } ?? true
      if isThorough { trail.lastThoroughSearch = index }
      detection = try search(sample.image, isThorough: isThorough)
    }
    trail.last = detection.map { Sighting(detection: $0, place: FacePlace(box: $0.box), index: index, wasSearched: true) }
    return detection.map { Finding(detection: $0) }
  }

  /// Finds the face at a known place.
  private func look(at place: FacePlace, in image: YUVImage) throws -> RetinaFaceDetector.Detection? {
    let view = View(of: place, in: image)
    // A face that overlaps the known one enough to be accepted is not much smaller than it, so smaller faces are not looked for.
    let detections = try detector.detect(in: image, part: view.part, scale: view.scale, smallestSide: place.side / 2)
    if let found = Self.best(detections, at: place) { return found }
    // A face that is too large for the largest anchors may be found at reduced size, so a large face is looked for again in a smaller
    // image.
    guard place.side > 128 else { return nil }
    let smaller = View(of: place, in: image, largestSide: 224)
    let again = try detector.detect(in: image, part: smaller.part, scale: smaller.scale, smallestSide: place.side / 2)
    return Self.best(again, at: place)
  }

  /// Finds the largest face in the whole frame.
  private func search(_ image: YUVImage, isThorough: Bool) throws -> RetinaFaceDetector.Detection? {
    let longer = Double(max(image.width, image.height))
    for side in isThorough && longer > Self.searchSide ? [Self.searchSide, Self.thoroughSearchSide] : [Self.searchSide] {
      let faces = try detector.detect(in: image, scale: min(1, side / longer))
      guard let largest = Self.largest(faces) else { continue }
      // The box has to be the one that the network gives at full resolution, so the network runs again.
      return side < longer ? try look(at: FacePlace(box: largest.box), in: image) ?? largest : largest
    }
    guard isThorough, longer > Self.thoroughSearchSide else { return nil }
    let faces = try Self.spans(image.height).flatMap { rows in
      try Self.spans(image.width).flatMap { columns in
        try detector.detect(
          in: image, part: PixelRectangle(x: columns.lowerBound, y: rows.lowerBound, width: columns.count, height: rows.count))
      }
    }
    // The face may be in two parts or at the edge of one, so the network runs once more on the part around it.
    return try Self.largest(faces).map { try look(at: FacePlace(box: $0.box), in: image) ?? $0 }
  }

  private static func largest(_ faces: [RetinaFaceDetector.Detection]) -> RetinaFaceDetector.Detection? {
    faces.max { $0.box.area < $1.box.area }
  }

  /// Returns overlapping ranges that cover a length; they start at multiples of the network's coarsest grid.
  private static func spans(_ length: Int) -> [Range<Int>] {
    stride(from: 0, to: max(length - searchPartOverlap, 1), by: searchPart - searchPartOverlap).map { $0..<min($0 + searchPart, length) }
  }

  private static func best(_ detections: [RetinaFaceDetector.Detection], at place: FacePlace) -> RetinaFaceDetector.Detection? {
    detections.map { ($0, $0.box.intersectionOverUnion(place.square)) }.filter { $0.1 > 0.2 }.max { $0.1 < $1.1 }?.0
  }

  /// The part of a frame that the network looks at.
  private struct View {
    let part: PixelRectangle
    let scale: Double

    init(of place: FacePlace, in image: YUVImage, largestSide: Double = FaceBoxFinder.largestSide) {
      // The network needs the surroundings to see where the face ends, and more of them, relative to the face's size, if the face is small.
      let wanted = max(1.2 * place.side + 64, 160)
      scale = min(1, largestSide / wanted)
      let grid = 32 / scale
      let size = (wanted / grid).rounded(.up) * grid
      func span(_ centre: Double, _ limit: Int) -> (start: Int, length: Int) {
        let start = min(max(((centre + 0.5 - size / 2) / grid).rounded() * grid, 0), Double(limit - 1))
        let end = max(min(start + size, Double(limit)), start + 1)
        return (Int(start), max(Int(end) - Int(start), 1))
      }
      let (columns, rows) = (span(place.centre.x, image.width), span(place.centre.y, image.height))
      part = PixelRectangle(x: columns.start, y: rows.start, width: columns.length, height: rows.length)
    }
  }

  /// Returns the last box, moved and scaled like the face's region; nil if the network has to run again.
  private func followed(_ last: Sighting, to next: FacePlace, at index: Int) -> RetinaFaceDetector.Detection? {
    let place = last.place
    let wanted = min(max(1.2 * place.side + 64, 160), Self.largestSide)
    let growth = next.side / place.side
    guard Double(index - last.index) < min((wanted * wanted / Self.pixelsPerFrame).rounded(.up), Self.longestInterval),
      growth < Self.followedGrowth, growth > 1 / Self.followedGrowth, (next.centre - place.centre).length < Self.followedShift * place.side
    else { return nil }
    let box = last.detection.box
    let low = next.centre + (SIMD2(box.minX, box.minY) - place.centre) * growth
    let high = next.centre + (SIMD2(box.maxX, box.maxY) - place.centre) * growth
    return RetinaFaceDetector.Detection(
      box: FaceBox(minX: low.x, minY: low.y, maxX: high.x, maxY: high.y), score: last.detection.score)
  }
}
