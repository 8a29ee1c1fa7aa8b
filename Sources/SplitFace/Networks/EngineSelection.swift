package import ModelStore
public import Results

/// The engine that measures Action Units in a job, and the reason for using it.
public struct EngineSelection: Hashable, Sendable, CustomStringConvertible {
  /// Why an engine is used.
  public enum Reason: Hashable, Sendable {
    /// The job names the engine.
    case requested
    /// The job leaves the choice open (`auto`), and OpenFace 3.0's networks are installed.
    case openFace3Installed
    /// The job leaves the choice open (`auto`), and OpenFace 3.0's networks are not installed.
    case openFace3NotInstalled
  }

  /// The engine; never `auto`.
  public let engine: EngineChoice
  public let reason: Reason

  /// Selects an engine.
  /// - Parameter available: the networks that can be loaded.
  package init(requested: EngineChoice, available: Set<NetworkName>) {
    let hasOpenFace3 = available.isSuperset(of: [.retinaface, .multitask])
    (engine, reason) =
      requested != .auto ? (requested, .requested) : hasOpenFace3 ? (.openface3, .openFace3Installed) : (.mediapipe, .openFace3NotInstalled)
  }

  /// One line that says which engine measures, and why.
  public var description: String {
    let fact = "measuring with the engine \(engine.rawValue)"
    return switch reason {
    case .requested: fact
    case .openFace3Installed: "\(fact), since OpenFace 3.0's networks are installed"
    case .openFace3NotInstalled: "\(fact), since OpenFace 3.0's networks are not installed"
    }
  }
}
