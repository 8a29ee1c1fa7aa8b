package import Imaging

/// A vote on the turn that shows a video's face upright, with at most one vote per frame.
///
/// The first frame that shows an upright face has the final say if it needs no turn, as in nearly all videos. Otherwise a turn wins if more
/// frames vote for it than for any other, and at least two do (one, where only one frame was looked at, as in a still image): a single
/// false detection must not turn a video over.
package struct OrientationVote: Sendable {
  /// The result of the votes so far.
  package enum Outcome: Hashable, Sendable {
    /// No frame showed an upright face in any turn.
    case noFace
    /// The face needs no turn; further frames do not change this.
    case upright
    /// No turn has enough votes yet, or most votes are for leaving the video as it is.
    case undecided
    /// In `frames` frames, the face is upright after this orientation is undone.
    case turn(ImageOrientation, frames: Int)
  }

  /// The number of frames looked at, with a face or without one.
  package private(set) var frames = 0
  private var first: ImageOrientation?
  private var votes: [ImageOrientation: Int] = [:]

  package init() {}

  /// Counts one frame.
  /// - Parameter turn: the turn that shows the frame's face upright; `nil` where no turn does.
  package mutating func add(_ turn: ImageOrientation?) {
    frames += 1
    guard let turn else { return }
    first = first ?? turn
    votes[turn, default: 0] += 1
  }

  package var outcome: Outcome {
    guard let first else { return .noFace }
    if first == .up { return .upright }
    let most = votes.values.max() ?? 0
    let leaders = votes.keys.filter { votes[$0] == most }
    guard leaders.count == 1, let winner = leaders.first, winner != .up, most >= min(2, frames) else { return .undecided }
    return .turn(winner, frames: most)
  }
}
