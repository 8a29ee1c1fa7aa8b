import ActionUnits
import Foundation
import ModelStore
import Results
import Testing

@Suite struct JobSpecTests {
  /// A job in which every option differs from its default.
  private var unusual: JobSpec {
    var spec = JobSpec(.process, inputs: [URL(filePath: "visit.mov")])
    spec.output = URL(filePath: "results", directoryHint: .isDirectory)
    spec.recursive = true
    spec.overwrite = true
    spec.engine = .hybrid
    spec.blink = .mesh
    spec.extraColumns = [.gaze, .emotion]
    spec.models = [.multitask: URL(filePath: "own.onnx")]
    spec.orientation = .turned90
    spec.audio = .none
    spec.encoder = "libx264"
    spec.rateControl = .crf
    spec.landmarks = true
    spec.report = true
    spec.embed = true
    return spec
  }

  private func decode(_ text: String) throws -> JobSpec { try JobSpec(json: Data(text.utf8), from: "job.json") }

  @Test func whatIsWrittenIsReadBack() throws {
    let read = try JobSpec(json: unusual.encoded(), from: "job.json")
    #expect(read == unusual)
    #expect(read.hashValue == unusual.hashValue)
  }

  @Test func theSameJobHasTheSameText() throws {
    #expect(try unusual.encoded() == unusual.encoded())
  }

  @Test func whatIsLeftOutIsAtItsDefault() throws {
    #expect(try decode("{}") == JobSpec())
    #expect(try decode(#"{"job": "mirror"}"#) == JobSpec(.mirror))
  }

  @Test(arguments: [
    (#"{"engin": "auto"}"#, "'engin' is not an option"), (#"{"engine": "fast"}"#, "engine"), (#"{"models": {"eyes": "a.onnx"}}"#, "'eyes'"),
    (#"{"landmarks": "yes"}"#, "landmarks"), ("[]", "job.json"), ("", "job.json"),
  ])
  func whatIsWrongIsNamed(_ text: String, _ words: String) throws {
    let error = try #require(throws: ResultsError.self) { try decode(text) }
    #expect(error.code == .invalidJobSpec)
    #expect(error.message.contains(words), "\(error.message)")
    #expect(error.message.hasPrefix("job.json"))
  }

  @Test(arguments: JobKind.allCases) func optionsWithoutEffectAreRecordedAtTheirDefaults(_ kind: JobKind) {
    var spec = unusual
    spec.kind = kind
    let effective = spec.effective
    #expect(effective.optionsWithoutEffect.isEmpty)
    for option in JobSpec.Option.allCases where spec.hasEffect(option) { #expect(effective.value(of: option) == spec.value(of: option)) }
  }

  @Test func everyOptionButThoseOfTheNetworksMakesADifference() {
    let options: Set<JobSpec.Option> = [.orientation, .audio, .encoder, .rateControl, .landmarks, .extraColumns, .embed]
    #expect(Set(JobSpec().differences(from: unusual)) == options)
    #expect(unusual.differences(from: unusual).isEmpty)
  }

  @Test func whereAJobReadsAndWritesMakesNoDifference() {
    var other = unusual.narrowed(to: URL(filePath: "other.mov"), output: nil)
    other.overwrite = false
    #expect(other.differences(from: unusual).isEmpty)
    #expect(other.recursive == false)
  }

  @Test func aMirroringJobIgnoresMeasuringOptions() {
    var spec = JobSpec(.mirror)
    spec.engine = .hybrid
    spec.embed = true
    #expect(spec.optionsWithoutEffect == [.engine, .embed])
    #expect(spec.differences(from: JobSpec(.mirror)).isEmpty)
  }
}
