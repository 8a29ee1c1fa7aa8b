import FaceNetworks

/// Where a face is and how large: what is left of it when only a region is known.
struct FacePlace: Hashable, Sendable {
  /// Pixels.
  var centre: SIMD2<Double>
  /// The longer side of the face's upright bounds, pixels.
  var side: Double

  init(region: FaceRegion) {
    centre = region.centre
    side = max(region.width, region.height) / FaceRegion.margin
  }

  /// RetinaFace's boxes reach from ear to ear and from hairline to chin, which is about what the mesh's bounds are.
  init(box: FaceBox) {
    centre = box.centre
    side = max(box.width, box.height)
  }

  var square: FaceBox {
    FaceBox(minX: centre.x - side / 2, minY: centre.y - side / 2, maxX: centre.x + side / 2, maxY: centre.y + side / 2)
  }
}

extension FaceSample {
  /// Where the face is, as far as that is known: around the mesh, or in the region.
  var place: FacePlace? { (mesh?.nextRegion ?? region).map(FacePlace.init(region:)) }
}
