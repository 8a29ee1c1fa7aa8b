import Foundation
import TestSupport
import Testing

/// Files that were made for these tests (see Tools/parity), and networks that set-up has installed.
enum Fixture {
  static func bytes(_ path: String) throws -> [UInt8] {
    let url = try #require(Bundle.module.url(forResource: "Fixtures", withExtension: nil)).appending(path: path)
    return [UInt8](try Data(contentsOf: url))
  }

  static func files(in folder: String) throws -> [[UInt8]] {
    let url = try #require(Bundle.module.url(forResource: "Fixtures", withExtension: nil)).appending(path: folder)
    return try FileManager.default.contentsOfDirectory(at: url, includingPropertiesForKeys: nil)
      .sorted { $0.path < $1.path }.map { [UInt8](try Data(contentsOf: $0)) }
  }

  /// MediaPipe's bundle, if set-up has installed it.
  static let faceLandmarker: URL? = PackageLocation.installed
    .map { $0.appending(path: "models/face-landmarker/face_landmarker.task") }
    .flatMap { FileManager.default.fileExists(atPath: $0.path) ? $0 : nil }
}
