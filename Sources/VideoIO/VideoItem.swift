/// A frame or an audio packet, as a `VideoReader` returns them.
public enum VideoItem: Sendable {
  case frame(VideoFrame)
  case audio(AudioPacket)
}
