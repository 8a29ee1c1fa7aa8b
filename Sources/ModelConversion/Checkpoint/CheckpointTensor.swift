/// A tensor of a checkpoint, whose numbers stay in the file. Their position has been checked.
package struct CheckpointTensor: Sendable {
  package let name: String
  package let type: ScalarType
  package let shape: [Int]
  package let count: Int
  private let strides: [Int]
  /// The position of the first number in the file, in bytes.
  private let start: Int
  private let file: [UInt8]  // shared, not copied

  /// Describes a tensor, after checking the position of its numbers.
  ///
  /// - Parameters:
  ///   - reference: the pickle's description of the tensor; not trusted.
  ///   - storage: the byte range of the tensor's storage in the file.
  /// - Throws: `malformed` if one of the tensor's numbers would be outside its storage.
  init(name: String, _ reference: TensorReference, storage: Range<Int>, file: [UInt8]) throws(ConversionError) {
    func wrong(_ what: String) -> ConversionError { ConversionError(.malformed, "tensor \(name.prefix(200))", what) }
    let size = reference.storage.type.size
    guard reference.storage.count <= storage.count / size else {
      throw wrong(
        "its storage \(reference.storage.key.prefix(100)) has only \(storage.count) bytes for \(reference.storage.count) numbers")
    }
    guard reference.shape.count == reference.strides.count else {
      throw wrong("it has \(reference.strides.count) strides for \(reference.shape.count) axes")
    }
    var count = 1
    var last = reference.offset
    for (length, stride) in zip(reference.shape, reference.strides) {
      guard length >= 0, stride >= 0 else { throw wrong("a length or stride is negative (\(min(length, stride)))") }
      let (product, tooMany) = count.multipliedReportingOverflow(by: length)
      let (distance, tooFar) = max(length - 1, 0).multipliedReportingOverflow(by: stride)
      let (reach, tooFarOn) = last.addingReportingOverflow(distance)
      guard !tooMany, !tooFar, !tooFarOn else { throw wrong("the shape \(reference.shape) is too large") }
      (count, last) = (product, reach)
    }
    guard reference.offset >= 0, count == 0 || last < reference.storage.count, count <= reference.storage.count else {
      throw wrong("its shape \(reference.shape) reaches beyond its storage of \(reference.storage.count) numbers")
    }
    self.name = name
    self.type = reference.storage.type
    self.shape = reference.shape
    self.strides = reference.strides
    self.count = count
    self.start = count == 0 ? storage.lowerBound : storage.lowerBound + reference.offset * size
    self.file = file
  }

  /// Writes the numbers as Float32 in row-major order.
  ///
  /// - Parameter target: memory for exactly `count` numbers, which may be uninitialised.
  package func write(to target: UnsafeMutableBufferPointer<Float>) {
    precondition(target.count == count, "a tensor of \(count) numbers needs room for them")
    guard count > 0 else { return }
    file.withUnsafeBytes { bytes in
      if type == .float32, isContiguous {
        UnsafeMutableRawBufferPointer(target).copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[start..<start + 4 * count]))
      } else {
        writeStrided(bytes, to: target)
      }
    }
  }

  /// Returns the numbers as Float32 in row-major order.
  package func floats() -> [Float] {
    [Float](unsafeUninitializedCapacity: count) { buffer, initialised in
      write(to: UnsafeMutableBufferPointer(rebasing: buffer[..<count]))
      initialised = count
    }
  }

  private var isContiguous: Bool {
    var expected = 1
    for (length, stride) in zip(shape, strides).reversed() {
      if length != 1, stride != expected { return false }
      expected *= length
    }
    return true
  }

  private func writeStrided(_ bytes: UnsafeRawBufferPointer, to target: UnsafeMutableBufferPointer<Float>) {
    var index = [Int](repeating: 0, count: shape.count)
    var position = 0  // The current number's distance from the first one, in numbers.
    for output in 0..<count {
      target.initializeElement(at: output, to: type.load(bytes, at: start + position * type.size))
      for axis in shape.indices.reversed() {
        index[axis] += 1
        position += strides[axis]
        if index[axis] < shape[axis] { break }
        position -= index[axis] * strides[axis]
        index[axis] = 0
      }
    }
  }
}
