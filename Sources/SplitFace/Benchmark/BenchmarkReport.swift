public import Foundation
public import Results

/// What `splitface benchmark` measured on one machine.
public struct BenchmarkReport: Sendable, Codable {
  /// The report's own form; raised when a field changes its meaning.
  public var schema = 1
  /// SplitFace's version.
  public var version: String
  public var date: Date
  public var machine: Machine
  public var clip: Clip
  /// Whole jobs, from the file to finished outputs.
  public var jobs: [Job]
  /// The parts of the first of ``jobs``.
  public var stages: [StageRow]
  public var networks: [NetworkRow]
  /// Threads against processes, where that was asked for.
  public var comparison: [ComparisonRow]?
  /// What the reader of the numbers should know.
  public var notes: [String]

  public struct Machine: Sendable, Codable {
    public var system: String
    public var processor: String
    public var cores: Int
    /// Bytes.
    public var memory: Int
    /// ONNX Runtime's version.
    public var inference: String
    /// Providers in the order in which they are tried.
    public var providers: [String]
    /// Threads that computed at once.
    public var threads: Int
  }

  public struct Clip: Sendable, Codable {
    /// Where the frames come from.
    public enum Origin: String, Sendable, Codable {
      case given, drawn, demo
    }

    public var name: String
    public var origin: Origin
    /// Pixels, upright.
    public var width: Int
    public var height: Int
    public var frames: Int
    public var framesWithFace: Int
    /// Seconds.
    public var duration: Double?
  }

  public struct Job: Sendable, Codable {
    public var kind: JobKind
    public var engine: String?
    /// Seconds, of the median run.
    public var seconds: Double
    public var framesPerSecond: Double
    /// Seconds of video in a second; above 1 is faster than the video plays.
    public var realTimeFactor: Double?
    /// Processor seconds in a second: how many cores were busy.
    public var busyCores: Double
    /// Bytes: the most that the process held so far; only of the first job, since it cannot be told for later ones.
    public var peakMemory: Int?
  }

  public struct StageRow: Sendable, Codable {
    public var stage: Stage
    /// Seconds on the clock, summed over the stage's threads.
    public var seconds: Double
    /// Of the sum over all stages, 0…1.
    public var share: Double
    /// Frames a second if there were nothing but this stage, on one thread.
    public var framesPerSecond: Double?
  }

  public struct NetworkRow: Sendable, Codable {
    public var network: String
    public var provider: String
    /// Images in one run.
    public var batch: Int
    /// Milliseconds for one image on one thread, of the median run.
    public var millisecondsPerImage: Double
  }

  public struct ComparisonRow: Sendable, Codable {
    public enum Form: String, Sendable, Codable {
      /// One process whose threads share the networks.
      case threading
      /// Processes with networks of their own.
      case multiprocessing
    }

    public var form: Form
    /// Threads, or processes.
    public var workers: Int
    public var frames: Int
    public var framesPerSecond: Double
    /// Bytes: the peaks of all processes, added up.
    public var peakMemory: Int
    /// Seconds until all workers are ready to measure.
    public var startUp: Double
  }

  /// The JSON text, keys sorted, one line a field.
  public func encoded() throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    encoder.dateEncodingStrategy = .iso8601
    return try encoder.encode(self) + Data("\n".utf8)
  }

  public static func decoded(from data: Data) throws -> BenchmarkReport {
    let decoder = JSONDecoder()
    decoder.dateDecodingStrategy = .iso8601
    return try decoder.decode(BenchmarkReport.self, from: data)
  }
}
