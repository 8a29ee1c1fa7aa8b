import ActionUnits
import FaceTracking
import Imaging
import VideoIO

/// A decoded frame, and the audio that precedes it in the file.
struct FrameWithAudio: Sendable {
  let frame: VideoFrame
  let audio: [AudioPacket]
}

/// An output of the reading stage.
enum DecodedItem: Sendable {
  case frame(FrameWithAudio)
  /// Audio that is passed on before the next frame, because there is too much of it to wait.
  case audio([AudioPacket])
  /// The audio after the last frame.
  case end([AudioPacket])
}

/// Consecutive frames that are mirrored and measured together.
///
/// Groups are formed by frame number. The content of a batch, and therefore every bit of a result, does not depend on the number of
/// threads.
struct FrameGroup: Sendable {
  let index: Int
  var frames: [(source: FrameWithAudio, observation: FaceObservation)] = []
  /// In the last group, the audio after the last frame of the video; in a group without frames, audio that precedes the frames of later
  /// groups.
  var trailingAudio: [AudioPacket] = []
}

/// A group whose frames have been mirrored and measured.
struct FinishedGroup: Sendable {
  let frames: [FinishedFrame]
  let trailingAudio: [AudioPacket]
}

/// The results for one frame.
struct FinishedFrame: Sendable {
  let source: FrameWithAudio
  let observation: FaceObservation
  /// Nil if the job does not mirror.
  let pictures: Pictures?
  /// Nil if the job does not measure.
  let drafts: Measured<ActionUnitDraft>?

  /// The two mirrored images.
  struct Pictures: Sendable {
    let left: YUVImage
    let right: YUVImage
  }
}

/// The measurements of one frame: of its two mirrored faces, or of the unmirrored face.
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

/// An input of an encoding stage.
enum EncoderItem: Sendable {
  case frame(FinishedFrame)
  case audio(AudioPacket)
}
