import ActionUnits
import FaceTracking
import Imaging
import VideoIO

/// A decoded frame with the sound that stands before it in the file.
struct FrameWithAudio: Sendable {
  let frame: VideoFrame
  let audio: [AudioPacket]
}

/// What the reading stage hands on.
enum DecodedItem: Sendable {
  case frame(FrameWithAudio)
  /// Sound that is too much to wait for the next frame.
  case sound([AudioPacket])
  /// The sound behind the last frame.
  case end([AudioPacket])
}

/// Consecutive frames that are mirrored and measured together.
///
/// Groups are formed by frame number, so what stands in one batch, and with it every last bit of a result, does not
/// depend on how many threads there are.
struct FrameGroup: Sendable {
  let index: Int
  var frames: [(source: FrameWithAudio, observation: FaceObservation)] = []
  /// The sound behind the last frame of the video, in the last group; and in groups without frames sound that goes ahead of frames that are
  /// still to come.
  var trailingAudio: [AudioPacket] = []
}

/// A group whose frames went through mirroring and measuring.
struct FinishedGroup: Sendable {
  let frames: [FinishedFrame]
  let trailingAudio: [AudioPacket]
}

/// What has been made of one frame. Pictures are nil where the job does not mirror, drafts where it does not measure.
struct FinishedFrame: Sendable {
  let source: FrameWithAudio
  let observation: FaceObservation
  let pictures: Pictures?
  let drafts: Measured<ActionUnitDraft>?

  struct Pictures: Sendable {
    let left: YUVImage
    let right: YUVImage
  }
}

/// What is measured of one frame: two mirrored faces or the face as it is.
enum Measured<Value: Sendable>: Sendable {
  case sides(left: Value, right: Value)
  case whole(Value)

  var all: [Value] {
    switch self {
    case .sides(let left, let right): [left, right]
    case .whole(let value): [value]
    }
  }
}

/// What an encoder's thread is given.
enum EncoderItem: Sendable {
  case frame(FinishedFrame)
  case audio(AudioPacket)
}
