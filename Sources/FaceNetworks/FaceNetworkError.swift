/// An error of a face network: a model that is not the expected network, or an unexpected result of a run.
public struct FaceNetworkError: Error, CustomStringConvertible {
  /// The kind of error. New kinds may be added.
  public struct Code: Hashable, Sendable, CustomStringConvertible {
    private enum Name: String { case wrongModel, unexpectedOutput }
    private let name: Name
    private init(_ name: Name) { self.name = name }
    public var description: String { name.rawValue }

    /// The model's inputs or outputs are not those of the expected network.
    public static let wrongModel = Code(.wrongModel)
    /// An output of a run does not have the declared number of values.
    public static let unexpectedOutput = Code(.unexpectedOutput)
  }

  public let code: Code
  /// One line: what happened, and in which network.
  public let message: String
  public var description: String { message }

  public init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }
}
