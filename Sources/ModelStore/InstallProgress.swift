/// A step of an installation. Byte counts are those of one file.
public enum InstallProgress: Hashable, Sendable {
  /// The first `bytes` bytes of a file have arrived. `of` is the size of the file, if the publisher states it.
  case received(file: String, bytes: Int, of: Int?)
  /// An interrupted download is resumed after the first `after` bytes.
  case resuming(file: String, after: Int)
  /// The connection broke, and the download is tried again.
  case retrying(file: String, reason: String)
  /// The file has arrived, and its checksum is being computed.
  case checking(file: String)
  /// The published file is in the store already.
  case present(file: String)
  /// The file is not in the folder that the user gave.
  case notGiven(file: String)
  /// A network is being converted to ONNX.
  case converting(NetworkName)
}
