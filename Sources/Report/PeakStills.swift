import FaceNetworks
public import FaceTracking
public import Imaging
public import Measures

/// Collects a small image of the frame in which each measure is highest, while a clip is processed.
///
/// The memory needed depends on the number of measures, not on the clip's length. Only frames whose `exclusion` is nil count, and only
/// measures whose area of the face is not covered. If the highest value occurs several times, the first frame is kept, as in `SegmentSummary`.
public struct PeakStills: Sendable {
  /// The three small images of one frame.
  private struct Pictures: Sendable {
    let right, source, left: YUVImage
  }

  /// The highest value of a measure so far.
  private struct Best: Sendable {
    let value: Float
    let side: FaceSide
    let frameNumber: Int
    let timestamp: Double
    let pictures: Pictures
  }

  private let height: Int
  private let pixelAspect: Double
  private var frameCount = 0
  private let measures: [MeasureID]
  /// For each measure, the halves of areas that must all be visible for the sides to be compared.
  private let needed: [FaceCover]
  /// The highest value of each measure, by the measure's position.
  private var best: [Int: Best] = [:]

  /// Creates an empty collection.
  /// - Parameters:
  ///   - height: the maximum height of the images, in pixels.
  ///   - pixelAspect: the width of the source's pixels divided by their height. The collected images have square pixels.
  public init(measures: [MeasureID], height: Int = 320, pixelAspect: Double = 1) {
    self.measures = measures
    needed = measures.map { .both(of: $0.areas) }
    self.height = height
    self.pixelAspect = pixelAspect > 0 ? pixelAspect : 1
  }

  /// Adds the next frame of the clip.
  /// - Parameters:
  ///   - frame: the values of both sides.
  ///   - observation: the place of the face, to which the images are cropped.
  ///   - right: the mirrored image of the right side.
  ///   - source: the upright frame, which has the size of the mirrored images.
  ///   - left: the mirrored image of the left side.
  public mutating func add(_ frame: SidedFrame, observation: FaceObservation, right: YUVImage, source: YUVImage, left: YUVImage) {
    frameCount += 1
    guard frame.exclusion == nil else { return }
    var pictures: Pictures?
    for measure in measures.indices where frame.cover.isDisjoint(with: needed[measure]) {
      let (side, value) = Self.higher(frame, measure)
      // A measure that is always 0 has no peak to show. The comparison also fails if `value` is not-a-number.
      guard value > best[measure]?.value ?? 0 else { continue }
      let kept = pictures ?? reduced(observation: observation, right: right, source: source, left: left)
      pictures = kept
      best[measure] = Best(value: value, side: side, frameNumber: frameCount, timestamp: frame.timestamp, pictures: kept)
    }
  }

  /// Returns the collected stills, ordered by time. If several measures peak in the same frame, they share one still.
  /// - Parameters:
  ///   - leastValue: the smallest peak to include, on the scale of the measure.
  ///   - mediaType: the media type of the bytes that `encode` returns.
  ///   - isCompared: whether the measure at a position is compared in the frame with a number. Peaks in other frames are left out.
  ///   - encode: encodes an image.
  public func stills<Failure: Error>(
    leastValue: Float = 0.25, mediaType: String = "image/jpeg", isCompared: (_ measure: Int, _ frameNumber: Int) -> Bool = { _, _ in true },
    encode: (YUVImage) throws(Failure) -> [UInt8]
  ) throws(Failure) -> [PeakStill] {
    func picture(_ image: YUVImage) throws(Failure) -> PeakStill.Picture {
      PeakStill.Picture(bytes: try encode(image), mediaType: mediaType, width: image.width, height: image.height)
    }
    let kept = best.filter { $0.value.value >= leastValue && isCompared($0.key, $0.value.frameNumber) }
    var stills: [PeakStill] = []
    for (number, group) in Dictionary(grouping: kept, by: { $0.value.frameNumber }).sorted(by: { $0.key < $1.key }) {
      guard let first = group.first?.value else { continue }
      let peaks = group.sorted { $0.key < $1.key }.map {
        PeakStill.Peak(measure: measures[$0.key], side: $0.value.side, value: $0.value.value)
      }
      stills.append(
        PeakStill(
          frameNumber: number, timestamp: first.timestamp, peaks: peaks, right: try picture(first.pictures.right),
          source: try picture(first.pictures.source), left: try picture(first.pictures.left)))
    }
    return stills
  }

  private static func higher(_ frame: SidedFrame, _ measure: Int) -> (FaceSide, Float) {
    let right = frame.right[measure]
    let left = frame.left[measure]
    return left > right || right.isNaN ? (.left, left) : (.right, right)
  }

  private func reduced(observation: FaceObservation, right: YUVImage, source: YUVImage, left: YUVImage) -> Pictures {
    let area = Self.area(of: observation, in: source)
    func reduced(_ image: YUVImage) -> YUVImage {
      // Small faces are not enlarged.
      let rows = min(Double(height), area.height, area.width * pixelAspect * 2)
      let columns = area.width * pixelAspect * rows / area.height
      return image.scaled(area, width: max(2, Int(columns.rounded())), height: max(2, Int(rows.rounded())))
    }
    return Pictures(right: reduced(right), source: reduced(source), left: reduced(left))
  }

  /// Returns a square around the face; the whole image if the place of the face is unknown. The square is centred on the midline, so that
  /// the face is at the same place in all three images.
  private static func area(of observation: FaceObservation, in image: YUVImage) -> PixelArea {
    let whole = PixelArea(x: -0.5, y: -0.5, width: Double(image.width), height: Double(image.height))
    guard let mesh = observation.mesh, let midline = observation.midline, let first = mesh.landmarks.first else { return whole }
    var low = SIMD2(first.x, first.y)
    var high = low
    for landmark in mesh.landmarks {
      low = SIMD2(min(low.x, landmark.x), min(low.y, landmark.y))
      high = SIMD2(max(high.x, landmark.x), max(high.y, landmark.y))
    }
    let middle = (low + high) / 2
    let axis = midline.axis
    let centre = axis.point + axis.direction * ((middle - axis.point) * axis.direction).sum()
    // The factor 1.5 leaves room for the forehead, which the mesh does not cover, and for a margin.
    let side = 1.5 * max(high.x - low.x, high.y - low.y)
    guard side.isFinite, side >= 8, centre.x.isFinite, centre.y.isFinite else { return whole }
    return PixelArea(x: centre.x - side / 2, y: centre.y - side / 2, width: side, height: side).clipped(to: whole) ?? whole
  }
}
