public import Foundation
public import Results
public import SplitFace

/// The results of a `SpeedBenchmark` on one machine.
public struct BenchmarkReport: Sendable, Codable {
  /// The version of the report's format. It is raised when the meaning of a field changes.
  public var schema = 1
  /// The version of SplitFace.
  public var version: String
  public var date: Date
  public var machine: Machine
  public var clip: Clip
  /// The measurements of whole jobs, from the input file to finished outputs.
  public var jobs: [Job]
  /// The measurements of the stages of the first job in ``jobs``.
  public var stages: [StageRow]
  public var networks: [NetworkRow]
  /// The comparison of threads with processes; nil if it was not requested.
  public var comparison: [ComparisonRow]?
  /// Notes that the reader needs to interpret the numbers, one sentence each.
  public var notes: [String]

  public struct Machine: Sendable, Codable {
    public var system: String
    public var processor: String
    public var cores: Int
    /// The physical memory in bytes.
    public var memory: Int
    /// The version of ONNX Runtime.
    public var inference: String
    /// The execution providers in order of preference.
    public var providers: [String]
    /// The number of threads that may compute at the same time.
    public var threads: Int
  }

  public struct Clip: Sendable, Codable {
    /// The origin of the clip: a video that the user named, a clip that was generated for the benchmark, or the installed demo clip.
    public enum Origin: String, Sendable, Codable {
      case given, drawn, demo
    }

    public var name: String
    public var origin: Origin
    /// The width of an upright frame in pixels.
    public var width: Int
    /// The height of an upright frame in pixels.
    public var height: Int
    public var frames: Int
    public var framesWithFace: Int
    /// The length in seconds.
    public var duration: Double?
  }

  public struct Job: Sendable, Codable {
    public var kind: JobKind
    public var engine: String?
    /// The duration of the median run in seconds.
    public var seconds: Double
    public var framesPerSecond: Double
    /// The length of the video divided by the time that the job took. Above 1 is faster than real time.
    public var realTimeFactor: Double?
    /// The mean number of busy cores: the processor time divided by the elapsed time.
    public var busyCores: Double
    /// The peak memory of the process in bytes. It is nil for all jobs but the first, because the system reports only one peak for a
    /// process.
    public var peakMemory: Int?
  }

  public struct StageRow: Sendable, Codable {
    public var stage: Stage
    /// The elapsed time in seconds, summed over the stage's threads.
    public var seconds: Double
    /// The stage's share of the time of all stages, 0…1.
    public var share: Double
    /// The number of frames per second that the stage would process if it ran alone, on one thread.
    public var framesPerSecond: Double?
  }

  public struct NetworkRow: Sendable, Codable {
    public var network: String
    public var provider: String
    /// The number of images per run.
    public var batch: Int
    /// The time per image on one thread, in milliseconds; the median of several runs.
    public var millisecondsPerImage: Double
  }

  public struct ComparisonRow: Sendable, Codable {
    public enum Form: String, Sendable, Codable {
      /// One process with several threads that share the networks.
      case threading
      /// Several processes with one thread each, which load their own networks.
      case multiprocessing
    }

    public var form: Form
    /// The number of threads or processes.
    public var workers: Int
    public var frames: Int
    public var framesPerSecond: Double
    /// The sum of the peak memory of all processes, in bytes.
    public var peakMemory: Int
    /// The time until all workers were ready to measure, in seconds.
    public var startUp: Double
  }

  /// Returns the report as JSON with sorted keys and one field per line.
  public func encoded() throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    encoder.dateEncodingStrategy = .iso8601
    return try encoder.encode(self) + Data("\n".utf8)
  }

  /// Reads a report that `encoded()` wrote.
  public static func decoded(from data: Data) throws -> BenchmarkReport {
    let decoder = JSONDecoder()
    decoder.dateDecodingStrategy = .iso8601
    return try decoder.decode(BenchmarkReport.self, from: data)
  }
}
