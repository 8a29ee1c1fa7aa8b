import Foundation
import Imaging
import TestSupport
import Testing
import VideoIO

/// All eight orientations of a display matrix and of EXIF data give the same upright image.
@Suite(.enabled(if: FFmpegTool.isAvailable))
struct OrientationTests {
  /// The ffmpeg filters that store an upright image in each orientation.
  static let storing: [ImageOrientation: String] = [
    .up: "null", .upMirrored: "hflip", .down: "hflip,vflip", .downMirrored: "vflip", .leftMirrored: "transpose=cclock_flip",
    .right: "transpose=cclock", .rightMirrored: "transpose=clock_flip", .left: "transpose=clock",
  ]
  /// The numbers a, b, c, d of ISO/IEC 14496-12's matrix: a stored point (p, q) is shown at (a·p + c·q, b·p + d·q).
  static let matrices: [ImageOrientation: [Int32]] = [
    .up: [1, 0, 0, 1], .upMirrored: [-1, 0, 0, 1], .down: [-1, 0, 0, -1], .downMirrored: [1, 0, 0, -1], .leftMirrored: [0, 1, 1, 0],
    .right: [0, 1, -1, 0], .rightMirrored: [0, -1, -1, 0], .left: [0, -1, 1, 0],
  ]

  /// Makes a clip whose frames are stored in `orientation`, with the matrix for it written over the one in the file's header.
  private func clip(_ orientation: ImageOrientation, in folder: TemporaryDirectory, _ extra: [String] = []) throws -> URL {
    let file = folder.file("\(orientation.rawValue).mp4")
    let filter = try #require(Self.storing[orientation])
    try FFmpegTool.make(
      source("96x64", frames: 2) + ["-vf", filter + ",format=yuv420p"] + extra + ["-c:v", "libx264", "-qp", "0", file.path])
    var bytes = [UInt8](try Data(contentsOf: file))
    let header = try #require(bytes.indices.dropLast(4).first { Array(bytes[$0..<$0 + 4]) == Array("tkhd".utf8) })
    // The matrix follows 40 bytes: version and flags, times, identifier, reserved, duration, reserved, layer, group, volume, reserved.
    let places = [0, 1, 3, 4].map { header + 4 + 40 + 4 * $0 }
    for (place, value) in zip(places, try #require(Self.matrices[orientation])) {
      for byte in 0..<4 { bytes[place + byte] = UInt8(truncatingIfNeeded: (value << 16) >> (24 - 8 * Int32(byte))) }
    }
    try Data(bytes).write(to: file)
    return file
  }

  @Test(arguments: ImageOrientation.allCases) func displayMatrixIsUndone(_ orientation: ImageOrientation) throws {
    let folder = try TemporaryDirectory()
    let upright = try ReadVideo(clip(.up, in: folder))
    let video = try ReadVideo(clip(orientation, in: folder))
    #expect(video.info.orientation == orientation)
    // FFmpeg does not report an identity matrix.
    #expect((video.info.displayOrientation ?? .up) == orientation)
    #expect((video.info.width, video.info.height) == (96, 64))
    let (image, expected) = (video.frames[1].image, upright.frames[1].image)
    #expect(difference(luma(image), luma(expected)) < 0.5)
    // Chroma samples that lie left of their pixels in the stored image lie elsewhere when it is turned.
    #expect(difference(image.samples, expected.samples) < 3)
    #expect(video.info.colour == image.colour)
  }

  /// The samples of the luma plane. A plane borrows its image's memory, so the image is kept alive while the plane is read.
  private func luma(_ image: YUVImage) -> [UInt8] {
    withExtendedLifetime(image) {
      let plane = image.y
      return (0..<plane.height).flatMap { row in (0..<plane.width).map { plane[$0, row] } }
    }
  }

  @Test(arguments: ImageOrientation.allCases) func exifOrientationOfImagesIsUndone(_ orientation: ImageOrientation) throws {
    let folder = try TemporaryDirectory()
    let file = folder.file("image.jpg")
    let filter = try #require(Self.storing[orientation])
    try FFmpegTool.make(source("96x64", frames: 1) + ["-vf", filter, "-pix_fmt", "yuvj420p", "-q:v", "1", file.path])
    var bytes = [UInt8](try Data(contentsOf: file))
    // One EXIF directory with one entry: the orientation (0x0112), a 16-bit number.
    let exif: [UInt8] =
      [0xff, 0xe1, 0, 34] + Array("Exif".utf8) + [0, 0] + Array("MM".utf8) + [0, 42, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1]
      + [0, UInt8(orientation.rawValue), 0, 0, 0, 0, 0, 0]
    bytes.insert(contentsOf: exif, at: 2)
    try Data(bytes).write(to: file)
    let video = try ReadVideo(file)
    #expect(video.info.orientation == orientation)
    let plain = folder.file("plain.jpg")
    try FFmpegTool.make(source("96x64", frames: 1) + ["-pix_fmt", "yuvj420p", "-q:v", "1", plain.path])
    #expect(difference(luma(video.frames[0].image), luma(try ReadVideo(plain).frames[0].image)) < 3)
  }

  @Test func fixedOrientationOverridesTheContainer() throws {
    let folder = try TemporaryDirectory()
    let file = try clip(.right, in: folder)
    let video = try ReadVideo(file, VideoReaderOptions(orientation: .fixed(.up)))
    #expect((video.info.width, video.info.height) == (64, 96))
    #expect(video.info.displayOrientation == .right)
    let reader = try VideoReader(path: file.path, options: VideoReaderOptions(orientation: .fixed(.up)))
    reader.setOrientation(.metadata)
    #expect((reader.info.width, reader.info.height) == (96, 64))
    guard case .frame(let frame) = try reader.next() else { throw CancellationError() }
    #expect(frame.image.width == 96)
  }

  /// Looking at the first frame does not consume it, and the orientation can change before it is returned.
  @Test func firstFrameIsAvailableUntilItIsReturned() throws {
    let folder = try TemporaryDirectory()
    let reader = try VideoReader(path: try clip(.right, in: folder).path, options: VideoReaderOptions(orientation: .fixed(.up)))
    #expect(reader.firstFrame()?.width == 64)
    reader.setOrientation(.metadata)
    let first = try #require(reader.firstFrame())
    guard case .frame(let frame) = try reader.next() else { throw CancellationError() }
    #expect(frame.index == 0)
    #expect(first.width == 96)
    #expect(luma(first) == luma(frame.image))
    #expect(reader.firstFrame() == nil)
  }

  @Test func pixelShapeIsTurnedWithTheFrame() throws {
    let folder = try TemporaryDirectory()
    let file = try clip(.right, in: folder, ["-aspect", "4:3"])
    let stored = try VideoReader(path: file.path, options: VideoReaderOptions(orientation: .fixed(.up))).info.sampleAspectRatio
    let upright = try VideoReader(path: file.path).info.sampleAspectRatio
    #expect(stored == Rational(2, 1))
    #expect(upright == Rational(1, 2))
    let copy = folder.file("copy.mp4")
    try copyVideo(file, to: copy)
    #expect(try FFmpegTool.entries("stream=width,height,sample_aspect_ratio", of: copy) == ["96,64,1:2"])
  }
}
