import Benchmarking
import Testing

struct ParallelWorkerTests {
  @Test func aPartIsReadFromItsDescription() throws {
    let part = try #require(ParallelWorker.Part("1/3/2"))
    #expect(part.index == 1)
    #expect(part.count == 3)
    #expect(part.threads == 2)
    #expect(part.description == "1/3/2")
  }

  @Test(arguments: ["", "1/3", "3/3/1", "-1/3/1", "0/0/1", "0/1/0", "0/1/1025", "a/b/c"])
  func anImpossiblePartIsRefused(text: String) {
    #expect(ParallelWorker.Part(text) == nil)
  }
}
