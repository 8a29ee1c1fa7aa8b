import Foundation
import Inference
import ModelConversion

// usage: parity FOLDER [ONNX-FOLDER]
//
// FOLDER is written by ../shared/tools/openface_checkpoints.py: checkpoints of the real size, one input for each, and PyTorch's outputs for
// it. Each checkpoint is converted and run in Swift with ONNX Runtime's CPU provider and, if available, OpenVINO, with the input alone and
// twice in one batch. The largest differences from PyTorch's outputs are printed. The ONNX models are written to ONNX-FOLDER if it is
// given.

private let networks: [(CheckpointConverter.Architecture, file: String, outputs: [String])] = [
  (.retinaface, "retinaface.pth", ["loc", "conf", "landms"]),
  (.multitask, "multitask.pth", ["emotion", "gaze", "au"]),
  (.star, "star.pkl", ["landmarks"]),
]

/// The peak resident size of this process so far, in millions of bytes.
private func peakMemory() -> Int {
  var usage = rusage()
  #if os(Linux)
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return usage.ru_maxrss / 1000
  #else
    getrusage(RUSAGE_SELF, &usage)
    return usage.ru_maxrss / 1_000_000
  #endif
}

private func batch(_ array: NumPyArray, times: Int) -> Tensor {
  Tensor(shape: [array.shape[0] * times] + array.shape.dropFirst(), scalars: (0..<times).flatMap { _ in array.values })
}

private func largestDifference(_ values: [Float], _ reference: [Float]) -> Float {
  // A NaN must not count as a small difference.
  zip(values, reference).reduce(0) { largest, pair in
    let difference = abs(pair.0 - pair.1)
    return difference.isNaN ? .infinity : max(largest, difference)
  }
}

private func compare(
  _ model: [UInt8], outputs: [String], folder: String, name: String, provider: ExecutionProvider, runtime: InferenceRuntime
) throws {
  let session = try InferenceSession(
    model: model, name: name, runtime: runtime, configuration: SessionConfiguration(providers: [provider], threads: 1))
  let input = try NumPyArray(path: "\(folder)/\(name).input.npy")
  for times in [1, 2] {
    let results = try session.run([("image", batch(input, times: times))], outputs: outputs)
    var differences: [String] = []
    for (index, (output, result)) in zip(outputs, results).enumerated() {
      let reference = try NumPyArray(path: "\(folder)/\(name).output.\(index).npy")
      let expected = [reference.shape[0] * times] + reference.shape.dropFirst()
      guard result.shape == expected else { throw ParityError("\(name) \(output) has the shape \(result.shape), not \(expected)") }
      let largest = largestDifference(result.scalars, (0..<times).flatMap { _ in reference.values })
      differences.append("\(output) \(largest)")
    }
    print("  \(provider.displayName), \(input.shape[0] * times) at once: " + differences.joined(separator: ", "))
  }
}

private func run() throws {
  let arguments = CommandLine.arguments
  guard arguments.count == 2 || arguments.count == 3 else { throw ParityError("usage: parity FOLDER [ONNX-FOLDER]") }
  var models: [[UInt8]] = []
  for (architecture, file, _) in networks {
    let checkpoint = [UInt8](try Data(contentsOf: URL(filePath: "\(arguments[1])/\(file)"), options: .alwaysMapped))
    let start = ContinuousClock.now
    models.append(try CheckpointConverter.convert(checkpoint, as: architecture))
    print("\(architecture.rawValue): converted in \(ContinuousClock.now - start), at most \(peakMemory()) MB so far")
    if arguments.count == 3 { try Data(models[models.count - 1]).write(to: URL(filePath: "\(arguments[2])/\(architecture.rawValue).onnx")) }
  }
  let runtime = try InferenceRuntime.load()
  for ((architecture, _, outputs), model) in zip(networks, models) {
    print("\(architecture.rawValue): largest differences from PyTorch")
    for provider in [ExecutionProvider.cpu, .openVINO] {
      do {
        try compare(model, outputs: outputs, folder: arguments[1], name: architecture.rawValue, provider: provider, runtime: runtime)
      } catch let error as InferenceError where provider == .openVINO { print("  OpenVINO: \(error)") }
    }
  }
}

do { try run() } catch {
  print(error)
  exit(1)
}
