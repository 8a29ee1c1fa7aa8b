import ArgumentParser
import Foundation
import Results

struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Checks finished outputs against their VIDEO_run.json.",
    discussion: """
      For each VIDEO_run.json in the folder and below it: whether every output is there with its size and SHA-256, every video has its \
      frames and every table its rows. Prints a line for each; the exit code is 1 where anything is wrong or nothing was found.
      """)

  @Argument(help: "A folder of outputs, or one VIDEO_run.json.", completion: .directory)
  var places: [String]

  func run() throws {
    var isIntact = true
    for place in places {
      do {
        let files = try records(place)
        if files.isEmpty {
          Terminal.message("splitface: \(place) holds no \(RunRecord.suffix), so there is nothing to verify")
          isIntact = false
        }
        for file in files where !report(RunVerification(of: file)) { isIntact = false }
      } catch {
        Terminal.failure(error)
        isIntact = false
      }
    }
    if !isIntact { throw ExitCode.failure }
  }

  private func records(_ place: String) throws -> [URL] {
    var isFolder: ObjCBool = false
    let exists = FileManager.default.fileExists(atPath: place, isDirectory: &isFolder)
    return exists && !isFolder.boolValue ? [URL(filePath: place)] : try StoredResult.recordFiles(in: URL(filePath: place))
  }

  private func report(_ verification: RunVerification) -> Bool {
    let path = verification.file.path(percentEncoded: false)
    if verification.isIntact, let run = verification.record {
      Terminal.result("intact   \(path): \(run.outputs.count) files, \(run.frames.read) frames")
    } else {
      Terminal.result("damaged  \(path): \(verification.problems.joined(separator: "; "))")
    }
    return verification.isIntact
  }
}
