import FaceNetworks
public import Measures

/// The table of Action Units with OpenFace's columns: `frame,face_id,timestamp,confidence,success`, then `AU01_r … AU45_r` (intensities),
/// then `AU01_c … AU45_c` (presence, 0 or 1), and on request the scores for emotions and the gaze.
///
/// Frames are numbered from 1, `face_id` is 0, and timestamps are in seconds. Values that an engine does not provide are `nan`. A frame
/// without a face has success 0, confidence 0 and `nan` in all further columns.
///
/// Fields are separated by commas without spaces, as in OpenFace 2.2. Earlier versions of OpenFace put a space after each comma, which
/// pandas and Excel read as part of the column names.
public enum OpenFaceTable {
  /// The reading of one frame.
  public struct Row: Sendable {
    /// The number of the frame, counted from 1.
    public var number: Int
    /// The time of the frame in seconds.
    public var timestamp: Double
    public var reading: ActionUnitReading

    public init(number: Int, timestamp: Double, reading: ActionUnitReading) {
      self.number = number
      self.timestamp = timestamp
      self.reading = reading
    }

    /// Returns a value of the reading; nil if no face was found.
    fileprivate func value(_ value: (ActionUnitReading) -> Float?) -> Float? { reading.success ? value(reading) : nil }
  }

  /// Returns an intensity rounded as in its column. Presence is decided by the rounded value, so that both columns of an Action Unit agree.
  static func printed(_ intensity: Float) -> Double {
    DecimalText.printed(Double(intensity), decimals: TableColumn<Row>.valueDecimals)
  }

  /// Returns the table for an engine's measures.
  /// - Parameters:
  ///   - measures: the engine's measures, one for each Action Unit, in the order of `ActionUnit.allCases`.
  ///   - extras: the groups of additional columns to include. They follow in the order of `ExtraColumn.allCases`.
  public static func table(_ measures: [MeasureID], extras: Set<ExtraColumn> = []) -> Table<Row> {
    Table(
      columns: [
        .frame { $0.number }, .count("face_id", "Always 0; only one face is followed.", to: 0) { _ in 0 }, .timestamp { $0.timestamp },
        .number("confidence", "The engine's confidence that there is a face; 0 if none was found.", decimals: 4, (0, 1), isRequired: true) {
          $0.reading.success ? $0.reading.confidence : 0
        },
        .flag("success", "1 if a face was measured; if not, all further columns are nan.") { $0.reading.success },
      ]
        + measures.enumerated().map { position, measure in
          .value(of: measure, named: measure.name + "_r") { $0.value { $0.intensity.inOrder[position] } }
        }
        + measures.enumerated().map { position, measure in
          .count(
            measure.name + "_c", "\(measure.name) \(measure.title): 1 if present, 0 if absent, by the engine's threshold.", to: 1,
            isRequired: false
          ) { $0.value { $0.presence.inOrder[position] }.flatMap { $0.isNaN ? nil : Int($0) } }
        }
        + ExtraColumn.allCases.filter(extras.contains).flatMap(columns))
  }

  private static func columns(_ extra: ExtraColumn) -> [TableColumn<Row>] {
    func angle(_ name: String, _ value: @escaping @Sendable (Gaze) -> Float) -> TableColumn<Row> {
      .number("gaze_" + name, "Direction of the gaze, \(name), as the network returns it.", decimals: 5, unit: "rad") {
        $0.value { $0.gaze.map(value) }.map(Double.init)
      }
    }
    return switch extra {
    case .emotion:
      Emotion.allCases.enumerated().map { position, emotion in
        .number("emotion_" + emotion.rawValue, "Score for the emotion “\(emotion.rawValue)”, as the network returns it.", decimals: 4) {
          $0.value { $0.emotion?[position] }.map(Double.init)
        }
      }
    case .gaze: [angle("yaw", \.yaw), angle("pitch", \.pitch)]
    }
  }
}
