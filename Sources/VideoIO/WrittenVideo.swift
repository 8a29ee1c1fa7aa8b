/// A summary of a finished video.
public struct WrittenVideo: Hashable, Sendable {
  public var path: String
  /// The number of frames in the file.
  public var frameCount: Int
  /// The number of packets of the source's audio that were copied or transcoded.
  public var audioPacketCount: Int
  /// The size of the file in bytes.
  public var byteCount: Int
}
