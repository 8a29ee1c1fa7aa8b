import Measures

/// The facial Action Units of OpenFace's CSV files, numbered as in the Facial Action Coding System
/// (Ekman, Friesen & Hager, 2002).
public enum ActionUnit: Int, CaseIterable, Hashable, Comparable, Sendable {
  case au01 = 1
  case au02 = 2
  case au04 = 4
  case au05 = 5
  case au06 = 6
  case au07 = 7
  case au09 = 9
  case au10 = 10
  case au12 = 12
  case au14 = 14
  case au15 = 15
  case au16 = 16
  case au17 = 17
  case au20 = 20
  case au23 = 23
  case au25 = 25
  case au26 = 26
  case au45 = 45

  /// The name of the Action Unit, `AU01` … `AU45`, with which the names of its columns begin.
  public var columnName: String { (rawValue < 10 ? "AU0" : "AU") + String(rawValue) }

  /// The name of the Action Unit in the Facial Action Coding System (FACS).
  public var facsName: String {
    switch self {
    case .au01: "Inner brow raiser"
    case .au02: "Outer brow raiser"
    case .au04: "Brow lowerer"
    case .au05: "Upper lid raiser"
    case .au06: "Cheek raiser"
    case .au07: "Lid tightener"
    case .au09: "Nose wrinkler"
    case .au10: "Upper lip raiser"
    case .au12: "Lip corner puller"
    case .au14: "Dimpler"
    case .au15: "Lip corner depressor"
    case .au16: "Lower lip depressor"
    case .au17: "Chin raiser"
    case .au20: "Lip stretcher"
    case .au23: "Lip tightener"
    case .au25: "Lips part"
    case .au26: "Jaw drop"
    case .au45: "Blink"
    }
  }

  /// The areas of the face that must be visible to measure the Action Unit.
  var areas: Set<FaceArea> {
    switch self {
    case .au01, .au02, .au04, .au05, .au07, .au45: [.eyes]
    // The cheeks are between both areas: they narrow the eyes, and rise with a smile.
    case .au06: [.eyes, .mouth]
    // A mask or a hand over the mouth also covers the nose.
    case .au09, .au10, .au12, .au14, .au15, .au16, .au17, .au20, .au23, .au25, .au26: [.mouth]
    }
  }

  /// The position of the Action Unit in `allCases`, which is also its position among an engine's measures.
  var position: Int { Self.positions[self] ?? 0 }

  private static let positions = Dictionary(uniqueKeysWithValues: zip(allCases, allCases.indices))

  public static func < (left: ActionUnit, right: ActionUnit) -> Bool { left.rawValue < right.rawValue }
}
