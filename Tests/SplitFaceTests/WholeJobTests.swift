import Foundation
import SplitFace
import TestSupport
import Testing

/// Whole jobs on the shared clip in which a man grins, checked by their files.
@Suite(TestJobs.trait) struct WholeJobTests {
  @Test func aJobWritesItsVideosTablesAndPages() async throws {
    let source = try #require(SharedData.file("single_face.mp4"))
    var options = try TestJobs.splitter().spec
    options.landmarks = true
    let job = try await TestJobs.run(source, as: options)
    let tables = ["left_mirrored", "right_mirrored", "face", "landmarks", "asymmetry"]
    let pages = ["summary.csv", "report.html", "curves.png", "columns.json"]
    let names = (FinishedJob.videos.map { $0 + ".mp4" } + tables.map { $0 + ".csv" } + pages + ["run.json"]).map { "single_face_" + $0 }
    #expect(job.folder.contents == names.sorted())
    #expect(job.result.outputs.map(\.lastPathComponent) == names)

    let times = try frameTimes(source)
    #expect(times.count == 72)
    for name in FinishedJob.videos {
      #expect(largestDifference(try frameTimes(job.video(name)), times) <= 0.001, "\(name)")
      #expect(try FFmpegTool.frameCount(of: job.video(name)) == 72, "\(name)")
      #expect(try audioHash(job.video(name)) == audioHash(source), "\(name): the audio is the source's own")
    }
    for name in tables { #expect(largestDifference(try job.table(name)["timestamp"], times) <= 0.001, "\(name)") }
    #expect(try job.table("landmarks").columns.count == 3 + 3 * 478 + 52)

    for side in ["left_mirrored", "right_mirrored"] {
      let table = try job.table(side)
      #expect(table["frame"] == (1...72).map(Double.init))
      #expect(table["success"].allSatisfy { $0 == 1 })
      #expect(table.columns.count == 5 + 18 + 18)
      let smile = table["AU12_r"]
      #expect(smile[0..<17].allSatisfy { $0 < 0.5 }, "\(side): neutral")
      #expect(smile[24..<68].allSatisfy { $0 > 2.5 }, "\(side): the grin")
      #expect(table["AU12_c"][24..<68].allSatisfy { $0 == 1 })
    }
    try expectCorrectRecord(job)
    try expectDescribedTables(job)
  }

  /// Expects that the dictionary has every table with its columns in order, and that all values are within the stated limits.
  private func expectDescribedTables(_ job: FinishedJob) throws {
    let data = try Data(contentsOf: job.folder.file("\(job.stem)_columns.json"))
    let tables = try #require((try JSONSerialization.jsonObject(with: data) as? [String: Any])?["tables"] as? [[String: Any]])
    #expect(Set(tables.compactMap { $0["url"] as? String }) == Set(job.folder.contents.filter { $0.hasSuffix(".csv") }))
    for table in tables {
      let name = try #require(table["url"] as? String)
      let columns = try #require((table["tableSchema"] as? [String: Any])?["columns"] as? [[String: Any]])
      let lines = try String(contentsOf: job.folder.file(name), encoding: .utf8).split(separator: "\n").map {
        $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      }
      #expect(lines.first == columns.compactMap { $0["name"] as? String }, "\(name)")
      let limits = columns.map {
        ($0["datatype"] as? [String: Any]).map { ($0["minimum"] as? Double, $0["maximum"] as? Double) } ?? (nil, nil)
      }
      for (field, limit) in lines.dropFirst().flatMap({ zip($0, limits) }) {
        guard let value = Double(field), !value.isNaN else { continue }
        #expect(value >= limit.0 ?? value, "\(name)")
        #expect(value <= limit.1 ?? value, "\(name)")
      }
    }
  }

  /// Expects that the run record describes the job and the files.
  private func expectCorrectRecord(_ job: FinishedJob) throws {
    let record = try RunRecord.read(from: job.folder.file("single_face_run.json"))
    #expect(record.job == .process)
    #expect(record.version == SplitFaceVersion.current)
    #expect(record.frames.read == 72)
    #expect(record.frames.withFace == 72)
    #expect(record.frames.written == 72)
    #expect(record.frames.held == 0)
    #expect(record.frames.withoutFace == 0)
    #expect(record.frames.damagedPackets == 0)
    #expect(record.input.timestampOffset == 0)
    #expect(record.input.width == 640)
    #expect(record.input.height == 360)
    #expect(record.input.bytes == 208_428)
    #expect(record.networks.count == 3)
    #expect(record.networks.allSatisfy { $0.published })
    #expect(record.networks.allSatisfy { $0.sha256.count == 64 })
    #expect(record.networks.allSatisfy { !$0.provider.isEmpty })
    #expect(record.engine?.columns.count == 18)
    #expect(record.encoder?.isEmpty == false)
    #expect(record.peakMemory > 1 << 20)
    #expect(record.outputs.count == 12)
    for output in record.outputs {
      let size = try job.folder.file(output.file).resourceValues(forKeys: [.fileSizeKey]).fileSize
      #expect(size == output.bytes, "\(output.file)")
      #expect(output.frames == (output.file.hasSuffix(".mp4") ? 72 : nil))
      let hasRowPerFrame = output.file.hasSuffix(".csv") && !output.file.hasSuffix("_summary.csv")
      #expect(output.rows == (hasRowPerFrame ? 72 : nil), "\(output.file)")
    }
  }

  @Test func mirrorAndExtractWriteOnlyTheirOwnFiles() async throws {
    let folder = try TemporaryDirectory()
    let clip = folder.file("part.mp4")
    try TestClips.write(.init(frames: 26, audio: true), to: clip)
    let mirrored = try await TestJobs.run(clip, kind: .mirror)
    #expect(
      mirrored.folder.contents == [
        "part_columns.json", "part_debug.mp4", "part_face.csv", "part_left_mirrored.mp4", "part_right_mirrored.mp4", "part_run.json",
      ])
    let measured = try await TestJobs.run(clip, kind: .extract)
    #expect(measured.folder.contents == ["part.csv", "part_columns.json", "part_run.json"])
    for job in [mirrored, measured] { try expectDescribedTables(job) }
    let smile = try Table(measured.folder.file("part.csv"))["AU12_r"]
    try #require(smile.count == 26)
    #expect(smile[0..<15].allSatisfy { $0 < 0.5 })
    #expect(smile[25] > 2.5)

    var silent = try TestJobs.splitter().spec
    silent.audio = .none
    let quiet = try await TestJobs.run(clip, kind: .mirror, as: silent)
    #expect(try FFmpegTool.entries("stream=index", of: quiet.video("debug"), stream: "a").isEmpty)
    #expect(try !FFmpegTool.entries("stream=index", of: mirrored.video("debug"), stream: "a").isEmpty)
  }

