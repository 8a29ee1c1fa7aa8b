import Measures

extension ReportDocument {
  /// A paragraph for each area of the face that was covered: in how many frames and when, and which Action Units were left out.
  var covered: Markup {
    FaceArea.allCases.markup { area in
      let halves = FaceSide.allCases.map { (side: $0, cover: FaceCover.half($0, of: area)) }
      let frames = compared.filter { !input.series.covers[$0].isDisjoint(with: .both(of: [area])) }
      guard !frames.isEmpty else { return .empty }
      let seen = halves.map { half in (half.side, frames.count { input.series.covers[$0].contains(half.cover) }) }.filter { $0.1 > 0 }
      let subject = seen.count == 1 ? "The \(seen[0].0.rawValue) \(Self.half(area))" : "The \(Self.name(area))"
      let isEven = seen.allSatisfy { $0.1 == frames.count }
      let sides = isEven ? "" : " (" + seen.map { "\($0.0.rawValue) side in \($0.1)" }.joined(separator: ", ") + ")"
      let times = frames.count == compared.count ? "" : ", at \(times(frames)) (counting a moment before and after)"
      let verb = seen.count == 2 && area == .eyes ? "were" : "was"
      let units = input.summary.allRows.filter { $0.measure.areas.contains(area) }.map(\.measure.name)
      let leftOut = units.isEmpty ? "" : ", so \(units.joined(separator: ", ")) \(units.count == 1 ? "was" : "were") not compared there"
      return """
        <p class="covered">\(subject) \(verb) covered in <strong>\(frames.count) of \(compared.count)</strong> frames\(sides)\(times)\(leftOut).</p>
        """
    }
  }

  /// A sentence about what this clip's measurement does not notice in front of the face.
  var unnoticedCover: String {
    input.comparesMeshes
      ? "A hand, a mask or dark glasses in front of the face are noticed if they hide most of the eyes or the mouth. Clear or tinted glasses, "
        + "and things that hide little, are not noticed. Head position and quality show nothing of this. Check the videos."
      : "With this engine, only dark glasses and things of a uniform colour in front of the eyes or the mouth are noticed, not an ordinary "
        + "hand or a patterned mask. Head position and quality show nothing of this. Check the videos."
  }

  /// The frames that are included in the summary, counted from 0.
  private var compared: [Int] { (0..<input.series.count).filter { input.series.exclusions[$0] == nil } }

  private static func name(_ area: FaceArea) -> String { area == .eyes ? "eyes" : "mouth" }
  private static func half(_ area: FaceArea) -> String { area == .eyes ? "eye" : "half of the mouth" }

  /// The most stretches of time to list.
  private static var listed: Int { 6 }

  /// Returns the stretches of time of frames, such as `0:00.5 to 0:01.6`.
  private func times(_ frames: [Int]) -> String {
    var stretches: [(first: Int, last: Int)] = []
    for frame in frames {
      // A frame that is excluded for another reason does not divide a stretch.
      if let last = stretches.last?.last, (last + 1..<frame).allSatisfy({ input.series.exclusions[$0] != nil }) {
        stretches[stretches.count - 1].last = frame
      } else {
        stretches.append((frame, frame))
      }
    }
    func time(_ frame: Int) -> String { NumberText.time(input.series.timestamps[frame]) }
    let shown = stretches.prefix(Self.listed).map { $0.first == $0.last ? time($0.first) : "\(time($0.first)) to \(time($0.last))" }
    let more = stretches.count - shown.count
    return shown.joined(separator: ", ") + (more > 0 ? " and \(more) more times (see _asymmetry.csv)" : "")
  }
}
