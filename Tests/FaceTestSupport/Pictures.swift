public import Foundation
public import Imaging
import TestSupport
public import VideoIO

/// Images and clips, read by the product's own reader.
public enum Pictures {
  struct Missing: Error, CustomStringConvertible { let description: String }

  /// Returns the first frame, or the image, of a file in `../shared/testdata`.
  public static func shared(_ name: String) throws -> YUVImage {
    guard let image = try frames(ofShared: name, limit: 1).first?.image else { throw Missing(description: "\(name): no frame") }
    return image
  }

  /// Returns the first frames of a file in `../shared/testdata`.
  public static func frames(ofShared name: String, limit: Int = .max) throws -> [VideoFrame] {
    guard let url = SharedData.file(name) else { throw Missing(description: "no ../shared/testdata/\(name)") }
    return try frames(of: url, limit: limit)
  }

  /// Returns the first frames of a file.
  public static func frames(of url: URL, limit: Int = .max) throws -> [VideoFrame] {
    let reader = try VideoReader(path: url.path)
    var frames: [VideoFrame] = []
    while frames.count < limit, let item = try reader.next() {
      if case .frame(let frame) = item { frames.append(frame) }
    }
    return frames
  }

  /// Returns a grey image with other images copied into it, each at an even position.
  public static func collage(width: Int, height: Int, _ parts: [(image: YUVImage, x: Int, y: Int)]) -> YUVImage {
    let canvas = YUVCanvas(width: width, height: height, colour: parts.first?.image.colour ?? YUVColour())
    for plane in [canvas.y, canvas.u, canvas.v] {
      for row in 0..<plane.height { (plane.base + row * plane.stride).update(repeating: 128, count: plane.width) }
    }
    for part in parts {
      copy(part.image.y, to: canvas.y, x: part.x, y: part.y)
      copy(part.image.u, to: canvas.u, x: part.x / 2, y: part.y / 2)
      copy(part.image.v, to: canvas.v, x: part.x / 2, y: part.y / 2)
    }
    return canvas.finish()
  }

  private static func copy(_ source: Plane, to target: MutablePlane, x: Int, y: Int) {
    for row in 0..<source.height where y + row >= 0 && y + row < target.height {
      for column in 0..<source.width where x + column >= 0 && x + column < target.width {
        target[x + column, y + row] = source[column, row]
      }
    }
  }
}