  /// The run records of two jobs on the same clip do not replace each other, in either order.
  @Test(arguments: [[JobKind.mirror, .extract], [.extract, .process]]) func outputsOfTwoJobsOnOneClipStayVerifiable(_ kinds: [JobKind])
    async throws
  {
    let folder = try TemporaryDirectory()
    let clip = folder.file("part.mp4")
    try TestClips.write(.init(frames: 3), to: clip)
    var options = try TestJobs.splitter().spec
    options.output = folder.file("out")
    for overwrites in [false, true] {
      options.overwrite = overwrites
      for kind in kinds {
        options.kind = kind
        _ = try await TestJobs.splitter().start(clip, as: options).result()
      }
      let records = try StoredResult.recordFiles(in: folder.file("out"))
      #expect(records.map(\.lastPathComponent).sorted() == ["part_\(kinds[1])_run.json", "part_run.json"])
      for record in records {
        let verification = RunVerification(of: record)
        #expect(verification.isIntact, "\(verification.problems)")
        #expect(verification.record?.job == (record.lastPathComponent == "part_run.json" ? kinds[0] : kinds[1]))
      }
    }
  }

  @Test func anEmbeddedReportContainsTheVideosInItsFolder() async throws {
    let folder = try TemporaryDirectory()
    try TestClips.write(.init(frames: 3), to: folder.file("part.mp4"))
    var options = try TestJobs.splitter().spec
    options.embed = true
    let job = try await TestJobs.run(folder.file("part.mp4"), as: options)
    let page = try String(contentsOf: job.folder.file("part_report.html"), encoding: .utf8)
    let videos = page.components(separatedBy: "src=\"data:video/mp4;base64,").dropFirst().map { String($0.prefix { $0 != "\"" }) }
    #expect(try Set(videos) == Set(FinishedJob.videos.map { try Data(contentsOf: job.video($0)).base64EncodedString() }))
    #expect(job.result.record.spec.embed)
  }

  @Test func resultsDoNotDependOnTheNumberOfThreads() async throws {
    let folder = try TemporaryDirectory()
    let clip = folder.file("clip.mp4")
    try TestClips.write(.init(start: 14, frames: 36), to: clip)
    let tables = ["left_mirrored", "right_mirrored", "face", "landmarks"]
    var first: [String]?
    for threads in [1, 2, 8] {
      var configuration = SplitterConfiguration()
      configuration.threads = threads
      var options = try TestJobs.splitter().spec
      options.landmarks = true
      options.report = false
      let job = try await TestJobs.run(clip, splitter: FaceSplitter(for: options, on: configuration), as: options)
      let all =
        try tables.map { try String(contentsOf: job.folder.file("clip_\($0).csv"), encoding: .utf8) }
        + FinishedJob.videos.map {
          String(decoding: try FFmpegTool.output(["-i", job.video($0).path, "-f", "framemd5", "-"]), as: UTF8.self)
        }
      if let first { #expect(all == first, "\(threads) threads") } else { first = all }
    }
  }
}

/// Returns the presentation times, in seconds, of the frames that ffprobe decodes.
func frameTimes(_ file: URL) throws -> [Double] {
  try FFmpegTool.entries("frame=best_effort_timestamp_time", of: file).compactMap { line in
    line.split(separator: ",").first.flatMap { Double($0) }
  }
}

/// Returns a checksum of the audio packets.
func audioHash(_ file: URL) throws -> Data {
  try FFmpegTool.output(["-i", file.path, "-map", "0:a:0", "-c", "copy", "-f", "streamhash", "-"])
}
