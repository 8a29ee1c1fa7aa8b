public import FaceNetworks
import Foundation
import Imaging

/// The conditions for comparing a face's sides, each from 0 (useless) to 1 (ideal).
///
/// The limits are this project's choice, not a published scale. Yaw makes the far half of the face narrower than the near half, which
/// mirroring turns into two faces of different widths; pitch and roll affect both halves alike.
public struct FaceQuality: Hashable, Sendable {
  public enum Factor: String, Hashable, Sendable, CaseIterable, Codable { case presence, yaw, pitch, roll, size, completeness }

  /// How sure the network is that there is a face: 0 for a confidence of 0.5, 1 from 0.9.
  public let presence: Double
  /// How little the head is turned: 1 for a yaw of up to 5° to either side, 0 from 30°.
  public let yaw: Double
  /// How little the head is raised or lowered: 1 for a pitch of up to 10°, 0 from 40°.
  public let pitch: Double
  /// How little the head is tilted: 1 for a roll of up to 15°, 0 from 60°. The midline follows a tilt, but the networks were trained on level faces.
  public let roll: Double
  /// How large the face is: 0 for a distance of 16 pixels between the outer corners of the eyes, 1 from 64.
  public let size: Double
  /// How much of the face is in the image: 0 if 85 % of the landmarks are, 1 if all are.
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
    // A turned head's eyes look closer together. The yaw has its own factor, so it must not lower this one too.
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
