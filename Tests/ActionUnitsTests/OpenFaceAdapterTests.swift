import ActionUnits
import FaceNetworks
import Testing

struct OpenFaceAdapterTests {
  private func reading(_ values: [Float], eyes: Double? = nil) -> ActionUnitReading {
    OpenFace3Engine.reading(
      MultitaskNetwork.Result(actionUnits: values), eyeAspectRatio: eyes,
      detection: RetinaFaceDetector.Detection(box: FaceBox(minX: 0, minY: 0, maxX: 9, maxY: 9), score: 0.75))
  }

  /// OpenFace 3.0's training code selects columns by position from DISFA's label files, which it reads in the order of their names as text.
  @Test func theOrderOfTheOutputsFollowsFromTheTrainingCode() {
    let labelFiles = [1, 2, 4, 5, 6, 9, 12, 15, 17, 20, 25, 26].map(String.init).sorted()
    #expect(labelFiles == ["1", "12", "15", "17", "2", "20", "25", "26", "4", "5", "6", "9"])
    let trained = [0, 4, 8, 10, 11, 1, 6, 7].map { Int(labelFiles[$0]) }
    #expect(trained == MultitaskNetwork.actionUnitNumbers)
    // OpenFace 3.0's demonstration program labels them in this order too.
    #expect(MultitaskNetwork.actionUnitNumbers == [1, 2, 4, 6, 9, 12, 25, 26])
  }

  @Test func eachOutputHasItsColumn() {
    let reading = reading([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8])
    #expect(reading.intensity == [.au01: 0.1, .au02: 0.2, .au04: 0.3, .au06: 0.4, .au09: 0.5, .au12: 0.6, .au25: 0.7, .au26: 0.8])
    #expect(reading.presence == [.au01: 0, .au02: 0, .au04: 0, .au06: 0, .au09: 0, .au12: 1, .au25: 1, .au26: 1])
    #expect(reading.success)
    #expect(reading.confidence == 0.75)
  }

  @Test func valuesAreClippedAndOtherwiseUnchanged() {
    let intensity = reading([-0.25, 7, 0, 5, 1, 1, 1, 1]).intensity
    #expect(intensity[.au01] == 0)
    #expect(intensity[.au02] == 5)
    #expect(intensity[.au04] == 0)
    #expect(intensity[.au06] == 5)
  }

  /// A unit is present where the table shows more than 0.5; AU45 likewise, from an eye aspect ratio below 0.23 on.
  @Test func presenceIsWhatTheTableShows() {
    let reading = reading([0.500_049, 0.500_05, 0.5, 0.6, .nan, 7, -1, 0.499_99], eyes: 0.229)
    #expect(reading.presence == [.au01: 0, .au02: 1, .au04: 0, .au06: 1, .au12: 1, .au25: 0, .au26: 0, .au45: 1])
    #expect(self.reading([], eyes: 0.23).presence == [.au45: 0])
  }

  @Test func blinkComesFromTheEyes() {
    #expect(reading([Float](repeating: 0, count: 8)).intensity[.au45].isNaN)
    let closed = reading([Float](repeating: 0, count: 8), eyes: 0.04)
    #expect(closed.intensity[.au45] == 5)
    #expect(closed.presence[.au45] == 1)
    let open = reading([Float](repeating: 0, count: 8), eyes: 0.3)
    #expect(open.intensity[.au45] == 0)
    #expect(open.presence[.au45] == 0)
  }

  @Test func theHybridAddsOnlyTheMissingUnits() {
    let openFace = reading([Float](repeating: 0.5, count: 8), eyes: 0.05)
    var all = ActionUnitValues()
    for unit in ActionUnit.allCases { all[unit] = 2 }
    let merged = HybridEngine.merge(openFace, ActionUnitReading(confidence: 1, intensity: all, presence: all))
    #expect(merged.intensity.provided == ActionUnit.allCases)
    #expect(merged.intensity[.au12] == 0.5)
    #expect(merged.intensity[.au45] == 5)
    #expect(merged.intensity[.au10] == 2)
    #expect(HybridEngine.merge(.noFace, openFace) == .noFace)
    #expect(HybridEngine.merge(openFace, .noFace) == openFace)
  }
}
