import FaceNetworks

/// The place and size of a face.
struct FacePlace: Hashable, Sendable {
  /// The centre of the face, in pixels.
  var centre: SIMD2<Double>
  /// The longer side of the face's bounding box, in pixels.
  var side: Double

  init(region: FaceRegion) {
    centre = region.centre
    side = max(region.width, region.height) / FaceRegion.margin
  }

  /// Creates the place of a face from RetinaFace's box of it. The box needs no scaling: it reaches from ear to ear and from hairline to
  /// chin, which is about the size of the mesh's bounding box.
  init(box: FaceBox) {
    centre = box.centre
    side = max(box.width, box.height)
  }

  var square: FaceBox {
    FaceBox(minX: centre.x - side / 2, minY: centre.y - side / 2, maxX: centre.x + side / 2, maxY: centre.y + side / 2)
  }
}

extension FaceSample {
  /// The place of the face, from the mesh or else from the region; nil if neither is known.
  var place: FacePlace? { (mesh?.nextRegion ?? region).map(FacePlace.init(region:)) }
}
