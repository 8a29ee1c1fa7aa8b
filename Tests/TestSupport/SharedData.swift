public import Foundation

/// Real faces and reference results in a folder beside the repository, which are not part of it.
///
/// A test that needs them has the trait `.enabled(if: SharedData.isAvailable)`, so that it is reported as skipped if they are missing.
public enum SharedData {
  /// `../shared/testdata`: images, clips, the published RetinaFace checkpoint. Nil if it does not exist.
  public static let testdata: URL? = folder("testdata")

  /// `../shared/reference`: the results of Google's Face Landmarker for three of the images. Nil if it does not exist.
  public static let reference: URL? = folder("reference")

  /// Whether both folders exist.
  public static let isAvailable = testdata != nil && reference != nil

  /// Returns the file of this name in `testdata`, or nil if it does not exist.
  public static func file(_ name: String) -> URL? {
    testdata.map { $0.appending(path: name) }.flatMap(PackageLocation.existing)
  }

  private static func folder(_ name: String) -> URL? {
    PackageLocation.existing(PackageLocation.root.deletingLastPathComponent().appending(path: "shared/\(name)"))
  }
}
