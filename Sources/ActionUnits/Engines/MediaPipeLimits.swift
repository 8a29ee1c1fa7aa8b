import Measures

/// The limits from which a side is called weaker in an Action Unit of the engine `mediapipe`.
///
/// The numbers were learnt from 56 clips of eight people (1 to 8) of the Yale face database. In each clip, a person smiles, closes the eyes
/// or is surprised with both sides of the face, or sits still while the light changes. They were measured on 2026-11-28, from the frames'
/// values of commit 78b9986 with the neutral frames of commit d651833.
///
/// `spread` is the root mean square of the difference between the sides, after the part that `growth` explains has been subtracted, over
/// the clips in which the Action Unit moves by 0.25 or more. Clips in which the sides differ by less than `leastShare` count as zero. Since
/// some Action Units hardly move in these clips, eight clips with the mean over all Action Units are added to the clips of each.
/// `leastShare` and `caution` were chosen on the same people, by leaving out one person at a time.
///
/// Caution is 1 for the units that were compared with one-sided movements of known side (brows, smile, eyes) and 2 for the others. AU02 has
/// 1.25, because the outer brows of one person move little and unevenly when he is surprised. AU26, the drop of the jaw, is not judged: the
/// jaw is one bone. `docs/accuracy.md` has the results; `make accuracy` repeats the measurement.
enum MediaPipeLimits {
  static let limits: [ActionUnit: SideLimits] = [
    .au01: SideLimits(spread: 0.21, leastShare: 0.6),
    .au02: SideLimits(spread: 0.24, leastShare: 0.5, caution: 1.25),
    .au04: SideLimits(spread: 0.45, leastShare: 0.5, caution: 2),
    .au05: SideLimits(spread: 0.41, leastShare: 0.5, caution: 2),
    .au06: SideLimits(spread: 0.42, leastShare: 0.5, caution: 2),
    .au07: SideLimits(spread: 0.30, leastShare: 0.5, caution: 2),
    .au09: SideLimits(spread: 0.38, leastShare: 0.5, caution: 2),
    .au10: SideLimits(spread: 0.56, leastShare: 0.5, caution: 2),
    .au12: SideLimits(spread: 0.48, leastShare: 0.38),
    .au14: SideLimits(spread: 0.33, leastShare: 0.5, caution: 2),
    .au15: SideLimits(spread: 0.38, leastShare: 0.5, caution: 2),
    .au16: SideLimits(spread: 0.46, leastShare: 0.5, caution: 2),
    .au17: SideLimits(spread: 0.58, leastShare: 0.5, caution: 2),
    .au20: SideLimits(spread: 0.38, leastShare: 0.5, caution: 2),
    .au23: SideLimits(spread: 0.35, leastShare: 0.5, caution: 2),
    .au25: SideLimits(spread: 0.17, leastShare: 0.5, caution: 2),
    .au26: SideLimits(spread: 0.39, leastShare: 0.5, caution: 2, isJudged: false),
    .au45: SideLimits(spread: 0.39, leastShare: 0.38),
  ]
}
