import ActionUnits
public import Foundation

extension RunRecord: Codable {
  private enum CodingKeys: String, CodingKey {
    case schema, version, job, spec, finished, input, options, frames, engine, networks, inference, encoder, outputs, time, peakMemory,
      warnings
  }

  /// The options in the form in which version 0.1 recorded them. They are still written for programs that read that form, and they are the
  /// only place for `threads` and `providers`.
  fileprivate struct Options: Codable {
    var engine: EngineChoice
    var orientation: OrientationChoice
    var audio: AudioChoice
    var encoder: String?
    /// Nil if libx264 wrote no video; also nil in records of early versions, which used `crf`.
    var rateControl: RateControlChoice?
    var landmarks: Bool
    var threads: Int
    var providers: [String]
    var extraColumns: [String]
    var embed: Bool?
  }

  /// The only encoder that uses ``JobSpec/rateControl``.
  private static let rateControlledEncoder = "libx264"

  /// Whether the encoder that wrote the videos used ``JobSpec/rateControl``.
  public var usesRateControl: Bool { encoder == Self.rateControlledEncoder }

  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    schema = try values.decode(Int.self, forKey: .schema)
    version = try values.decode(String.self, forKey: .version)
    finished = try values.decode(Date.self, forKey: .finished)
    input = try values.decode(Input.self, forKey: .input)
    frames = try values.decode(Frames.self, forKey: .frames)
    engine = try values.decodeIfPresent(Engine.self, forKey: .engine)
    networks = try values.decode([Network].self, forKey: .networks)
    inference = try values.decode(InferenceLibrary.self, forKey: .inference)
    encoder = try values.decodeIfPresent(String.self, forKey: .encoder)
    outputs = try values.decode([Output].self, forKey: .outputs)
    time = try values.decode(Time.self, forKey: .time)
    peakMemory = try values.decode(Int.self, forKey: .peakMemory)
    warnings = try values.decode([String].self, forKey: .warnings)
    let options = try values.decode(Options.self, forKey: .options)
    resources = Resources(threads: options.threads, providers: options.providers)
    if let spec = try values.decodeIfPresent(JobSpec.self, forKey: .spec) {
      self.spec = spec
    } else {
      spec = JobSpec(try values.decode(JobKind.self, forKey: .job), inputs: [URL(filePath: input.path)])
      spec.complete(with: options, hasReport: outputs.contains { $0.file.hasSuffix("_report.html") })
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(schema, forKey: .schema)
    try values.encode(version, forKey: .version)
    try values.encode(job, forKey: .job)
    try values.encode(spec, forKey: .spec)
    try values.encode(finished, forKey: .finished)
    try values.encode(input, forKey: .input)
    try values.encode(
      Options(
        engine: spec.engine, orientation: spec.orientation, audio: spec.audio, encoder: spec.encoder,
        rateControl: usesRateControl ? spec.rateControl : nil, landmarks: spec.landmarks, threads: resources.threads,
        providers: resources.providers, extraColumns: spec.extraColumns.map(\.rawValue).sorted(), embed: spec.embed), forKey: .options)
    try values.encode(frames, forKey: .frames)
    try values.encodeIfPresent(engine, forKey: .engine)
    try values.encode(networks, forKey: .networks)
    try values.encode(inference, forKey: .inference)
    try values.encodeIfPresent(self.encoder, forKey: .encoder)
    try values.encode(outputs, forKey: .outputs)
    try values.encode(time, forKey: .time)
    try values.encode(peakMemory, forKey: .peakMemory)
    try values.encode(warnings, forKey: .warnings)
  }

  /// Returns the JSON text, with sorted keys and one line per field.
  public func encoded() throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    encoder.dateEncodingStrategy = .iso8601
    return try encoder.encode(self) + Data("\n".utf8)
  }

  /// Reads a `<stem>_run.json` of this version or an earlier one.
  /// - Throws: `ResultsError.recordUnreadable`.
  public static func read(from file: URL) throws(ResultsError) -> RunRecord {
    let decoder = JSONDecoder()
    decoder.dateDecodingStrategy = .iso8601
    do { return try decoder.decode(RunRecord.self, from: Data(contentsOf: file)) } catch {
      throw ResultsError(.recordUnreadable, "\(file.lastPathComponent) cannot be read as the record of a job")
    }
  }
}

extension JobSpec {
  /// Sets the options of a record by version 0.1, which contained no job description.
  fileprivate mutating func complete(with options: RunRecord.Options, hasReport: Bool) {
    engine = options.engine
    orientation = options.orientation
    audio = options.audio
    encoder = options.encoder
    rateControl = options.rateControl ?? .crf
    landmarks = options.landmarks
    extraColumns = Set(options.extraColumns.compactMap(ExtraColumn.init(rawValue:)))
    report = hasReport
    embed = options.embed ?? false
    self = effective
  }
}
