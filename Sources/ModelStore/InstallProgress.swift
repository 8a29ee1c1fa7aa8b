/// What an installation is doing. Byte counts are of one file.
public enum InstallProgress: Hashable, Sendable {
  /// So many bytes of the file are here; of how many, where the publisher tells.
  case received(file: String, bytes: Int, of: Int?)
  /// An earlier download is taken up again after so many bytes.
  case resuming(file: String, after: Int)
  /// The connection broke; it is tried again.
  case retrying(file: String, reason: String)
  /// The file is here, and its checksum is computed.
  case checking(file: String)
  /// The file was in the store already, as published.
  case present(file: String)
  /// The file was not in the folder that was given.
  case notGiven(file: String)
  /// The network is rewritten as ONNX.
  case converting(NetworkName)
}
