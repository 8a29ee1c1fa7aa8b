/// How the numbers of a YUV picture relate to light: matrix, range and where chroma samples lie.
public struct YUVColour: Hashable, Sendable {
  /// The coefficients between RGB and YUV (ITU-R BT.601, BT.709, BT.2020 non-constant luminance).
  public enum Matrix: String, Hashable, Sendable { case bt601, bt709, bt2020 }
  /// `limited`: luma 16…235, chroma 16…240. `full`: 0…255.
  public enum Range: String, Hashable, Sendable { case limited, full }
  /// Where a chroma sample lies within its 2×2 luma samples: MPEG-2/H.264's default is `left`, JPEG's is `center`. The
  /// six are those of H.264's `chroma_sample_loc_type`; `top` and `bottom` come from turning a `left` picture by 90°.
  public enum ChromaSiting: String, Hashable, Sendable, CaseIterable {
    case left, center, topLeft, top, bottomLeft, bottom

    /// The luma position of the first chroma sample; chroma sample (i, j) lies at (2i, 2j) + offset.
    public var offset: SIMD2<Double> {
      switch self {
      case .left: SIMD2(0, 0.5)
      case .center: SIMD2(0.5, 0.5)
      case .topLeft: SIMD2(0, 0)
      case .top: SIMD2(0.5, 0)
      case .bottomLeft: SIMD2(0, 1)
      case .bottom: SIMD2(0.5, 1)
      }
    }
  }

  public var matrix: Matrix
  public var range: Range
  public var siting: ChromaSiting

  public init(matrix: Matrix = .bt709, range: Range = .limited, siting: ChromaSiting = .left) {
    self.matrix = matrix
    self.range = range
    self.siting = siting
  }
}

/// One plane of 8-bit samples: borrowed memory, valid as long as the image that it came from.
public struct Plane: @unchecked Sendable {  // Read-only memory, kept alive by the image that hands it out.
  public let base: UnsafePointer<UInt8>
  /// Bytes from one row to the next; may exceed `width`.
  public let stride: Int
  /// Samples, not luma pixels: chroma planes have half the image's sides, rounded up.
  public let width: Int
  public let height: Int

  public init(base: UnsafePointer<UInt8>, stride: Int, width: Int, height: Int) {
    self.base = base
    self.stride = stride
    self.width = width
    self.height = height
  }

  @inlinable public subscript(x: Int, y: Int) -> UInt8 { base[y * stride + x] }
}

/// An immutable planar 8-bit YUV 4:2:0 picture, origin top left.
///
/// The memory may be its own, a pool's or a decoder's frame; `owner` keeps it alive and nobody writes to it any more.
public final class YUVImage: @unchecked Sendable {  // All stored properties are constant and their memory is read-only.
  /// Luma samples.
  public let width: Int
  public let height: Int
  public let colour: YUVColour
  public let y: Plane
  public let u: Plane
  public let v: Plane
  /// The same picture's colours without the loss of chroma, where its source had more and a reader kept them: crops for
  /// networks are then cut from these.
  public let finer: RGBPlanes?
  private let owner: AnyObject

  /// Wraps planes that somebody else allocated.
  /// - Parameters:
  ///   - finer: the same picture in RGB, of the luma plane's size.
  ///   - owner: what keeps the three planes alive; released with this image.
  public init(colour: YUVColour, y: Plane, u: Plane, v: Plane, finer: RGBPlanes? = nil, owner: AnyObject) {
    precondition(u.width == (y.width + 1) / 2 && u.height == (y.height + 1) / 2, "chroma planes are half the luma plane, rounded up")
    precondition(
      finer.map { $0.red.width == y.width && $0.red.height == y.height } ?? true, "the finer colours have the picture's size")
    precondition(v.width == u.width && v.height == u.height, "both chroma planes have one size")
    self.width = y.width
    self.height = y.height
    self.colour = colour
    self.y = y
    self.u = u
    self.v = v
    self.finer = finer
    self.owner = owner
  }
}

/// A picture that is being written: uniquely owned until `finish()` turns it into a `YUVImage`.
public struct YUVCanvas: ~Copyable {
  public let width: Int
  public let height: Int
  public let colour: YUVColour
  public let y: MutablePlane
  public let u: MutablePlane
  public let v: MutablePlane
  private let memory: PixelMemory

  /// A canvas with undefined content. Rows are aligned to 64 bytes.
  /// - Parameter pool: where the memory comes from and returns to; without one it is allocated.
  public init(width: Int, height: Int, colour: YUVColour, pool: PixelMemoryPool? = nil) {
    precondition(width > 0 && height > 0, "a picture has at least one pixel")
    let chromaWidth = (width + 1) / 2
    let chromaHeight = (height + 1) / 2
    let lumaStride = (width + 63) & ~63
    let chromaStride = (chromaWidth + 63) & ~63
    let bytes = lumaStride * height + 2 * chromaStride * chromaHeight
    let memory = pool?.take(byteCount: bytes) ?? PixelMemory(byteCount: bytes)
    let base = memory.bytes
    self.width = width
    self.height = height
    self.colour = colour
    self.memory = memory
    y = MutablePlane(base: base, stride: lumaStride, width: width, height: height)
    u = MutablePlane(base: base + lumaStride * height, stride: chromaStride, width: chromaWidth, height: chromaHeight)
    v = MutablePlane(
      base: base + lumaStride * height + chromaStride * chromaHeight, stride: chromaStride, width: chromaWidth, height: chromaHeight)
  }

  /// Ends the writing.
  /// - Parameter finer: the same picture in RGB, where its source had more chroma.
  public consuming func finish(finer: RGBPlanes? = nil) -> YUVImage {
    YUVImage(colour: colour, y: y.readOnly, u: u.readOnly, v: v.readOnly, finer: finer, owner: memory)
  }
}

/// One plane of a canvas.
public struct MutablePlane {
  public let base: UnsafeMutablePointer<UInt8>
  public let stride: Int
  public let width: Int
  public let height: Int

  public init(base: UnsafeMutablePointer<UInt8>, stride: Int, width: Int, height: Int) {
    self.base = base
    self.stride = stride
    self.width = width
    self.height = height
  }

  public var readOnly: Plane { Plane(base: UnsafePointer(base), stride: stride, width: width, height: height) }

  @inlinable public subscript(x: Int, y: Int) -> UInt8 {
    get { base[y * stride + x] }
    nonmutating set { base[y * stride + x] = newValue }
  }
}
