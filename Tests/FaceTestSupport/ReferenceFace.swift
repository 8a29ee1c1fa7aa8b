import Foundation
import TestSupport

/// The result of Google's own Face Landmarker for one of three images (`../shared/reference/face_landmarker.json`).
public struct ReferenceFace: Decodable, Sendable {
  public let image: String
  public let width: Int
  public let height: Int
  /// 478 × (x, y, z), pixels.
  public let landmarks: [[Double]]
  public let blendshapes: [String: Float]

  enum CodingKeys: String, CodingKey {
    case image, width, height, blendshapes
    case landmarks = "landmarks_px"
  }

  private struct File: Decodable { let items: [ReferenceFace] }

  /// Returns all results; none if the file's folder is missing.
  public static func all() throws -> [ReferenceFace] {
    guard let folder = SharedData.reference else { return [] }
    let data = try Data(contentsOf: folder.appending(path: "face_landmarker.json"))
    return try JSONDecoder().decode(File.self, from: data).items
  }
}
