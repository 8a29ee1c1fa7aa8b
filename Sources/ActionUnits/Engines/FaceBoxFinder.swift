package import FaceNetworks
import FaceTracking
import Imaging

/// RetinaFace's face boxes for consecutive frames, at a small part of what looking at whole frames would cost.
///
/// The box that RetinaFace gives on the whole frame is what is wanted. The network's anchors make its boxes depend on the face's size in
/// pixels, so that a smaller picture of the same face gives another box (intersection over union about 0.9 on average, 0.7 at worst). So
/// it is run on the frame's own pixels, on the part around the known face, and only every few frames where that part is large; between
/// those the box follows the face's region. The part begins at multiples of 32, the network's coarsest grid, so that every anchor lies
/// where it does in the whole frame.
///
/// Without a known place it looks for the face itself. One that it has found so is followed by looking where it was in the frame before.
/// Where a face was given up to a second ago (`FaceChoice.patience`) only the place where it was last is looked at: whoever is elsewhere may
/// be another person. After that, and where no face was ever given, the whole frame is searched for the largest face: every frame made
/// smaller, every fourth thoroughly. So a face that is small in the frame is found three frames late at most, and every other one at once.
package struct FaceBoxFinder: Sendable {
  /// A box, and whether the network ran to find it.
  package struct Finding: Sendable {
    package var detection: RetinaFaceDetector.Detection
    package var isFollowed = false
  }

  /// The network sees at most this much of a face's surroundings, pixels a side; larger parts are made smaller.
  private static let largestSide = 640.0
  /// Where the network runs on every frame: it costs as much as two milliseconds of one core. On larger parts it runs the more rarely.
  private static let pixelsPerFrame = 25_600.0
  /// A box is followed for fewer frames than this, however large the part: behind a talking face at 60 frames a second it agrees with the
  /// network's own box by 0.95 (intersection over union) when followed for up to four frames, 0.93 for eight and 0.91 for sixteen.
  private static let longestInterval = 8.0
  /// A box is followed while the face keeps its size and place up to these.
  private static let followedGrowth = 1.25
  private static let followedShift = 0.5
  /// The longer side of the picture that is searched on every frame: 20 ms of one core.
  private static let searchSide = 640.0
  /// The longer side of the picture that is searched, now and then, when the smaller one shows nothing: 0.2 s.
  private static let thoroughSearchSide = 1920.0
  /// Thorough searches are this many frames apart.
  private static let thoroughSearchInterval = 4
  /// Of larger frames, the pixels themselves are searched last, in parts of this many a side, so that memory does not grow with the frame:
  /// a second for 3840×2160. Faces that are larger than the parts' overlap show in the smaller pictures.
  private static let searchPart = 1024
  private static let searchPartOverlap = 128

  private let detector: RetinaFaceDetector

  package init(detector: RetinaFaceDetector) { self.detector = detector }

  /// - Parameters:
  ///   - sample: the next of consecutive frames.
  ///   - trail: what the frames before it left.
  /// - Returns: the face's box, nil where the network sees none.
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

  /// The box of a face of which nobody says where it is.
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

  /// The face around which `place` is.
  private func look(at place: FacePlace, in image: YUVImage) throws -> RetinaFaceDetector.Detection? {
    let view = View(of: place, in: image)
    // What overlaps the known face enough to count is not much smaller.
    let detections = try detector.detect(in: image, part: view.part, scale: view.scale, smallestSide: place.side / 2)
    if let found = Self.best(detections, at: place) { return found }
    // A face that fills more than the largest anchors can still be seen smaller.
    guard place.side > 128 else { return nil }
    let smaller = View(of: place, in: image, largestSide: 224)
    let again = try detector.detect(in: image, part: smaller.part, scale: smaller.scale, smallestSide: place.side / 2)
    return Self.best(again, at: place)
  }

  /// The largest face of the whole frame.
  private func search(_ image: YUVImage, isThorough: Bool) throws -> RetinaFaceDetector.Detection? {
    let longer = Double(max(image.width, image.height))
    for side in isThorough && longer > Self.searchSide ? [Self.searchSide, Self.thoroughSearchSide] : [Self.searchSide] {
      let faces = try detector.detect(in: image, scale: min(1, side / longer))
      guard let largest = Self.largest(faces) else { continue }
      // As everywhere, the box is the one of the frame's own pixels.
      return side < longer ? try look(at: FacePlace(box: largest.box), in: image) ?? largest : largest
    }
    guard isThorough, longer > Self.thoroughSearchSide else { return nil }
    let faces = try Self.spans(image.height).flatMap { rows in
      try Self.spans(image.width).flatMap { columns in
        try detector.detect(
          in: image, part: PixelRectangle(x: columns.lowerBound, y: rows.lowerBound, width: columns.count, height: rows.count))
      }
    }
    // Where it lies in two parts, or at the edge of one, the box around it is the better one.
    return try Self.largest(faces).map { try look(at: FacePlace(box: $0.box), in: image) ?? $0 }
  }

  private static func largest(_ faces: [RetinaFaceDetector.Detection]) -> RetinaFaceDetector.Detection? {
    faces.max { $0.box.area < $1.box.area }
  }

  /// Parts that overlap and cover a length; their starts lie on the network's coarsest grid.
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
      // Surroundings tell the network where a face ends; a small face needs more of them in proportion.
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

  /// The box moved and scaled as the face's region has; nil where it is time to look again.
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
