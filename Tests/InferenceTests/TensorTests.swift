import Inference
import Testing

@Suite struct TensorTests {
  @Test func aTensorHasTheValuesThatWereWritten() {
    let tensor = Tensor(shape: [2, 3]) { values in for index in values.indices { values[index] = Float(index) } }
    #expect(tensor.count == 6)
    #expect(tensor.scalars == [0, 1, 2, 3, 4, 5])
  }

  @Test func memoryIsAlignedTo64Bytes() {
    for count in [1, 3, 1000] {
      let tensor = Tensor(shape: [count]) { $0.update(repeating: 1) }
      #expect(tensor.withUnsafeBufferPointer { UInt(bitPattern: $0.baseAddress) } % 64 == 0)
    }
  }

  @Test func aTensorMayBeEmptyOrAScalar() {
    #expect(Tensor(shape: [0, 3]) { _ in }.scalars.isEmpty)
    #expect(Tensor(shape: []) { $0[0] = 7 }.scalars == [7])
  }

  @Test func anErrorOfTheClosureThatWritesIsRethrown() {
    struct Refusal: Error {}
    #expect(throws: Refusal.self) { try Tensor(shape: [1]) { _ throws(Refusal) in throw Refusal() } }
  }
}
