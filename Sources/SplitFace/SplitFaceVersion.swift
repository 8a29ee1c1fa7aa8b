/// The version of this package.
public enum SplitFaceVersion {
  public static let current = "0.2.0"
}
