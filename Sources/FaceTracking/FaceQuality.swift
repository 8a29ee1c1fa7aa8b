public import FaceNetworks
import Foundation

/// How well a face lies for comparing its two sides.
public enum QualityGrade: String, Hashable, Sendable, CaseIterable, Codable {
  /// Quality of 2/3 and above: for instance |yaw| up to 13°.
  case good
  /// 1/3 and above: |yaw| up to 21°.
  case fair
  case poor

  public init(quality: Double) {
    self = quality >= 2.0 / 3 ? .good : quality >= 1.0 / 3 ? .fair : .poor
  }
}

/// The conditions that a comparison of a face's sides rests on, each 0 (useless) … 1 (nothing to wish for).
///
/// The limits are this project's choice, not a published scale: a yaw makes the far half of the face narrower than the near
/// one, which mirroring turns into two differently wide faces; pitch and roll leave the halves alike.
public struct FaceQuality: Hashable, Sendable {
  public enum Factor: String, Hashable, Sendable, CaseIterable, Codable { case presence, yaw, pitch, roll, size, completeness }

  /// The network's belief that there is a face: 0 at 0.5, 1 from 0.9.
  public let presence: Double
  /// 1 up to 5°, 0 from 30°.
  public let yaw: Double
  /// 1 up to 10°, 0 from 40°.
  public let pitch: Double
  /// 1 up to 15°, 0 from 60°: the midline follows a tilt, but the networks were trained on level faces.
  public let roll: Double
  /// The distance between the eyes' outer corners: 0 at 16 pixels, 1 from 64.
  public let size: Double
  /// The share of landmarks inside the picture: 0 at 0.85, 1 when all are.
  public let completeness: Double

  /// - Parameter imageWidth: pixels, of the picture that the mesh lies in; so is `imageHeight`.
  public init(mesh: FaceMesh, pose: HeadPose, imageWidth: Int, imageHeight: Int) {
    presence = Self.ramp(mesh.presence, from: 0.5, to: 0.9)
    yaw = Self.ramp(abs(pose.yaw), from: 30, to: 5)
    pitch = Self.ramp(abs(pose.pitch), from: 40, to: 10)
    roll = Self.ramp(abs(pose.roll), from: 60, to: 15)
    let eyes = mesh.point(263) - mesh.point(33)
    // Foreshortening is the yaw's matter, not the size's.
    let turned = max(cos(pose.yaw * .pi / 180), 0.1)
    size = Self.ramp((eyes * eyes).sum().squareRoot() / turned, from: 16, to: 64)
    let inside = mesh.landmarks.count {
      $0.x >= -0.5 && $0.y >= -0.5 && $0.x <= Double(imageWidth) - 0.5 && $0.y <= Double(imageHeight) - 0.5
    }
    completeness = Self.ramp(Double(inside) / Double(mesh.landmarks.count), from: 0.85, to: 1)
  }

  /// The worst factor: a good one makes up for nothing.
  public var value: Double { Factor.allCases.map(self.value(of:)).min() ?? 0 }

  /// Which factor is the worst.
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
