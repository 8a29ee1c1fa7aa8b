import Measures

extension ReportDocument {
  /// The section about how the numbers were measured, and how they must not be interpreted.
  var provenanceSection: Markup {
    let provenance = input.provenance
    var facts: [(String, String)] = [("SplitFace", provenance.version)]
    if let date = provenance.date { facts.append(("Measured", date)) }
    facts.append(("Engine", provenance.engine))
    facts.append(("Inference", provenance.inference))
    if let encoder = provenance.encoder { facts.append(("Video encoder", encoder)) }
    facts.append(("Orientation", input.clip.orientation))
    facts.append(
      (
        "Frames",
        "\(input.counts.read) read, \(input.counts.withFace) with a face, \(input.counts.held) in short gaps (mirrored with an earlier midline), \(input.counts.withoutFace) without a face"
      ))
    let networks = provenance.networks.markup { network in
      "<tr><th scope=\"row\">\(network.name)</th><td>\(network.provider)</td><td><bdi>\(network.source)</bdi></td><td class=\"sum\">\(network.sha256)</td></tr>"
    }
    let origins = input.series.measures.filter(\.isProvided).markup { measure in
      "<tr><th scope=\"row\">\(measure.name) \(measure.title)</th><td>\(measure.origin ?? "")</td></tr>"
    }
    let files = input.files.markup { "<li><a href=\"\(RelativeReference.url($0))\"><bdi>\($0)</bdi></a></li>" }
    return """
      <section class="provenance" aria-labelledby="provenance-title">
      <h2 id="provenance-title">How this was made</h2>
      <p>“Right” and “left” are the person’s own. Each half of the face was mirrored across the midline into a whole face, and the same engine \
      measured both. \(provenance.caveat) This page measures; it does not diagnose.</p>
      <dl class="facts wide">\(facts.markup { "<div><dt>\($0.0)</dt><dd>\($0.1)</dd></div>" })</dl>
      \(files.text.isEmpty ? .empty : "<h3>Files beside this page</h3><ul class=\"files\">\(files)</ul>")
      <details><summary>Networks and columns</summary>
      <div class="scroll" tabindex="0" role="region" aria-label="Networks"><table><thead><tr><th scope="col">Network</th>\
      <th scope="col">Ran on</th><th scope="col">File</th><th scope="col">SHA-256</th></tr></thead><tbody>\(networks)</tbody></table></div>
      <div class="scroll" tabindex="0" role="region" aria-label="Columns"><table><thead><tr><th scope="col">Column</th>\
      <th scope="col">Comes from</th></tr></thead><tbody>\(origins)</tbody></table></div></details>
      </section>
      """
  }
}
