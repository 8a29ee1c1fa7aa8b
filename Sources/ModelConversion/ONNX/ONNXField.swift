/// Field numbers of ONNX's messages (`onnx.proto3`).
enum ONNXField {
  /// `ValueInfoProto.name`.
  static let value = 1

  enum Model {
    static let graph = 7
  }

  enum Graph {
    static let node = 1
    static let initializer = 5
    static let input = 11
    static let output = 12
    static let valueInformation = 13
  }

  enum Node {
    static let input = 1
    static let output = 2
    static let operatorType = 4
    static let attribute = 5
  }

  enum Attribute {
    static let name = 1
    static let integer = 3
    static let graphs: Set<Int> = [6, 11]
  }

  enum Tensor {
    static let dimensions = 1
    static let name = 8
    static let rawData = 9
    static let externalData = 13
    static let dataLocation = 14
  }
}
