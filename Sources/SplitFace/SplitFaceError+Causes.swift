import ActionUnits
import Foundation
import Inference
import ModelStore
import OutputFiles
import VideoIO

extension SplitFaceError {
  /// Returns the error that a job throws for `error`: a `SplitFaceError`, or `CancellationError`.
  static func jobFailure(_ error: any Error, input: URL) -> any Error {
    let name = input.path(percentEncoded: false)
    switch error {
    case is CancellationError, is SplitFaceError: return error
    case let error as VideoError:
      return error.code == .cancelled ? CancellationError() : SplitFaceError(code(error), "\(error)", underlying: error)
    case let error as OutputFilesError: return SplitFaceError(error)
    case let error as InferenceError: return SplitFaceError(.inferenceFailed, "\(name): \(error)", underlying: error)
    default: return SplitFaceError(.failed, "\(name): \(error)", underlying: error)
    }
  }

  /// Creates a `SplitFaceError` from an error in writing outputs. The code of the underlying error distinguishes more cases than the code
  /// of the `SplitFaceError`.
  init(_ error: OutputFilesError) {
    let advice = error.code == .nameTooLong ? "; rename the input" : ""
    let code: Code = error.code == .exists ? .outputExists : error.code == .busy ? .outputBusy : .outputUnavailable
    self.init(code, error.message + advice, underlying: error)
  }

  /// Returns the error that the initializer of `FaceSplitter` throws for `error`.
  static func loadingFailure(_ error: any Error) -> any Error {
    switch error {
    case is SplitFaceError: error
    case let error as InferenceError: SplitFaceError(.inferenceFailed, "\(error)", underlying: error)
    default: SplitFaceError(.modelUnavailable, "\(error)", underlying: error)
    }
  }

  private static func code(_ error: VideoError) -> Code {
    switch error.code {
    case .cannotOpen, .notAVideo, .refersElsewhere, .noVideoStream, .unsupported, .tooLarge, .noFrames: .badInput
    case .cannotCreate: .outputUnavailable
    default: .failed
    }
  }
}
