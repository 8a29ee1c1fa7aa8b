import FaceTracking
import Measures

extension ReportDocument {
  /// The section on the position of the head: how many frames are good, fair or poor, and yaw and quality over time.
  var qualitySection: Markup {
    guard !input.faces.isEmpty else { return .empty }
    return """
      <section class="quality" aria-labelledby="quality-title">
      <h2 id="quality-title">Head position</h2>
      <div class="shares" role="img" aria-label="\(shares.map { "\($0.name): \(NumberText.percent($0.count, of: input.faces.count))" }.joined(separator: ", "))">
      \(shares.markup { share in
        share.count == 0 ? .empty : "<span style=\"flex-grow:\(share.count)\">\(Self.swatch(share.style))</span>"
      })</div>
      <p class="legend">\(shares.markup { share in
        "<span>\(Self.swatch(share.style)) \(share.name): \(NumberText.percent(share.count, of: input.faces.count)) (\(share.count))</span> "
      })</p>
      <div class="panels">\(yawPanel)\(qualityPanel)\(timeAxis)</div>
      </section>
      """
  }

  private static func swatch(_ style: String) -> Markup {
    "<svg class=\"swatch\" aria-hidden=\"true\"><rect class=\"\(style)\" width=\"100%\" height=\"100%\"/></svg>"
  }

  private var shares: [(name: String, style: String, count: Int)] {
    func count(_ grade: QualityGrade) -> Int { input.faces.count { $0.state == .found && $0.grade == grade } }
    return [
      ("good", "good", count(.good)), ("fair", "fair", count(.fair)), ("poor", "poor", count(.poor)),
      ("held over a gap", "held", input.faces.count { $0.state == .held }),
      ("no face", "absent", input.faces.count { $0.state == .absent }),
    ]
  }

  /// The yaw at the top of the yaw chart, in degrees. At the bottom it is the negative of this value.
  private static let largestYaw: Float = 45

  private var yawPanel: Markup {
    let limit = Float(input.summary.settings.largestYaw)
    func height(_ degrees: Float) -> Int {
      Int((Float(CurveDrawing.height) * (1 - (degrees + Self.largestYaw) / (2 * Self.largestYaw))).rounded())
    }
    let path = drawing.path(input.faces.map { $0.yaw ?? .nan }, low: -Self.largestYaw, high: Self.largestYaw)
    return strip(
      "yaw", title: "Yaw",
      explanation: "Turn of the head, positive to the person’s own left. Compared within ±\(NumberText.decimal(limit, 0))°.",
      top: "\(NumberText.decimal(Self.largestYaw, 0))°",
      drawing: """
        <rect class="allowed" x="0" y="\(height(limit))" width="\(CurveDrawing.width)" height="\(height(-limit) - height(limit))"/>\
        <path class="grid" d="M0 \(height(0))H\(CurveDrawing.width)"/><use href="#excluded" class="band"/>\
        <path class="curve plain" d="\(Markup(trusted: path))"/>
        """)
  }

  private var qualityPanel: Markup {
    let path = drawing.path(input.faces.map { $0.state == .absent ? .nan : $0.quality }, low: 0, high: 1)
    return strip(
      "quality", title: "Quality", explanation: "From 0 to 1: the worst of presence, yaw, pitch, roll, size and completeness.", top: "1",
      drawing: """
        <path class="grid" d="M0 \(CurveDrawing.height / 3)H\(CurveDrawing.width)M0 \(CurveDrawing.height * 2 / 3)H\(CurveDrawing.width)"/>\
        <use href="#excluded" class="band"/><path class="curve plain" d="\(Markup(trusted: path))"/>
        """)
  }

  private func strip(_ name: String, title: String, explanation: String, top: String, drawing: Markup) -> Markup {
    """
    <div class="panel strip" id="strip-\(name)"><div class="panel-head"><h3>\(title)</h3><p class="explanation">\(explanation)</p>
    <p class="readout" aria-hidden="true"><b data-strip="\(name)">–</b></p></div>
    <div class="plot" data-seek><svg viewBox="0 0 \(CurveDrawing.width) \(CurveDrawing.height)" preserveAspectRatio="none" role="img" \
    aria-label="\(title) over time">\(drawing)</svg><span class="top" aria-hidden="true">\(top)</span><span class="cursor"></span></div></div>
    """
  }
}
