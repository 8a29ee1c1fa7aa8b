import OutputFiles
import Testing

struct PartialPathTests {
  @Test func aPartialFileIsBesideItsFinalPlace() {
    #expect(PartialPath.make(for: "/a.b/visit.mp4").hasPrefix("/a.b/.visit.mp4.partial-"))
    #expect(PartialPath.make(for: "visit.mp4").hasPrefix(".visit.mp4.partial-"))
  }

  @Test(arguments: [String(repeating: "n", count: 251) + ".mp4", String(repeating: "顔", count: 83) + ".mp4"])
  func partialNamesDifferAndAreNotTooLong(_ name: String) throws {
    let names = (0..<20).map { _ in PartialPath.make(for: "/folder/\(name)").dropFirst("/folder/.".count) }
    #expect(Set(names).count == names.count)
    for partial in names {
      // With the leading dot, a name has up to 255 bytes. A character of three bytes is removed as a whole.
      #expect((252...254).contains(partial.utf8.count))
      let kept = try #require(partial.firstRange(of: ".partial-")).lowerBound
      #expect(name.hasSuffix(partial[..<kept]))
    }
  }
}
