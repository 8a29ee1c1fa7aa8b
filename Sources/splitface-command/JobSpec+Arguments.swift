import ArgumentParser
import Foundation
import ModelStore
import Results

extension InputArguments {
  /// Runs the job that the arguments of a subcommand describe, or prints its description if `--print-spec` was given.
  func run(
    _ kind: JobKind, _ encoding: EncodingArguments, _ landmarks: LandmarkArguments, _ measuring: MeasuringArguments,
    _ report: ReportArguments, _ orientation: OrientationArguments, _ running: RunArguments
  ) async throws {
    var spec = JobSpec(kind, inputs: inputs.map { URL(filePath: $0) })
    spec.output = output.map { URL(filePath: $0, directoryHint: .isDirectory) }
    spec.recursive = recursive
    spec.overwrite = force
    spec.audio = encoding.audio
    spec.encoder = encoding.encoder
    spec.rateControl = encoding.rateControl
    spec.landmarks = landmarks.landmarks
    spec.engine = measuring.engine
    spec.blink = measuring.blink
    spec.extraColumns = Set(measuring.columns)
    spec.models = measuring.modelFiles
    spec.report = report.report
    spec.embed = report.embed
    spec.orientation = orientation.orientation
    if printSpec { return FileHandle.standardOutput.write(try spec.encoded()) }
    try await JobRunner(spec: spec, arguments: running).run()
  }
}

extension MeasuringArguments {
  /// The user's own ONNX files, by network. If a network is named twice, the last file is used.
  var modelFiles: [NetworkName: URL] { models.reduce(into: [:]) { files, model in files[model.network] = model.file } }
}
