public import FaceNetworks
import Foundation
import Imaging

/// The conditions for comparing a face's sides, each from 0 (useless) to 1 (ideal).
///
/// The limits are this project's choice, not a published scale. Yaw makes the far half of the face narrower than the near half, which
/// mirroring turns into two faces of different widths; pitch and roll affect both halves alike.
public struct FaceQuality: Hashable, Sendable {
  public enum Factor: String, Hashable, Sendable, CaseIterable, Codable { case presence, yaw, pitch, roll, size, completeness }

  /// From the network's confidence that there is a face: 0 at 0.5, 1 from 0.9.
  public let presence: Double
  /// From |yaw|: 1 up to 5°, 0 from 30°.
  public let yaw: Double
  /// From |pitch|: 1 up to 10°, 0 from 40°.
  public let pitch: Double
  /// From |roll|: 1 up to 15°, 0 from 60°. The midline follows a tilt, but the networks were trained on level faces.
  public let roll: Double
  /// From the distance between the eyes' outer corners: 0 at 16 pixels, 1 from 64.
  public let size: Double
  /// From the share of landmarks inside the image: 0 at 0.85, 1 if all are.
  public let completeness: Double

  /// - Parameters:
  ///   - mesh: the face's landmarks.
  ///   - pose: the mesh's pose.
  ///   - imageWidth: the width of the image that the mesh lies in, pixels.
  ///   - imageHeight: its height, pixels.
  public init(mesh: FaceMesh, pose: HeadPose, imageWidth: Int, imageHeight: Int) {
    presence = Self.ramp(mesh.presence, from: 0.5, to: 0.9)
    yaw = Self.ramp(abs(pose.yaw), from: 30, to: 5)
    pitch = Self.ramp(abs(pose.pitch), from: 40, to: 10)
    roll = Self.ramp(abs(pose.roll), from: 60, to: 15)
    let eyes = mesh.point(263) - mesh.point(33)
    // Undo the foreshortening by yaw, which has a factor of its own.
    let turned = max(cos(pose.yaw * .pi / 180), 0.1)
    size = Self.ramp(eyes.length / turned, from: 16, to: 64)
    let inside = mesh.landmarks.count {
      $0.x >= -0.5 && $0.y >= -0.5 && $0.x <= Double(imageWidth) - 0.5 && $0.y <= Double(imageHeight) - 0.5
    }
    completeness = Self.ramp(Double(inside) / Double(mesh.landmarks.count), from: 0.85, to: 1)
  }

  /// The quality, 0…1: the lowest factor, since a high factor does not compensate for a low one.
  public var value: Double { Factor.allCases.map(self.value(of:)).min() ?? 0 }

  /// The factor with the lowest value.
  public var limit: Factor { Factor.allCases.min { value(of: $0) < value(of: $1) } ?? .presence }

  public var grade: QualityGrade { QualityGrade(quality: value) }

  public func value(of factor: Factor) -> Double {
    switch factor {
    case .presence: presence
    case .yaw: yaw
    case .pitch: pitch
    case .roll: roll
    case .size: size
    case .completeness: completeness
    }
  }

  private static func ramp(_ value: Double, from zero: Double, to one: Double) -> Double {
    min(max((value - zero) / (one - zero), 0), 1)
  }
}
