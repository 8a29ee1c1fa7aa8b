import ArgumentParser
import Foundation
import Results

struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Checks whether the outputs of finished jobs are complete and unchanged.",
    discussion: """
      For each VIDEO_run.json in the folder and its subfolders, checks the size and SHA-256 of every output, the number of frames of every \
      video, and the number of rows of every table. Prints one line for each VIDEO_run.json. The exit code is 1 if anything is wrong or \
      nothing was found.
      """)

  @Argument(help: "A folder of outputs, or one VIDEO_run.json.", completion: .directory)
  var places: [String]

  func run() throws {
    var isIntact = true
    for place in places {
      do {
        let files = try records(place)
        if files.isEmpty {
          Terminal.message("splitface: \(place) contains no file that ends in \(RunRecord.suffix), so there is nothing to verify")
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
