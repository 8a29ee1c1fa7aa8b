import Foundation
import ModelStore
import SplitFace
import TestSupport
import Testing

/// `openface3` and `hybrid` through the whole job, with the RetinaFace that set-up installs and, since OpenFace 3.0's weights are nobody's to
/// pass on, a narrow multitask network with seeded weights.
@Suite(Command.trait, .enabled(if: Command.hasRetinaFace, "set-up has installed no RetinaFace"))
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

  /// A table's columns by name.
  private func columns(_ file: URL) throws -> [String: [String]] {
    let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map { $0.split(separator: ",").map(String.init) }
    let names = try #require(lines.first)
    return Dictionary(uniqueKeysWithValues: names.indices.map { index in (names[index], lines.dropFirst().map { $0[index] }) })
  }

  /// Exactly these units' columns are numbers, on every row; the others are `nan`.
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

  private func expectOwnNetwork(_ manifest: RunManifest, engine: String) throws {
    #expect(manifest.engine?.name == engine)
    let network = try #require(manifest.networks.first { $0.name == "multitask" })
    let checksum = try FileChecksum.sha256(of: multitask)
    #expect(!network.published && network.sha256 == checksum && network.source.contains("narrow.onnx"), "\(network)")
    #expect(manifest.networks.allSatisfy { $0.published || $0.name == "multitask" })
    #expect(manifest.networks.contains { $0.name == "retinaface" })
  }

  @Test func openFacesEightUnitsAndBlinksAreNumbersAndNothingElseIs() throws {
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
    let manifest = try RunManifest.read(from: out.appending(path: "visit_run.json"))
    try expectOwnNetwork(manifest, engine: "openface3")
    #expect(Set(manifest.engine?.columns.keys.map(\.self) ?? []) == Set(Self.openFaceUnits + ["AU45"]))
    #expect(manifest.options.extraColumns == ["emotion", "gaze"])
  }

  @Test func hybridFillsEveryColumnAndTheEnvironmentNamesTheNetwork() throws {
    let clip = folder.file("visit.mp4")
    try Command.clip(clip, frames: 3)
    let out = folder.file("out")
    let result = try Command.run(
      ["process", "--engine", "hybrid", "--no-report", clip.path, "-o", out.path],
      environment: ["SPLITFACE_MODEL_MULTITASK": multitask.path])
    #expect(result.exitCode == 0, "\(result.errors)")
    for side in ["left", "right"] { try expectNumbers(Self.allUnits, columns(out.appending(path: "visit_\(side)_mirrored.csv"))) }
    let manifest = try RunManifest.read(from: out.appending(path: "visit_run.json"))
    try expectOwnNetwork(manifest, engine: "hybrid")
    for unit in Self.allUnits {
      let isOpenFaces = Self.openFaceUnits.contains(unit)
      #expect(manifest.engine?.columns[unit]?.contains("OpenFace 3.0") == isOpenFaces, "\(unit)")
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
      #expect(processed.exitCode == 0 && extracted.exitCode == 0, "\(processed.errors) \(extracted.errors)")
      let tables = try ["visit_left_mirrored.csv", "visit_right_mirrored.csv", "visit_face.csv", "visit.csv"].map {
        try Data(contentsOf: out.appending(path: $0))
      }
      if let first { #expect(tables == first, "\(threads) threads") } else { first = tables }
    }
  }

  /// As those with OpenFace 3.0's weights do: only a network of some megabytes is worth dividing.
  @Test func aLargeNetworkRunsInTwoPartsAndMeasuresTheSame() throws {
    let clip = folder.file("visit.mp4")
    try Command.clip(clip, frames: 5)
    let large = folder.file("large.onnx")
    try LargeNetwork.make(from: Data(contentsOf: multitask)).write(to: large)
    let cache = folder.file("cache")
    func extract(_ network: URL, _ threads: String, to out: URL) throws -> ChildProcess.Result {
      try Command.run(
        ["extract", "--engine", "openface3", "--model", "multitask=\(network.path)", "--threads", threads, clip.path, "-o", out.path],
        environment: ["SPLITFACE_CACHE": cache.path])
    }
    let whole = folder.file("whole")
    #expect(try extract(multitask, "2", to: whole).exitCode == 0)
    let expected = try columns(whole.appending(path: "visit.csv"))
    // One thread opens both parts too.
    for threads in ["1", "2"] {
      let out = folder.file("divided\(threads)")
      let result = try extract(large, threads, to: out)
      #expect(result.exitCode == 0, "\(result.errors)")
      let table = try columns(out.appending(path: "visit.csv"))
      try expectNumbers(Self.openFaceUnits + ["AU45"], table)
      for unit in Self.openFaceUnits {
        let (ours, theirs) = (table[unit + "_r"] ?? [], expected[unit + "_r"] ?? [])
        #expect(ours.count == 5 && theirs.count == 5)
        for (a, b) in zip(ours.compactMap(Double.init), theirs.compactMap(Double.init)) { #expect(abs(a - b) < 1e-4, "\(unit)") }
      }
    }
    let parts = try #require(FileManager.default.enumerator(at: cache, includingPropertiesForKeys: nil)).compactMap { $0 as? URL }
    #expect(parts.contains { $0.lastPathComponent == "multitask-backbone.onnx" })
    let head = try #require(parts.first { $0.lastPathComponent == "multitask-head.onnx" })

    // What is wrong with the second part is told, not waited for.
    try Data("no network".utf8).write(to: head)
    for threads in ["1", "2"] {
      let out = folder.file("damaged\(threads)")
      let result = try extract(large, threads, to: out)
      #expect(result.exitCode == 1 && result.errors.contains("multitask-head"), "\(result.errors)")
      #expect(((try? FileManager.default.contentsOfDirectory(atPath: out.path)) ?? []).isEmpty)
    }
  }

  @Test func extractMeasuresTheFaceAsItIs() throws {
    let clip = folder.file("visit.mp4")
    try Command.clip(clip, frames: 4)
    let out = folder.file("out")
    for (engine, units) in [("openface3", Self.openFaceUnits + ["AU45"]), ("hybrid", Self.allUnits)] {
      let result = try Command.run([
        "extract", "--engine", engine, "--model", "multitask=\(multitask.path)", clip.path, "-o", out.path, "--force",
      ])
      #expect(result.exitCode == 0, "\(result.errors)")
      try expectNumbers(units, columns(out.appending(path: "visit.csv")))
      let manifest = try RunManifest.read(from: out.appending(path: "visit_run.json"))
      try expectOwnNetwork(manifest, engine: engine)
      #expect(manifest.frames.read == 4 && manifest.frames.withFace == 4 && manifest.frames.written == 4)
    }
  }

  /// The followed person is hidden from frame 13 on while another one, half as large, stays.
  @Test(arguments: ["mediapipe", "openface3", "hybrid"]) func extractWaitsForItsPersonBeforeItMeasuresAnother(_ engine: String) throws {
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
    // A second after frame 12, the last with the person, whoever is there may be measured.
    #expect(success[12..<36].allSatisfy { $0 == "0" }, "\(success)")
    #expect(success[45...].contains("1"), "\(success)")
    let frames = try RunManifest.read(from: out.appending(path: "two_run.json")).frames
    #expect(frames.withFace == success.count { $0 == "1" } && frames.withoutFace == success.count { $0 == "0" } && frames.held == 0)
  }

  @Test(arguments: ["mediapipe", "openface3", "hybrid"]) func extractSeesNoFaceWhereThereIsNone(_ engine: String) throws {
    let clip = try #require(SharedData.file("no_face.mp4"))
    let out = folder.file("out")
    let result = try Command.run(["extract", "--engine", engine, "--model", "multitask=\(multitask.path)", clip.path, "-o", out.path])
    #expect(result.exitCode == 0, "\(result.errors)")
    let success = try #require(try columns(out.appending(path: "no_face.csv"))["success"])
    #expect(success.count == (try FFmpegTool.frameCount(of: clip)) && success.allSatisfy { $0 == "0" })
    let manifest = try RunManifest.read(from: out.appending(path: "no_face_run.json"))
    #expect(manifest.frames.withFace == 0 && manifest.warnings.contains("no face was found on any frame"))
  }
}

/// A network with 4 MB of zeros whose sum is added to its output `au`: large, and the same.
private enum LargeNetwork {
  struct UnexpectedNetwork: Error {}

  static func make(from network: Data) throws -> Data {
    let original = [UInt8](network)
    guard let graph = try field(7, in: original) else { throw UnexpectedNetwork() }
    // The node that makes `au` (field 2 of a `NodeProto`) makes `ax` instead.
    var body = Array(original[graph.payload])
    let made: [UInt8] = [0x12, 2] + Array("au".utf8)
    let places = body.indices.dropLast(3).filter { body[$0] == made[0] && Array(body[$0..<$0 + 4]) == made }
    guard places.count == 1 else { throw UnexpectedNetwork() }
    body[places[0] + 3] = UInt8(ascii: "x")
    let zeros = [UInt8](repeating: 0, count: 4 << 20)
    body += message(1, string(1, "zeros") + string(2, "nothing") + string(4, "ReduceSum"))
    body += message(1, string(1, "ax") + string(1, "nothing") + string(2, "au") + string(4, "Add"))
    // Dimensions, 32-bit floats, name, bytes.
    body += message(5, [0x08] + varint(1 << 20) + [0x10, 1] + string(8, "zeros") + message(9, zeros))
    return Data(original[..<graph.start] + message(7, body) + original[graph.payload.upperBound...])
  }

  private static func varint(_ value: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    var rest = value
    while rest > 127 {
      bytes.append(UInt8(rest & 127) | 128)
      rest >>= 7
    }
    return bytes + [UInt8(rest)]
  }

  private static func message(_ number: Int, _ payload: [UInt8]) -> [UInt8] { varint(number << 3 | 2) + varint(payload.count) + payload }

  private static func string(_ number: Int, _ text: String) -> [UInt8] { message(number, Array(text.utf8)) }

  /// Where a field of a `ModelProto`, which has numbers and messages only, begins and what it holds.
  private static func field(_ number: Int, in bytes: [UInt8]) throws -> (start: Int, payload: Range<Int>)? {
    var place = 0
    func readVarint() throws -> Int {
      var value = 0
      for shift in stride(from: 0, to: 63, by: 7) {
        guard place < bytes.count else { throw UnexpectedNetwork() }
        value |= Int(bytes[place] & 127) << shift
        place += 1
        if bytes[place - 1] < 128 { return value }
      }
      throw UnexpectedNetwork()
    }
    while place < bytes.count {
      let start = place
      let tag = try readVarint()
      let value = try readVarint()
      switch tag & 7 {
      case 0: continue
      case 2: break
      default: throw UnexpectedNetwork()
      }
      if tag >> 3 == number { return (start, place..<place + value) }
      place += value
    }
    return nil
  }
}
