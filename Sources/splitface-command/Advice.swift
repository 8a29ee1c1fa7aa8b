import FaceNetworks
import Inference
import ModelStore
import OutputFiles
import Results
import SplitFace

/// What a user of this program can do about an error of the libraries, which state facts and know nothing of its options.
enum Advice {
  /// One line: what happened, and what to do about it.
  static func sentence(for error: any Error) -> String {
    let fact = fact(of: error)
    return adviceForAny(error).map { "\(fact); \($0)" } ?? fact
  }

  private static func fact(of error: any Error) -> String {
    guard let difference = (error as? SplitFaceError)?.underlying as? JobDifference else { return "\(error)" }
    return "\(difference.name): it was processed earlier \(phrase(difference))"
  }

  /// The earlier value of an option, as it would be given on the command line.
  private static func phrase(_ difference: JobDifference) -> String {
    let flag = difference.option.flag
    let wasOn = difference.earlier == "yes"
    return switch difference.option {
    case .landmarks, .embed: "\(wasOn ? "with" : "without") \(flag)"
    case .report: "\(wasOn ? "with" : "without") a report"
    case .engine: "with \(flag) \(difference.earlier ?? "none")"
    case .encoder, .extraColumns, .models, .blink: "with other \(flag)"
    case .orientation, .audio, .rateControl: "with \(flag) \(difference.earlier ?? "")"
    }
  }

  private static func adviceForAny(_ error: any Error) -> String? {
    switch error {
    case let error as SplitFaceError: error.underlying.flatMap(adviceForAny) ?? advice(for: error)
    case let error as ModelStoreError: advice(for: error)
    case let error as FaceNetworkError where error.code == .wrongModel:
      "run `\(ProgramName.asCalled) models verify`, or convert a checkpoint of your own with `\(ProgramName.asCalled) models convert`"
    case let error as InferenceError where [.libraryNotFound, .libraryUnusable, .libraryTooOld].contains(error.code):
      "install it with `make setup` in SplitFace's folder, or set SPLITFACE_ONNXRUNTIME to its path (`\(ProgramName.asCalled) doctor` shows "
        + "what is there)"
    default: nil
    }
  }

  private static func advice(for error: SplitFaceError) -> String? {
    switch error.code {
    case .outputExists: "use --force to replace it or -o to write elsewhere"
    case .earlierRunDiffers: "use --force to do it again or -o to write elsewhere"
    case .namesClash: "rename it, or give it another folder with -o"
    case .foreignFile: "use -o to write elsewhere"
    case .outputUnavailable where isAboutFolder(error): "choose another folder with -o"
    case .outputBusy: "wait for it or choose another folder with -o"
    case .noVideo: "use --recursive to look into its subfolders"
    default: nil
    }
  }

  private static func advice(for error: ModelStoreError) -> String? {
    let installations = ModelStore.catalogue.filter { error.packages.contains($0.name) }.map(ProgramName.installation)
    switch error.code {
    case .notInstalled:
      let own = error.network.map { ", or name a file of your own with --model \($0.rawValue)=FILE.onnx" } ?? ""
      return "get it with: \(installations.joined(separator: "  or with: "))\(own)"
    case .notOffered: return installations.first.map { "get it with: \($0)" }
    case .changed: return installations.first.map { "delete it and run: \($0)" }
    case .notONNX: return "convert it first with: \(ProgramName.asCalled) models convert"
    case .notACheckpoint: return "\(ProgramName.asCalled) models path faceMesh prints where the converted network is"
    case .exists: return "use --force to replace it or -o to write elsewhere"
    default: return nil
    }
  }

  /// Whether another output folder would help.
  private static func isAboutFolder(_ error: SplitFaceError) -> Bool {
    let codes: Set<OutputFilesError.Code> = [.folderUnavailable, .isFolder, .cannotMove]
    return (error.underlying as? OutputFilesError).map { codes.contains($0.code) } ?? false
  }
}
