import Measures

/// The limits from which a side is called weaker in an Action Unit of the engine `mediapipe`.
///
/// The numbers were learnt from 56 clips of eight people (1 to 8) of the Yale face database. In each clip, a person smiles, closes the eyes
/// or is surprised with both sides of the face, or sits still while the light changes. They were measured on 2026-11-28 with commit ae0c82f.
///
/// `spread` is the root mean square of the difference between the sides over the clips in which the Action Unit moves by 0.25 or more. The
/// part of the difference that `growth` explains is subtracted first. Clips in which the sides differ by less than `leastShare` count as
/// zero. Since some Action Units hardly move in these clips, eight clips with the mean over all Action Units are added to the clips of
/// each. `leastShare` and `caution` were chosen on the same people, by leaving out one person at a time.
///
/// `perDegree` is the slope of right minus left against the yaw: the root mean square of the slopes in those four of seven talking clips in
/// which the standard deviation of the yaw is 2.5° or more. Some Action Units hardly move in these clips, so `perDegree` is at least 0.03,
/// which is about the root mean square over all Action Units. `Tools/truth/yaw.py` prints it.
///
/// `caution` is 1 for the Action Units that were compared with one-sided movements of known side (brows, smile, eyes) and 2 for the others.
/// AU26, the drop of the jaw, is not judged: the jaw is one bone. `docs/accuracy.md` has the results; `make accuracy` repeats the
/// measurement.
enum MediaPipeLimits {
  private static let perDegree: Float = 0.03

  static let limits: [ActionUnit: SideLimits] = [
    .au01: SideLimits(spread: 0.22, perDegree: 0.066, leastShare: 0.6),
    .au02: SideLimits(spread: 0.24, perDegree: perDegree, leastShare: 0.5),
    .au04: SideLimits(spread: 0.45, perDegree: perDegree, leastShare: 0.5, caution: 2),
    .au05: SideLimits(spread: 0.48, perDegree: perDegree, leastShare: 0.5, caution: 2),
    .au06: SideLimits(spread: 0.44, perDegree: perDegree, leastShare: 0.5, caution: 2),
    .au07: SideLimits(spread: 0.31, perDegree: perDegree, leastShare: 0.5, caution: 2),
    .au09: SideLimits(spread: 0.41, perDegree: perDegree, leastShare: 0.5, caution: 2),
    .au10: SideLimits(spread: 0.67, perDegree: 0.040, leastShare: 0.5, caution: 2),
    .au12: SideLimits(spread: 0.57, perDegree: perDegree, leastShare: 0.38),
    .au14: SideLimits(spread: 0.37, perDegree: perDegree, leastShare: 0.5, caution: 2),
    .au15: SideLimits(spread: 0.41, perDegree: perDegree, leastShare: 0.5, caution: 2),
    .au16: SideLimits(spread: 0.57, perDegree: 0.056, leastShare: 0.5, caution: 2),
    .au17: SideLimits(spread: 0.61, perDegree: 0.041, leastShare: 0.5, caution: 2),
    .au20: SideLimits(spread: 0.41, perDegree: perDegree, leastShare: 0.5, caution: 2),
    .au23: SideLimits(spread: 0.33, perDegree: perDegree, leastShare: 0.5, caution: 2),
    .au25: SideLimits(spread: 0.19, perDegree: 0.035, leastShare: 0.5, caution: 2),
    .au26: SideLimits(spread: 0.32, perDegree: 0.058, leastShare: 0.5, caution: 2, isJudged: false),
    .au45: SideLimits(spread: 0.39, perDegree: perDegree, leastShare: 0.38),
  ]
}
