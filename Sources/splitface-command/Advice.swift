import FaceNetworks
import Inference
import ModelStore
import OutputFiles
import Results
import SplitFace

/// Tells the user what to do about an error. The messages of the library modules state only what happened, because these modules do not
/// know the options of this program.
enum Advice {
  /// Returns one line that says what happened and what to do about it.
  static func sentence(for error: any Error) -> String {
    let fact = fact(of: error)
    return adviceForAny(error).map { "\(fact); \($0)" } ?? fact
  }

  private static func fact(of error: any Error) -> String {
    guard let difference = (error as? SplitFaceError)?.underlying as? JobDifference else { return "\(error)" }
    return "\(difference.name): it was processed earlier \(phrase(difference))"
  }

  /// Returns the earlier value of an option in words, as in `with --audio copy`.
  private static func phrase(_ difference: JobDifference) -> String {
    let flag = difference.option.flag
    let wasOn = difference.earlier == "yes"
    return switch difference.option {
    case .landmarks, .embed: "\(wasOn ? "with" : "without") \(flag)"
    case .report: "\(wasOn ? "with" : "without") a report"
    case .engine: "with \(flag) \(difference.earlier ?? "none")"
    case .encoder, .extraColumns, .models, .blink: "with another value of \(flag)"
    case .orientation, .audio, .rateControl: "with \(flag) \(difference.earlier ?? "")"
    }
  }

  private static func adviceForAny(_ error: any Error) -> String? {
    switch error {
    case let error as SplitFaceError: error.underlying.flatMap(adviceForAny) ?? advice(for: error)
    case let error as ModelStoreError: advice(for: error)
    case let error as FaceNetworkError where error.code == .wrongModel:
      "check the installed files with `\(ProgramName.asCalled) models verify`, or convert a checkpoint of your own with "
        + "`\(ProgramName.asCalled) models convert`"
    case let error as InferenceError where [.libraryNotFound, .libraryUnusable, .libraryTooOld].contains(error.code):
      "install ONNX Runtime with `make setup` in SplitFace's folder, or set SPLITFACE_ONNXRUNTIME to the path of its library "
        + "(`\(ProgramName.asCalled) doctor` shows what was found)"
    default: nil
    }
  }

  private static func advice(for error: SplitFaceError) -> String? {
    switch error.code {
    case .outputExists: "use --force to replace it, or -o to write to another folder"
    case .earlierRunDiffers: "use --force to process it again, or -o to write to another folder"
    case .namesClash: "rename one of the inputs, or process them separately and use -o to write to different folders"
    case .foreignFile: "use -o to write to another folder"
    case .outputUnavailable where isAboutFolder(error): "choose another folder with -o"
    case .outputBusy: "wait for the other run to end, or choose another folder with -o"
    case .noVideo: "use --recursive to search its subfolders too"
    default: nil
    }
  }

  private static func advice(for error: ModelStoreError) -> String? {
    let installations = ModelStore.catalogue.filter { error.packages.contains($0.name) }.map(ProgramName.installation)
    switch error.code {
    case .notInstalled:
      let own = error.network.map { ", or use a file of your own with --model \($0.rawValue)=FILE.onnx" } ?? ""
      return "install it with: \(installations.joined(separator: "  or with: "))\(own)"
    case .notOffered: return installations.first.map { "install it with: \($0)" }
    case .changed: return installations.first.map { "delete the file and run: \($0)" }
    case .notONNX: return "convert it first with: \(ProgramName.asCalled) models convert"
    case .notACheckpoint: return "`\(ProgramName.asCalled) models path faceMesh` prints the path of the converted network"
    case .exists: return "use --force to replace it, or -o to write to another file"
    default: return nil
    }
  }

  /// Returns whether the user can avoid the error by choosing another output folder.
  private static func isAboutFolder(_ error: SplitFaceError) -> Bool {
    let codes: Set<OutputFilesError.Code> = [.folderUnavailable, .isFolder, .cannotMove]
    return (error.underlying as? OutputFilesError).map { codes.contains($0.code) } ?? false
  }
}
