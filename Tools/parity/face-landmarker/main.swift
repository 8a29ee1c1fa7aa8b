// usage: convert FILE… DIRECTORY
//
// Converts TensorFlow Lite files, or those inside a .task bundle, for compare.py. It is compiled together with the sources of
// ModelConversion (see convert.sh), so that no public product is needed for it.
import Foundation

let arguments = CommandLine.arguments.dropFirst()
guard arguments.count >= 2, let directory = arguments.last else {
  print("usage: convert FILE… DIRECTORY")
  exit(64)
}
do {
  for path in arguments.dropLast() {
    let bytes = [UInt8](try Data(contentsOf: URL(filePath: path)))
    var networks = [(URL(filePath: path).lastPathComponent, bytes)]
    if path.hasSuffix(".task") {
      let archive = try ZipArchive(bytes)
      networks = try archive.names.filter { $0.hasSuffix(".tflite") }.map { ($0, try archive.contents(of: $0)) }
    }
    for (name, network) in networks {
      let stem = name.replacing(".tflite", with: "")
      let model = try TensorFlowLiteConverter.convert(network, name: stem, metadata: ["source": name])
      try Data(model).write(to: URL(filePath: directory).appending(path: stem + ".onnx"))
      if path.hasSuffix(".task") { try Data(network).write(to: URL(filePath: directory).appending(path: name)) }
      print("\(name): \(network.count) bytes of TensorFlow Lite, \(model.count) of ONNX")
    }
  }
} catch {
  print("\(error)")
  exit(1)
}
