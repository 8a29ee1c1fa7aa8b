import Foundation
import Measures

extension ReportDocument {
  /// The section with the three videos and their common controls.
  var playerSection: Markup {
    guard !input.videos.isEmpty else { return .empty }
    return """
      <section class="player" aria-labelledby="player-title">
      <h2 id="player-title" class="unseen">Videos</h2>
      <div class="videos">\(videos.markup { figure(input.videos[$0], position: $0) })</div>
      <div class="controls" role="group" aria-label="Playback of all videos">
      <button type="button" id="play" aria-label="Play" title="Play or pause (space)"><span aria-hidden="true">▶</span></button>
      <button type="button" id="back" aria-label="One frame back" title="One frame back (←)"><span aria-hidden="true">◀▏</span></button>
      <button type="button" id="on" aria-label="One frame forward" title="One frame forward (→)"><span aria-hidden="true">▕▶</span></button>
      <input type="range" id="seek" min="0" max="1" step="any" value="0" aria-label="Time">
      <output id="clock" for="seek">0:00.00</output>
      <label class="speed"><span class="word">Speed</span> <select id="speed" aria-label="Speed"><option value="0.1">0.1×</option><option value="0.25">0.25×</option>\
      <option value="0.5">0.5×</option><option value="1" selected>1×</option><option value="2">2×</option></select></label>
      <label class="sound"><input type="checkbox" id="sound"> Sound</label>
      </div>
      </section>
      <p class="keys">Space plays and pauses; ← and → move by one frame, with Shift by one second. Click in a chart or on a peak to go to that \
      frame.</p>
      """
  }

  /// The indices of the videos in the order of display. The person's right side is on the left, as one sees a person who faces the camera.
  private var videos: [Int] {
    ReportInput.Video.Role.allCases.flatMap { role in input.videos.indices.filter { input.videos[$0].role == role } }
  }

  private func figure(_ video: ReportInput.Video, position: Int) -> Markup {
    """
    <figure class="\(video.role.rawValue)"><figcaption>\(Self.caption(video.role))</figcaption>
    <video preload="auto" muted playsinline tabindex="-1" aria-label="\(Self.caption(video.role))" \
    src="\(Self.source(video, position: position))"></video>
    <p class="missing" hidden>This video is not in the same folder as the page: <bdi>\(video.fileName)</bdi></p></figure>
    """
  }

  private static func source(_ video: ReportInput.Video, position: Int) -> Markup {
    if video.embeddedFile != nil {
      return Markup(trusted: "data:video/mp4;base64,\(EmbeddedVideo.mark)\(position)\(EmbeddedVideo.mark)")
    }
    return "\(RelativeReference.url(video.fileName))"
  }

  static func caption(_ role: ReportInput.Video.Role) -> String {
    switch role {
    case .right: "Right side, mirrored"
    case .source: "Source with overlay"
    case .left: "Left side, mirrored"
    }
  }
}
