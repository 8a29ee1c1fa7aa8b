import FaceTracking
public import Foundation
import Measures
import OutputFiles

/// The report of one clip, an HTML page. It needs only a browser and no network connection.
public enum ReportPage {
  /// Returns the document as text. Videos are linked, not embedded.
  public static func html(_ input: ReportInput) -> String {
    var input = input
    for index in input.videos.indices { input.videos[index].embeddedFile = nil }
    return ReportDocument(input).document.text
  }

  /// Writes the document to a file, and embeds the videos that have an `embeddedFile`. Videos are copied in pieces, so the memory needed
  /// does not depend on their size.
  /// - Throws: `OutputFilesError`, or an error of Foundation if a video cannot be read. In both cases no file is written.
  public static func write(_ input: ReportInput, to file: URL) throws {
    var output = try PartialFile(path: file.path)
    for (index, piece) in ReportDocument(input).document.text.split(separator: EmbeddedVideo.mark, omittingEmptySubsequences: false)
      .enumerated()
    {
      // Each index of a video is between two marks, so the pieces at odd positions are indices, and the other pieces are text.
      if index % 2 == 0 {
        try output.append(Array(piece.utf8))
      } else if let video = Int(piece).flatMap({ input.videos[$0].embeddedFile }) {
        try EmbeddedVideo.append(video, to: &output)
      }
    }
    try output.commit()
  }
}

/// The HTML document of a report. Its sections are in extensions.
struct ReportDocument {
  let input: ReportInput
  let axis: TimeAxis
  let drawing: CurveDrawing
  /// The measures whose curves are shown when the page is opened.
  let shown: [SegmentSummary.Row]

  init(_ input: ReportInput) {
    self.input = input
    axis = TimeAxis(input)
    drawing = CurveDrawing(axis: axis)
    shown = input.mostMoving(8)
  }

  func isShown(_ row: SegmentSummary.Row) -> Bool { shown.contains { $0.position == row.position } }

  var document: Markup {
    """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    \(Self.securityPolicy)
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <meta name="generator" content="SplitFace \(input.provenance.version)">
    <title>\(input.clip.name) – facial asymmetry</title>
    <style>\(Markup(trusted: PageStyle.text))</style>
    </head>
    <body>
    \(definitions)
    <header>
    <p class="kind">SplitFace: both sides of a face compared</p>
    <h1><bdi>\(input.clip.name)</bdi></h1>
    \(facts)
    </header>
    <main>
    \(findingsSection)
    <div class="workbench">\(playerSection)
    \(qualitySection)
    \(curvesSection)</div>
    \(summarySection)
    \(stillsSection)
    \(provenanceSection)
    </main>
    <script type="application/json" id="data">\(Markup(trusted: ReportData(input: input, axis: axis).json))</script>
    <script>\(Markup(trusted: PageScript.text))</script>
    </body>
    </html>

    """
  }

  /// The policy that allows the page to load only its own contents and the videos in its folder. `file:` is needed because browsers treat
  /// each local file as a separate origin, which `'self'` does not match.
  private static let securityPolicy: Markup = """
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; \
    img-src data:; media-src 'self' file: data:; base-uri 'none'; form-action 'none'">
    """

  /// SVG shapes and patterns that several charts refer to.
  private var definitions: Markup {
    return """
      <svg class="definitions" aria-hidden="true"><defs><g id="excluded">\(bands(input.series.exclusions.map { $0 != nil }))</g>
      <pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">\
      <rect class="hatch-ground" width="6" height="6"/><rect class="hatch-line" width="2" height="6"/></pattern>
      \(Self.texture("fair", "<path d=\"M0 0V8\"/>"))\(Self.texture("poor", "<path d=\"M0 8L8 0M-2 2L2 -2M6 10L10 6\"/>"))\
      \(Self.texture("held", "<path d=\"M0 0H8\"/>"))</defs></svg>
      """
  }

  /// Returns rectangles over the stretches of frames that are left out of the comparison.
  func bands(_ isLeftOut: [Bool]) -> Markup {
    drawing.stretches(isLeftOut).markup { stretch in
      let x = Int((stretch.from * Double(CurveDrawing.width)).rounded())
      let width = max(2, Int(((stretch.to - stretch.from) * Double(CurveDrawing.width)).rounded()))
      return "<rect x=\"\(x)\" y=\"0\" width=\"\(width)\" height=\"\(CurveDrawing.height)\"/>"
    }
  }

  /// Returns an SVG pattern of lines, by which it can be distinguished from other patterns without seeing its colour.
  private static func texture(_ name: String, _ lines: Markup) -> Markup {
    """
    <pattern id="\(name)-texture" class="\(name)-texture" width="8" height="8" patternUnits="userSpaceOnUse"><rect width="8" height="8"/>\
    \(lines)</pattern>
    """
  }

  private var facts: Markup {
    var facts: [(String, String)] = []
    if let duration = input.clip.duration { facts.append(("Length", NumberText.time(duration))) }
    facts.append(("Frames", String(input.counts.read)))
    facts.append(("Frame size", "\(input.clip.width) × \(input.clip.height)"))
    if let rate = input.clip.frameRate { facts.append(("Frame rate", NumberText.decimal(rate, 2) + " frames/s")) }
    facts.append(("Face found", NumberText.percent(input.counts.withFace, of: input.counts.read)))
    let good = input.faces.count { $0.state == .found && $0.grade == .good }
    facts.append(("Good head position", NumberText.percent(good, of: input.faces.count)))
    facts.append(("Frames compared", NumberText.percent(input.summary.framesUsed, of: input.series.count)))
    facts.append(("Engine", input.provenance.engine))
    return "<dl class=\"facts\">\(facts.markup { "<div><dt>\($0.0)</dt><dd>\($0.1)</dd></div>" })</dl>"
  }
}
