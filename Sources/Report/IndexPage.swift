import Measures

/// The HTML page that lists the results for the videos of a folder and links to their reports.
public enum IndexPage {
  /// Returns the document as text.
  /// - Parameter title: the folder's name.
  public static func html(title: String, entries: [IndexEntry], version: String) -> String {
    let failed = entries.count { $0.state == .failed }
    let document: Markup = """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <meta name="generator" content="SplitFace \(version)">
      <title>\(title) – facial asymmetry</title>
      <style>\(Markup(trusted: PageStyle.text))</style>
      </head>
      <body>
      <header><p class="kind">SplitFace: both sides of a face compared</p>
      <h1><bdi>\(title)</bdi></h1>
      <dl class="facts">\(facts(entries, failed: failed).markup { "<div><dt>\($0.0)</dt><dd>\($0.1)</dd></div>" })</dl></header>
      <main><section aria-labelledby="videos-title"><h2 id="videos-title">Videos</h2>
      <div class="scroll" tabindex="0" role="region" aria-label="Videos">
      <table><thead><tr><th scope="col">Video</th><th scope="col">State</th><th scope="col" class="number">Frames</th>\
      <th scope="col" class="number">With a face</th><th scope="col" class="number">Time taken</th><th scope="col">Weaker side, largest differences first</th></tr></thead>
      <tbody>\(entries.markup(row))</tbody></table></div>
      <p class="note">A side is named only if the difference is clearly larger than the differences that the method shows in healthy faces. \
      A percentage is the movement of that side as a share of the other side’s movement; the reports define both. With “level”, it is the \
      level of that side as a share of the other side’s level. Levels are compared if they differ by more than either side moves. \
      These pages measure; they do not diagnose.</p></section></main>
      </body>
      </html>

      """
    return document.text
  }

  private static func facts(_ entries: [IndexEntry], failed: Int) -> [(String, String)] {
    let frames = entries.reduce(0) { $0 + ($1.frames ?? 0) }
    let faces = entries.reduce(0) { $0 + ($1.framesWithFace ?? 0) }
    return [
      ("Videos", String(entries.count)), ("Measured now", String(entries.count { $0.state == .done })),
      ("Measured before", String(entries.count { $0.state == .skipped })), ("Failed", String(failed)), ("Frames", String(frames)),
      ("Face found", NumberText.percent(faces, of: frames)),
      ("Time taken", NumberText.time(entries.reduce(0) { $0 + ($1.seconds ?? 0) })),
    ]
  }

  private static func row(_ entry: IndexEntry) -> Markup {
    let name: Markup =
      entry.report.map { "<a href=\"\(RelativeReference.url($0))\"><bdi>\(entry.file)</bdi></a>" } ?? "<bdi>\(entry.file)</bdi>"
    let reason: Markup = entry.reason.map { "<br><small>\($0)</small>" } ?? .empty
    let share =
      if let frames = entry.frames, let face = entry.framesWithFace { NumberText.percent(face, of: frames) } else { "–" }
    let findings = entry.findings.prefix(3).markup { finding in
      """
      <li>\(finding.measure.name) \(finding.measure.title): <strong class="\(finding.weaker.rawValue)">\(finding.weaker.rawValue)</strong> \
      \(finding.basis == .level ? "level " : "")\(NumberText.percent(Double(finding.ratio)))\(finding.certainty.map { " (\($0))" } ?? "")</li>
      """
    }
    let differences: Markup =
      !entry.findings.isEmpty
      ? "<ul class=\"plain\">\(findings)</ul>"
      : entry.state == .failed || entry.frames == nil
        ? "–" : "<span class=\"quiet\">\(entry.isCompared ? "no clear difference" : "not compared")</span>"
    return """
      <tr><th scope="row">\(name)</th><td><span class="state-\(entry.state.rawValue)">\(word(entry.state))</span>\(reason)</td>\
      <td class="number">\(entry.frames.map(String.init) ?? "–")</td><td class="number">\(share)</td>\
      <td class="number">\(entry.seconds.map(NumberText.time) ?? "–")</td><td>\(differences)</td></tr>

      """
  }

  private static func word(_ state: IndexEntry.State) -> String {
    switch state {
    case .done: "measured"
    case .skipped: "measured before"
    case .failed: "failed"
    }
  }
}
