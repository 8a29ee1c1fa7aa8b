public import ActionUnits
public import Foundation
public import Inference
public import ModelStore

/// What is made of a video.
public enum JobKind: String, Sendable, Codable, CaseIterable {
  /// Both mirrored videos, the overlay, and the Action Units of both sides.
  case process
  /// Both mirrored videos and the overlay.
  case mirror
  /// The Action Units of the face as it is: on each frame those of the face that is followed, as in the other jobs.
  ///
  /// Where the tracker has no face on a frame, the engine `mediapipe` has none either. `openface3` and `hybrid` look with RetinaFace, which
  /// sees faces that the mesh does not fit: during the second after the face was lost only where it was last, since a face elsewhere may be
  /// another person's; later, and in a video in which none was followed yet, in the whole frame for the largest one.
  case extract

  var mirrors: Bool { self != .extract }
  var measures: Bool { self != .mirror }
}

/// Which networks measure Action Units.
public enum EngineChoice: String, Sendable, Codable, CaseIterable {
  /// OpenFace 3.0's networks where they are installed, else MediaPipe's.
  case auto
  case mediapipe, openface3, hybrid
}

/// Which landmarks the eyes' opening (AU45) of OpenFace 3.0's engine is measured on.
public enum BlinkChoice: String, Sendable, Codable, CaseIterable {
  /// STAR's where its file is one of the user's own or runs on Core ML or CUDA, else the mesh's: on a CPU STAR takes longer than all
  /// other networks together, about half a second a face.
  case auto
  /// STAR's, as OpenFace 3.0 does.
  case star
  /// The face mesh's.
  case mesh
}

/// How the picture is turned upright.
public enum OrientationChoice: String, Sendable, Codable, CaseIterable {
  /// By the file's display matrix, then by looking for the face on a few frames in all four orientations.
  case auto
  /// By the file's display matrix alone.
  case metadata
  /// By this many degrees clockwise, whatever the file says.
  case turned0 = "0"
  case turned90 = "90"
  case turned180 = "180"
  case turned270 = "270"
}

/// What becomes of the source's sound.
public enum AudioChoice: String, Sendable, Codable, CaseIterable { case copy, none }

/// What libx264 keeps constant over a video, at 18 with its fastest preset. Other encoders take no notice of it.
public enum RateControlChoice: String, Sendable, Codable, CaseIterable {
  /// The quantiser: a moving face is coded as finely as a resting one, and in about four fifths of the time.
  case quantizer
  /// The rate factor (CRF): fewer bits where much moves, more where little does.
  case crf
}

/// One job's options.
public struct JobOptions: Sendable {
  /// Where the outputs go; nil for the input's own folder.
  public var outputDirectory: URL?
  /// Also writes `<stem>_landmarks.csv`: what the tracker found, whatever is made of it.
  public var landmarks = false
  public var orientation = OrientationChoice.auto
  public var audio = AudioChoice.copy
  /// The encoder's FFmpeg name; nil for the first that opens.
  public var encoder: String?
  public var rateControl = RateControlChoice.quantizer
  /// Replaces outputs that exist.
  public var overwrite = false
  /// Also compares the two sides: `<stem>_asymmetry.csv`, `_summary.csv`, `_report.html` and `_curves.png`.
  public var report = true
  /// Puts the videos into the report itself, which then is one file that shows everything, and larger by four thirds of their size.
  public var embed = false

  public init() {}
}

/// What a `FaceSplitter` loads once and uses for every video.
public struct SplitterConfiguration: Sendable {
  public var engine = EngineChoice.auto
  public var blink = BlinkChoice.auto
  /// Nil for as many as the machine has cores.
  public var threads: Int?
  /// Execution providers in the order in which they are tried; nil for the platform's own order.
  public var providers: [ExecutionProvider]?
  /// ONNX Runtime's library; nil to search for it.
  public var inferenceLibrary: String?
  /// Where models are; nil for the usual places.
  public var modelDirectory: URL?
  /// ONNX files of the user's own, used instead of the installed ones.
  public var modelOverrides: [NetworkName: URL] = [:]
  /// More columns in the AU files, from engines that have them; `nan` from those that have not.
  public var extraColumns: Set<OpenFaceCSVWriter.Extra> = []

  public init() {}
}
