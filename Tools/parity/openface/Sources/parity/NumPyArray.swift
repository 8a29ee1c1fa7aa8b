import Foundation

/// A Float32 array in C order from a `.npy` file (format version 1; numpy.lib.format describes it).
struct NumPyArray {
  let shape: [Int]
  let values: [Float]

  init(path: String) throws {
    let bytes = [UInt8](try Data(contentsOf: URL(filePath: path)))
    guard bytes.count > 10, bytes.starts(with: [0x93] + Array("NUMPY".utf8)), bytes[6] == 1 else {
      throw ParityError("\(path) is not a .npy file")
    }
    let start = 10 + Int(bytes[8]) + Int(bytes[9]) << 8
    guard start <= bytes.count else { throw ParityError("\(path) is truncated") }
    let header = String(decoding: bytes[10..<start], as: UTF8.self)
    guard header.contains("'descr': '<f4'"), header.contains("'fortran_order': False"), let open = header.firstIndex(of: "("),
      let close = header[open...].firstIndex(of: ")")
    else { throw ParityError("\(path) does not hold Float32 in C order") }
    let shape = header[header.index(after: open)..<close].split(separator: ",").compactMap {
      Int($0.trimmingCharacters(in: .whitespaces))
    }
    self.shape = shape
    let count = shape.reduce(1, *)
    guard bytes.count - start == 4 * count else { throw ParityError("\(path) does not have as many values as its shape says") }
    values = bytes.withUnsafeBytes { raw in
      (0..<count).map { Float(bitPattern: UInt32(littleEndian: raw.loadUnaligned(fromByteOffset: start + 4 * $0, as: UInt32.self))) }
    }
  }
}

struct ParityError: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}
