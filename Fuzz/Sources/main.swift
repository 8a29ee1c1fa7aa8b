import Foundation

/// A function that is fuzzed. Any error is correct; a trap, a sanitizer's report or a failed precondition is a finding.
typealias FuzzTarget = @Sendable ([UInt8]) -> Void

let targets: [String: FuzzTarget] = [
  "checkpoint": fuzzCheckpoint, "pickle": fuzzPickle, "tflite": fuzzTensorFlowLite, "zip": fuzzZip, "csv": fuzzSummaryTable,
  "onnx": fuzzONNX, "video": fuzzVideo,
]

/// libFuzzer's entry point for programs with a `main` of their own (compiler-rt, FuzzerDriver.cpp).
@_silgen_name("LLVMFuzzerRunDriver")
func runDriver(
  _ count: UnsafeMutablePointer<CInt>, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
  _ body: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

if let folder = ProcessInfo.processInfo.environment["FUZZ_ONNX_SEEDS"] {
  try writeONNXSeeds(to: folder)
  exit(0)
}
// The target is named in the environment because libFuzzer restarts itself with its own arguments.
guard let chosen = targets[ProcessInfo.processInfo.environment["FUZZ_TARGET"] ?? ""] else {
  print("set FUZZ_TARGET to one of: \(targets.keys.sorted().joined(separator: ", "))")
  exit(64)
}
let target: FuzzTarget = chosen
var count = CommandLine.argc
var arguments = CommandLine.unsafeArgv
exit(
  runDriver(&count, &arguments) { start, length in
    target([UInt8](UnsafeBufferPointer(start: start, count: length)))
    return 0
  })
