import FaceTracking
import Imaging
import Testing

@Suite("The vote on a video's orientation")
struct OrientationVoteTests {
  /// What a vote comes to; `nil` is a frame without an upright face.
  private func outcome(_ turns: [ImageOrientation?]) -> OrientationVote.Outcome {
    var vote = OrientationVote()
    for turn in turns { vote.add(turn) }
    return vote.outcome
  }

  @Test("Without a face there is no decision", arguments: 0...5)
  func noFace(frames: Int) {
    #expect(outcome(Array(repeating: nil, count: frames)) == .noFace)
  }

  @Test("The first face that is upright decides, whatever comes before and after it")
  func firstFaceIsUpright() {
    #expect(outcome([.up]) == .upright)
    #expect(outcome([nil, nil, .up]) == .upright)
    #expect(outcome([.up, .right, .right, .right]) == .upright)
  }

  @Test("One frame alone turns nothing if others were looked at", arguments: [ImageOrientation.right, .down, .left])
  func oneFalseDetection(turn: ImageOrientation) {
    #expect(outcome([turn, nil, nil, nil, nil]) == .undecided)
    #expect(outcome([nil, turn]) == .undecided)
  }

  @Test("The only frame of a still image is enough", arguments: [ImageOrientation.right, .down, .left])
  func stillImage(turn: ImageOrientation) {
    #expect(outcome([turn]) == .turn(turn, frames: 1))
  }

  @Test("Two frames that agree turn the video, beside frames without a face", arguments: [ImageOrientation.right, .down, .left])
  func twoFrames(turn: ImageOrientation) {
    #expect(outcome([turn, turn]) == .turn(turn, frames: 2))
    #expect(outcome([turn, nil, nil, turn, nil]) == .turn(turn, frames: 2))
  }

  @Test("The turn of most frames wins")
  func majority() {
    #expect(outcome([.left, .right, .right]) == .turn(.right, frames: 2))
    #expect(outcome([.right, .up, .right]) == .turn(.right, frames: 2))
    #expect(outcome([.right, .right, .left, .left, .right]) == .turn(.right, frames: 3))
  }

  @Test("Equal votes decide nothing")
  func tie() {
    #expect(outcome([.right, .left]) == .undecided)
    #expect(outcome([.right, .left, .right, .left]) == .undecided)
    #expect(outcome([.right, .up, .up, .right]) == .undecided)
  }

  @Test("Frames as they are outvote a turn that was seen first")
  func uprightMajority() {
    #expect(outcome([.right, .up, .up]) == .undecided)
  }

  @Test("Every frame is counted, with a face or without one")
  func frames() {
    var vote = OrientationVote()
    for turn in [nil, .right, nil] as [ImageOrientation?] { vote.add(turn) }
    #expect(vote.frames == 3)
  }
}
