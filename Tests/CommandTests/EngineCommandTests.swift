import ActionUnits
import Foundation
import ModelConversion
import ModelStore
import SplitFace
import TestSupport
import Testing

/// Whole jobs with `openface3` and `hybrid`. They use the RetinaFace that `make setup` installs and, since OpenFace 3.0's weights must not be
/// redistributed, a narrow multitask network with seeded weights.
@Suite(Command.trait, .enabled(if: Command.hasRetinaFace, "no RetinaFace is installed"))
struct EngineCommandTests {
  private let folder: TemporaryDirectory
  private var multitask: URL { folder.file("narrow.onnx") }

  init() throws {
    folder = try TemporaryDirectory()
    let checkpoint = PackageLocation.root.appending(path: "Tests/ModelConversionTests/Fixtures/Checkpoint/multitask.pth")
    let result = try Command.run(["models", "convert", checkpoint.path, "--as", "multitask", "-o", multitask.path])
    try #require(result.exitCode == 0, "\(result.errors)")
  }

  private static let openFaceUnits = ["01", "02", "04", "06", "09", "12", "25", "26"].map { "AU" + $0 }
  private static let allUnits = [
    "01", "02", "04", "05", "06", "07", "09", "10", "12", "14", "15", "16", "17", "20", "23", "25", "26", "45",
  ]
  .map { "AU" + $0 }

  /// Reads a table's columns by name.
  private func columns(_ file: URL) throws -> [String: [String]] {
    let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map { $0.split(separator: ",").map(String.init) }
    let names = try #require(lines.first)
    return Dictionary(uniqueKeysWithValues: names.indices.map { index in (names[index], lines.dropFirst().map { $0[index] }) })
  }

