public import Foundation

/// Real faces and reference results that lie beside the repository and are not part of it.
///
/// A test that needs one is written `@Test(.enabled(if: SharedData.isAvailable))`, so that it is reported as skipped elsewhere.
public enum SharedData {
  /// `../shared/testdata`: pictures, clips, the published RetinaFace checkpoint. Nil where it does not exist.
  public static let testdata: URL? = folder("testdata")

  /// `../shared/reference`: what Google's Face Landmarker says about three of the pictures. Nil where it does not exist.
  public static let reference: URL? = folder("reference")

  /// Whether both folders exist.
  public static let isAvailable = testdata != nil && reference != nil

  /// The file of this name in `testdata`, or nil where it does not exist.
  public static func file(_ name: String) -> URL? {
    testdata.map { $0.appending(path: name) }.flatMap(PackageLocation.existing)
  }

  private static func folder(_ name: String) -> URL? {
    PackageLocation.existing(PackageLocation.root.deletingLastPathComponent().appending(path: "shared/\(name)"))
  }
}
