import Report
import Testing

@Suite struct CurveSamplingTests {
  @Test func peaksAndTroughsAreKept() {
    var values = [Float](repeating: 1, count: 108_000)
    values[70_001] = 5
    values[70_003] = 0
    values[107_999] = 4
    let positions = CurveSampling.positions(of: values, limit: 1500)
    #expect(positions.count <= 1500)
    for position in [70_001, 70_003, 107_999] { #expect(positions.contains(position)) }
    #expect(positions == positions.sorted())
    #expect(Set(positions).count == positions.count)
  }

  @Test func shortCurvesKeepAllValues() {
    #expect(CurveSampling.positions(of: [3, .nan, 1], limit: 1500) == [0, 1, 2])
    #expect(CurveSampling.positions(of: [], limit: 1500).isEmpty)
  }

  @Test func aLongGapIsKept() {
    let values = (0..<10_000).map { $0 > 4000 && $0 < 6000 ? Float.nan : Float($0) }
    let positions = CurveSampling.positions(of: values, limit: 200)
    #expect(positions.contains { values[$0].isNaN })
    #expect(positions.contains(9999))
    #expect(positions.contains(0))
  }
}