  /// Expects numbers on every row in exactly these units' columns, and `nan` in the others.
  private func expectNumbers(_ units: [String], _ table: [String: [String]]) throws {
    for unit in Self.allUnits {
      for suffix in ["_r", "_c"] {
        let values = try #require(table[unit + suffix])
        #expect(values.allSatisfy { units.contains(unit) ? Double($0)?.isFinite == true : $0 == "nan" }, "\(unit)\(suffix): \(values)")
      }
    }
    for unit in Self.openFaceUnits + ["AU45"] {
      let values = try #require(table[unit + "_r"]).compactMap(Double.init)
      if unit != "AU45" { #expect(values.allSatisfy { (0...1).contains($0) }) }
      #expect(table[unit + "_c"] == values.map { $0 > 0.5 ? "1" : "0" }, "\(unit) is present where the table shows more than 0.5")
    }
  }

  /// Expects that the record names the engine and, as the only unpublished network, the test's own.
  private func expectOwnNetwork(_ record: RunRecord, engine: String) throws {
    #expect(record.engine?.name == engine)
    let network = try #require(record.networks.first { $0.name == "multitask" })
    let checksum = try FileChecksum.sha256(of: multitask)
    #expect(!network.published)
    #expect(network.sha256 == checksum)
    #expect(network.source.contains("narrow.onnx"))
    #expect(record.networks.allSatisfy { $0.published || $0.name == "multitask" })
    #expect(record.networks.contains { $0.name == "retinaface" })
  }

  @Test func openface3MeasuresExactlyItsEightUnitsAndBlinks() throws {
    let clip = folder.file("visit.mp4")
    try Command.clip(clip, frames: 5)
    let out = folder.file("out")
    let result = try Command.run([
      "process", "--engine", "openface3", "--model", "multitask=\(multitask.path)", "--columns", "emotion,gaze", clip.path, "-o", out.path,
    ])
    #expect(result.exitCode == 0, "\(result.errors)")
    for side in ["left", "right"] {
      let table = try columns(out.appending(path: "visit_\(side)_mirrored.csv"))
      #expect(table["success"] == Array(repeating: "1", count: 5))
      try expectNumbers(Self.openFaceUnits + ["AU45"], table)
      let extras = ["neutral", "happy", "sad", "surprise", "fear", "disgust", "anger", "contempt"].map { "emotion_" + $0 }
      for column in extras + ["gaze_yaw", "gaze_pitch"] {
        #expect(table[column]?.allSatisfy { Double($0)?.isFinite == true } == true, "\(column)")
      }
    }
    let record = try RunRecord.read(from: out.appending(path: "visit_run.json"))
    try expectOwnNetwork(record, engine: "openface3")
    #expect(Set(record.engine?.columns.keys.map(\.self) ?? []) == Set(Self.openFaceUnits + ["AU45"]))
    #expect(record.spec.extraColumns == [.emotion, .gaze])
  }

  @Test func hybridMeasuresEveryUnitWithANetworkNamedInTheEnvironment() throws {
    let clip = folder.file("visit.mp4")
    try Command.clip(clip, frames: 3)
    let out = folder.file("out")
    let result = try Command.run(
      ["process", "--engine", "hybrid", "--no-report", clip.path, "-o", out.path],
      environment: ["SPLITFACE_MODEL_MULTITASK": multitask.path])
    #expect(result.exitCode == 0, "\(result.errors)")
    for side in ["left", "right"] { try expectNumbers(Self.allUnits, columns(out.appending(path: "visit_\(side)_mirrored.csv"))) }
    let record = try RunRecord.read(from: out.appending(path: "visit_run.json"))
    try expectOwnNetwork(record, engine: "hybrid")
    for unit in Self.allUnits {
      let isOpenFaces = Self.openFaceUnits.contains(unit)
      #expect(record.engine?.columns[unit]?.contains("OpenFace 3.0") == isOpenFaces, "\(unit)")
    }
  }

  @Test(arguments: ["openface3", "hybrid"]) func tablesDoNotDependOnTheNumberOfThreads(_ engine: String) throws {
    let clip = folder.file("visit.mp4")
    try Command.clip(clip, frames: 11)
    var first: [Data]?
    for threads in ["1", "2", "8"] {
      let out = folder.file("out\(threads)")
      let arguments = ["--engine", engine, "--model", "multitask=\(multitask.path)", "--threads", threads, clip.path, "-o", out.path]
      let processed = try Command.run(["process", "--no-report"] + arguments)
      let extracted = try Command.run(["extract"] + arguments)
      #expect(processed.exitCode == 0, "\(processed.errors)")
      #expect(extracted.exitCode == 0, "\(extracted.errors)")
      let tables = try ["visit_left_mirrored.csv", "visit_right_mirrored.csv", "visit_face.csv", "visit.csv"].map {
        try Data(contentsOf: out.appending(path: $0))
      }
      if let first { #expect(tables == first, "\(threads) threads") } else { first = tables }
    }
  }

  /// Writes a substitute with a multitask network's input and output, which computes Action Units from an image's mean colour, each in another
  /// way. It has 5.8 MB of weights, more than `SeparatedWeights.smallestTotal`. With a fixed batch it is not divided.
  private func largeNetwork(batch: ONNXGraph.Dimension) throws -> URL {
    let hidden = 1 << 17
    var graph = ONNXGraph(name: "large")
    let image = graph.input("image", shape: [batch, 3, 224, 224])
    let pooled = graph.add("Flatten", [graph.add("GlobalAveragePool", [image])], ["axis": .int(1)])
    let first = graph.constant((0..<3 * hidden).map { Float($0 % 7 - 3) / 3 }, shape: [3, hidden])
    let second = graph.constant((0..<hidden * 8).map { (Float($0 % 8) - 3.5) / Float(hidden) }, shape: [hidden, 8])
    let products = graph.add("MatMul", [graph.add("Relu", [graph.add("MatMul", [pooled, first])]), second])
    graph.add("Sigmoid", [products], output: "au")
    graph.output("au", shape: [batch, 8])
    let file = folder.file(batch == .batch ? "large.onnx" : "large-one.onnx")
    try Data(graph.serialized(producerVersion: "1", metadata: [:])).write(to: file)
    return file
  }

  /// Networks with OpenFace 3.0's weights are divided too: only networks of several megabytes are.
  @Test func aLargeNetworkDividedInTwoPartsGivesTheSameMeasurements() throws {
    let clip = folder.file("visit.mp4")
    try Command.clip(clip, frames: 5)
    let cache = folder.file("cache")
    func extract(_ network: URL, _ threads: String, to out: URL) throws -> ChildProcess.Result {
      try Command.run(
        ["extract", "--engine", "openface3", "--model", "multitask=\(network.path)", "--threads", threads, clip.path, "-o", out.path],
        environment: ["SPLITFACE_CACHE": cache.path])
    }
    func cached(_ name: String) throws -> [URL] {
      try #require(FileManager.default.enumerator(at: cache, includingPropertiesForKeys: nil)).compactMap { $0 as? URL }
        .filter { $0.lastPathComponent == name }
    }
    let whole = folder.file("whole")
    let undivided = try extract(largeNetwork(batch: 1), "2", to: whole)
    #expect(undivided.exitCode == 0, "\(undivided.errors)")
    #expect(try cached("multitask-head.onnx").isEmpty)
    let expected = try columns(whole.appending(path: "visit.csv"))
    let firstRow = Self.openFaceUnits.compactMap { expected[$0 + "_r"]?.first.flatMap(Double.init) }.sorted()
    #expect(firstRow.count == 8)
    #expect(zip(firstRow, firstRow.dropFirst()).allSatisfy { $1 - $0 > 1e-3 }, "the units differ: \(firstRow)")
    let large = try largeNetwork(batch: .batch)
    // With one thread, too, both parts are loaded.
    for threads in ["1", "2"] {
      let out = folder.file("divided\(threads)")
      let result = try extract(large, threads, to: out)
      #expect(result.exitCode == 0, "\(result.errors)")
      let table = try columns(out.appending(path: "visit.csv"))
      try expectNumbers(Self.openFaceUnits + ["AU45"], table)
      for unit in Self.openFaceUnits {
        let (ours, theirs) = (table[unit + "_r"] ?? [], expected[unit + "_r"] ?? [])
        #expect(ours.count == 5)
        #expect(theirs.count == 5)
        for (a, b) in zip(ours.compactMap(Double.init), theirs.compactMap(Double.init)) { #expect(abs(a - b) < 1e-4, "\(unit)") }
      }
    }
    #expect(try cached("multitask-backbone.onnx").count == 1)
    let head = try #require(try cached("multitask-head.onnx").first)

    // A damaged second part is an error, not an endless wait.
    try Data("no network".utf8).write(to: head)
    for threads in ["1", "2"] {
      let out = folder.file("damaged\(threads)")
      let result = try extract(large, threads, to: out)
      #expect(result.exitCode == 1)
      #expect(result.errors.contains("multitask-head"), "\(result.errors)")
      #expect(((try? FileManager.default.contentsOfDirectory(atPath: out.path)) ?? []).isEmpty)
    }
  }

  @Test func extractMeasuresTheUnmirroredFace() throws {
    let clip = folder.file("visit.mp4")
    try Command.clip(clip, frames: 4)
    let out = folder.file("out")
    for (engine, units) in [("openface3", Self.openFaceUnits + ["AU45"]), ("hybrid", Self.allUnits)] {
      let result = try Command.run([
        "extract", "--engine", engine, "--model", "multitask=\(multitask.path)", clip.path, "-o", out.path, "--force",
      ])
      #expect(result.exitCode == 0, "\(result.errors)")
      try expectNumbers(units, columns(out.appending(path: "visit.csv")))
      let record = try RunRecord.read(from: out.appending(path: "visit_run.json"))
      try expectOwnNetwork(record, engine: engine)
      #expect(record.frames.read == 4)
      #expect(record.frames.withFace == 4)
      #expect(record.frames.written == 4)
    }
  }

  /// The followed person is hidden from frame 13 on, while another one, half as large, stays.
  @Test(arguments: ["mediapipe", "openface3", "hybrid"]) func extractWaitsForTheFollowedPersonBeforeItMeasuresAnother(_ engine: String)
    throws
  {
    let clip = folder.file("two.mp4")
    let source = try #require(SharedData.file("single_face.mp4"))
    let filter =
      "split[a][b];[b]scale=320:180[small];[a]pad=1280:360[wide];[wide][small]overlay=800:90,"
      + "drawbox=x=0:y=0:w=640:h=360:color=gray:t=fill:enable='gte(n,12)',setpts=N/25/TB"
    try FFmpegTool.make([
      "-i", source.path, "-vf", filter, "-r", "25", "-frames:v", "60", "-an", "-c:v", "libx264", "-crf", "12", clip.path,
    ])
    let out = folder.file("out")
    let result = try Command.run(["extract", "--engine", engine, "--model", "multitask=\(multitask.path)", clip.path, "-o", out.path])
    #expect(result.exitCode == 0, "\(result.errors)")
    let success = try #require(try columns(out.appending(path: "two.csv"))["success"])
    #expect(success.count == 60)
    #expect(success[..<12].allSatisfy { $0 == "1" })
    // One second after frame 12, the last one with the followed person, another person may be measured.
    #expect(success[12..<36].allSatisfy { $0 == "0" }, "\(success)")
    #expect(success[45...].contains("1"), "\(success)")
    let frames = try RunRecord.read(from: out.appending(path: "two_run.json")).frames
    #expect(frames.withFace == success.count { $0 == "1" })
    #expect(frames.withoutFace == success.count { $0 == "0" })
    #expect(frames.held == 0)
  }

  @Test(arguments: ["mediapipe", "openface3", "hybrid"]) func extractFindsNoFaceInAClipWithoutOne(_ engine: String) throws {
    let clip = try #require(SharedData.file("no_face.mp4"))
    let out = folder.file("out")
    let result = try Command.run(["extract", "--engine", engine, "--model", "multitask=\(multitask.path)", clip.path, "-o", out.path])
    #expect(result.exitCode == 0, "\(result.errors)")
    let success = try #require(try columns(out.appending(path: "no_face.csv"))["success"])
    #expect(success.count == (try FFmpegTool.frameCount(of: clip)))
    #expect(success.allSatisfy { $0 == "0" })
    let record = try RunRecord.read(from: out.appending(path: "no_face_run.json"))
    #expect(record.frames.withFace == 0)
    #expect(record.warnings.contains("no face was found in any frame"))
  }
}
