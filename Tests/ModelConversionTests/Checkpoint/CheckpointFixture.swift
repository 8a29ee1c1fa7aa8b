import Foundation
import ModelConversion

/// Checkpoints of narrow networks, written by Tools/parity/openface/make_fixtures.py, with PyTorch's results.
enum CheckpointFixture {
  struct Network: Sendable, CustomStringConvertible {
    let architecture: CheckpointConverter.Architecture
    let file: String
    let outputs: [String]
    /// The network's input is `scale` × the stored 8-bit value + `bias`.
    let scale, bias: Float
    /// The number of times that each stored value is repeated along rows and along columns.
    let repetition: Int
    var description: String { architecture.rawValue }
  }

  static let networks = [
    Network(
      architecture: .retinaface, file: "retinaface.pth", outputs: ["loc", "conf", "landms"], scale: 1, bias: -110, repetition: 1),
    Network(
      architecture: .multitask, file: "multitask.pth", outputs: ["emotion", "gaze", "au"], scale: 1 / 64, bias: -2, repetition: 4),
    Network(architecture: .star, file: "star.pkl", outputs: ["landmarks"], scale: 1 / 64, bias: -2, repetition: 4),
  ]

  static let folder = (Bundle.module.resourceURL ?? Bundle.module.bundleURL).appending(path: "Fixtures/Checkpoint")

  static func bytes(_ name: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: folder.appending(path: name))) }

  static func array(_ name: String) throws -> NumPyArray { try NumPyArray(bytes(name)) }

  /// The shape and the values of a network's input.
  static func input(_ network: Network) throws -> (shape: [Int], values: [Float]) {
    let stored = try array("\(network.architecture.rawValue).input.npy")
    let (planes, height, width) = (stored.shape[0] * stored.shape[1], stored.shape[2], stored.shape[3])
    var values: [Float] = []
    for plane in 0..<planes {
      for row in 0..<height * network.repetition {
        for column in 0..<width * network.repetition {
          let index = (plane * height + row / network.repetition) * width + column / network.repetition
          values.append(stored.values[index] * network.scale + network.bias)
        }
      }
    }
    return (Array(stored.shape.prefix(2)) + [height * network.repetition, width * network.repetition], values)
  }
}

/// An array of Float32 or 8-bit numbers from a `.npy` file (format version 1, see numpy.lib.format).
struct NumPyArray {
  struct Unreadable: Error {}
  let shape: [Int]
  let values: [Float]

  init(_ bytes: [UInt8]) throws {
    guard bytes.count > 10, bytes.starts(with: [0x93] + Array("NUMPY".utf8)) else { throw Unreadable() }
    let start = 10 + Int(bytes[8]) + Int(bytes[9]) << 8
    let header = String(decoding: bytes[10..<start], as: UTF8.self)
    guard header.contains("'fortran_order': False"), let open = header.firstIndex(of: "("), let close = header.firstIndex(of: ")") else {
      throw Unreadable()
    }
    shape = header[open...close].split { !$0.isNumber }.compactMap { Int($0) }
    let count = shape.reduce(1, *)
    if header.contains("'|u1'"), bytes.count == start + count {
      values = bytes[start...].map(Float.init)
    } else if header.contains("'<f4'"), bytes.count == start + 4 * count {
      values = bytes.withUnsafeBytes { raw in
        (0..<count).map { Float(bitPattern: UInt32(littleEndian: raw.loadUnaligned(fromByteOffset: start + 4 * $0, as: UInt32.self))) }
      }
    } else {
      throw Unreadable()
    }
  }
}
