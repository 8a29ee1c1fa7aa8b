import Foundation
import Measures
import ModelStore

/// Shows the progress of an installation on standard error. On a terminal it is a percentage that is updated in place, otherwise one line
/// per step.
struct InstallDisplay {
  let isQuiet: Bool
  private var isLineOpen = false
  private var lastShown = 0.0

  init(isQuiet: Bool) { self.isQuiet = isQuiet }

  mutating func show(_ progress: InstallProgress) {
    guard !isQuiet else { return }
    switch progress {
    case .received(let file, let bytes, let total): received(file, bytes, of: total)
    case .resuming(let file, let bytes): line("\(file): resuming the download after \(megabytes(bytes))")
    case .retrying(let file, let reason): line("\(file): the connection was lost (\(reason)); trying again")
    case .checking(let file): line("\(file): verifying the checksum")
    case .present(let file): line("\(file): already installed, and the same as published")
    case .notGiven(let file): line("\(file): skipped because it is not in the folder given with --from")
    case .converting(let network): line("converting \(network.rawValue)")
    }
  }

  /// Clears the line that is updated in place.
  mutating func end() {
    if isLineOpen { Terminal.write("\r\u{1B}[K") }
    isLineOpen = false
  }

  private mutating func received(_ file: String, _ bytes: Int, of total: Int?) {
    let now = Date().timeIntervalSinceReferenceDate
    let isTerminal = Terminal.errorIsTerminal
    guard bytes == total || now - lastShown >= (isTerminal ? 0.1 : 5) else { return }
    lastShown = now
    let share = total.map { " of \(megabytes($0)), \(100 * bytes / max(1, $0)) %" } ?? ""
    let text = "\(file): \(megabytes(bytes))\(share)"
    guard isTerminal else { return Terminal.message("splitface: \(text)") }
    Terminal.write("\r\(text.prefix(max(10, Terminal.width - 1)))\u{1B}[K")
    isLineOpen = true
  }

  private mutating func line(_ text: String) {
    end()
    Terminal.message("splitface: \(text)")
  }

  private func megabytes(_ bytes: Int) -> String { "\(DecimalText.text(Double(bytes) / 1e6, decimals: 1)) MB" }
}
