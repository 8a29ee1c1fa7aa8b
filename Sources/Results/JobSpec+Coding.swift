import ActionUnits
public import Foundation
import ModelStore

extension JobSpec: Codable {
  private enum CodingKeys: String, CodingKey, CaseIterable {
    case job, inputs, output, recursive, overwrite, engine, blink, extraColumns, models, orientation, audio, encoder, rateControl,
      landmarks,
      report, embed
  }

  /// Reads a job. Options that are left out get their defaults. Paths are relative to the working folder of the program that runs the job.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    func value<Value: Decodable>(_ key: CodingKeys, or usual: Value) throws -> Value {
      try values.decodeIfPresent(Value.self, forKey: key) ?? usual
    }
    self.init(try value(.job, or: .process), inputs: try value(.inputs, or: [String]()).map { URL(filePath: $0) })
    output = try values.decodeIfPresent(String.self, forKey: .output).map { URL(filePath: $0, directoryHint: .isDirectory) }
    recursive = try value(.recursive, or: recursive)
    overwrite = try value(.overwrite, or: overwrite)
    engine = try value(.engine, or: engine)
    blink = try value(.blink, or: blink)
    extraColumns = Set(try value(.extraColumns, or: [ExtraColumn]()))
    for (name, path) in try value(.models, or: [String: String]()) {
      guard let network = NetworkName(rawValue: name) else {
        let names = NetworkName.allCases.map(\.rawValue).joined(separator: ", ")
        throw DecodingError.dataCorruptedError(
          forKey: .models, in: values, debugDescription: "'\(name)' is not a network; the networks are \(names)")
      }
      models[network] = URL(filePath: path)
    }
    orientation = try value(.orientation, or: orientation)
    audio = try value(.audio, or: audio)
    encoder = try values.decodeIfPresent(String.self, forKey: .encoder)
    rateControl = try value(.rateControl, or: rateControl)
    landmarks = try value(.landmarks, or: landmarks)
    report = try value(.report, or: report)
    embed = try value(.embed, or: embed)
  }

  /// Writes all options, including those that have their default values, so that a file shows which options there are.
  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(kind, forKey: .job)
    try values.encode(inputs.map { $0.relativePath }, forKey: .inputs)
    try values.encode(output?.relativePath, forKey: .output)
    try values.encode(recursive, forKey: .recursive)
    try values.encode(overwrite, forKey: .overwrite)
    try values.encode(engine, forKey: .engine)
    try values.encode(blink, forKey: .blink)
    try values.encode(extraColumns.sorted { $0.rawValue < $1.rawValue }, forKey: .extraColumns)
    try values.encode(Dictionary(uniqueKeysWithValues: models.map { ($0.key.rawValue, $0.value.relativePath) }), forKey: .models)
    try values.encode(orientation, forKey: .orientation)
    try values.encode(audio, forKey: .audio)
    try values.encode(self.encoder, forKey: .encoder)
    try values.encode(rateControl, forKey: .rateControl)
    try values.encode(landmarks, forKey: .landmarks)
    try values.encode(report, forKey: .report)
    try values.encode(embed, forKey: .embed)
  }

  /// Returns the JSON text, with sorted keys and one line per option.
  public func encoded() throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return try encoder.encode(self) + Data("\n".utf8)
  }

  /// Reads a job that a person may have written. An unknown option is an error, because it may be a misspelling.
  /// - Parameters:
  ///   - json: the JSON text.
  ///   - name: the name of the text in messages, such as the path of its file.
  /// - Throws: `ResultsError.invalidJobSpec`. Its message names the option and says what is wrong with it.
  public init(json: Data, from name: String) throws(ResultsError) {
    do {
      let given = try JSONDecoder().decode([String: AnyValue].self, from: json).keys
      if let unknown = given.sorted().first(where: { CodingKeys(rawValue: $0) == nil }) {
        let options = CodingKeys.allCases.map(\.rawValue).joined(separator: ", ")
        throw ResultsError(.invalidJobSpec, "\(name): '\(unknown)' is not an option of a job; the options are \(options)")
      }
      self = try JSONDecoder().decode(JobSpec.self, from: json)
    } catch let error as ResultsError { throw error } catch {
      throw ResultsError(.invalidJobSpec, "\(name) is not a valid job description: \(Self.reason(error))")
    }
  }

  private static func reason(_ error: any Error) -> String {
    let context: DecodingError.Context? =
      switch error as? DecodingError {
      case .dataCorrupted(let context), .typeMismatch(_, let context), .valueNotFound(_, let context), .keyNotFound(_, let context): context
      default: nil
      }
    guard let context else { return "\(error)" }
    let place = context.codingPath.map(\.stringValue).joined(separator: ".")
    return place.isEmpty ? context.debugDescription : "\(place): \(context.debugDescription)"
  }

  /// Decodes any JSON value and ignores it.
  private struct AnyValue: Decodable { init(from decoder: any Decoder) {} }
}
