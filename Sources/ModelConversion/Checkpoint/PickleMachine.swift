/// Interprets the part of Python's pickle language that describes dictionaries of tensors, and refuses the rest by name.
///
/// A pickle is a program: Python's own unpickling calls all functions that it names. This machine cannot call functions. It knows only the
/// opcodes of `PickleOpcode` and the names of `PickleGlobal`, and its result is plain data. A pickle's length, stack and memo are limited,
/// nothing here is recursive, and no opcode copies more than it consumes. Time and memory are therefore proportional to the bytes that are
/// read.
///
/// Sources: CPython's Lib/pickletools.py for the language; torch/serialization.py and torch/_utils.py for what PyTorch writes.
package struct PickleMachine {
  static let context = "checkpoint's pickle"
  /// The maximum length of a pickle in bytes. The pickle in STAR's published file, which also describes the optimiser, has well under a
  /// million bytes.
  static let maximumLength = 4 << 20
  private static let maximumEntries = 1 << 20

  private(set) package var reader: ByteReader
  private(set) package var containers = PickleContainers()
  /// The types of all storages that the pickle refers to, by their keys.
  private(set) package var storageTypes: [String: ScalarType] = [:]
  private let start: Int
  private var stack: [PickleValue] = []
  private var marks: [Int] = []
  private var memo: [UInt32: PickleValue] = [:]

  /// Creates a machine for one pickle.
  ///
  /// - Parameter reader: a reader whose cursor is at the beginning of the pickle.
  package init(_ reader: ByteReader) {
    self.reader = reader
    self.start = reader.offset
  }

  /// Interprets the pickle to its end and leaves the reader's cursor after it.
  ///
  /// - Throws: `refused` for a global or opcode that a state dictionary does not need, `malformed` if the pickle contradicts itself,
  ///   `unsupported` for versions of the format that cannot be read.
  package mutating func run() throws(ConversionError) -> PickleValue {
    while true {
      guard reader.offset - start < Self.maximumLength, stack.count < Self.maximumEntries, memo.count < Self.maximumEntries else {
        throw malformed("it is far larger than the pickle of any network")
      }
      let byte = try reader.readUInt8()
      guard let opcode = PickleOpcode(rawValue: byte) else {
        throw ConversionError(
          .refused, Self.context,
          "at byte \(reader.offset - 1) it uses \(PickleOpcode.name(ofRefused: byte)), which no network needs; nothing was executed")
      }
      if opcode == .stop { return try pop() }
      try execute(opcode)
    }
  }

  private mutating func execute(_ opcode: PickleOpcode) throws(ConversionError) {
    switch opcode {
    case .stop: break
    case .protocolVersion: try checkProtocol(try reader.readUInt8())
    case .frame: try reader.skip(8)
    case .mark: marks.append(stack.count)
    case .pop: _ = try pop()
    case .none: stack.append(.none)
    case .newTrue: stack.append(.bool(true))
    case .newFalse: stack.append(.bool(false))
    case .binInt: stack.append(.int(Int(try reader.readInt32())))
    case .binInt1: stack.append(.int(Int(try reader.readUInt8())))
    case .binInt2: stack.append(.int(Int(try reader.readUInt16())))
    case .long1: try pushLong()
    case .binFloat: stack.append(.float(Double(bitPattern: try reader.readInteger(as: UInt64.self).byteSwapped)))  // big-endian
    case .binString, .binUnicode: try pushString(length: Int(try reader.readUInt32()))
    case .shortBinString, .shortBinUnicode: try pushString(length: Int(try reader.readUInt8()))
    case .emptyTuple: stack.append(.tuple(PickleContainers.empty))
    case .emptyList: stack.append(.list(containers.add([])))
    case .emptyDictionary: stack.append(.dictionary(containers.add([])))
    case .tuple1: try pushTuple(try popLast(1))
    case .tuple2: try pushTuple(try popLast(2))
    case .tuple3: try pushTuple(try popLast(3))
    case .tuple: try pushTuple(try popToMark())
    case .append: try appendToList(try popLast(1))
    case .appends: try appendToList(try popToMark())
    case .setItem: try setItems(try popLast(2))
    case .setItems: try setItems(try popToMark())
    case .binGet: try get(UInt32(try reader.readUInt8()))
    case .longBinGet: try get(try reader.readUInt32())
    case .binPut: memo[UInt32(try reader.readUInt8())] = try top()
    case .longBinPut: memo[try reader.readUInt32()] = try top()
    case .memoize: memo[UInt32(memo.count)] = try top()
    case .global: try pushGlobal(module: try readLine(), name: try readLine())
    case .stackGlobal: try pushGlobalFromStack()
    case .instance: try refuseInstance()
    case .binPersistentID: try pushStorage(try pop())
    case .reduce: try reduce()
    case .build: try build()
    }
  }

  // MARK: the stack

  private func malformed(_ what: String) -> ConversionError {
    ConversionError(.malformed, Self.context, "\(what) (at byte \(reader.offset))")
  }

  /// The smallest size to which the stack may shrink: values below the last mark cannot be used until the mark itself is used.
  private var floor: Int { marks.last ?? 0 }

  private func top() throws(ConversionError) -> PickleValue {
    guard stack.count > floor, let value = stack.last else { throw malformed("it uses a value, but the stack is empty") }
    return value
  }

  private mutating func pop() throws(ConversionError) -> PickleValue {
    let value = try top()
    stack.removeLast()
    return value
  }

  private mutating func popLast(_ count: Int) throws(ConversionError) -> [PickleValue] {
    guard stack.count - floor >= count else { throw malformed("it uses more values than the stack contains") }
    let values = Array(stack[(stack.count - count)...])  // A slice would make the next line copy the whole stack.
    stack.removeLast(count)
    return values
  }

  private mutating func popToMark() throws(ConversionError) -> [PickleValue] {
    guard let mark = marks.popLast() else { throw malformed("it uses a mark, but there is none") }
    let values = Array(stack[mark...])
    stack.removeLast(values.count)
    return values
  }

  private mutating func get(_ index: UInt32) throws(ConversionError) {
    guard let value = memo[index] else { throw malformed("it uses memo entry \(index), which does not exist") }
    stack.append(value)
  }

  // MARK: plain values

  private func checkProtocol(_ version: UInt8) throws(ConversionError) {
    guard version <= 4 else {
      throw ConversionError(.unsupported, Self.context, "protocol \(version) is newer than what torch.save writes (2 to 4)")
    }
  }

  private mutating func pushLong() throws(ConversionError) {
    let bytes = try reader.readBytes(Int(try reader.readUInt8()))
    guard bytes.count <= 8 else { return stack.append(.bigInteger(Array(bytes))) }
    var value: UInt64 = bytes.last.map { $0 >= 0x80 ? .max : 0 } ?? 0
    for byte in bytes.reversed() { value = value << 8 | UInt64(byte) }
    stack.append(.int(Int(Int64(bitPattern: value))))
  }

  private mutating func pushString(length: Int) throws(ConversionError) {
    guard let string = String(validating: try reader.readBytes(length), as: UTF8.self) else {
      throw malformed("it contains a string that is not UTF-8")
    }
    stack.append(.string(string))
  }

  private mutating func pushTuple(_ values: [PickleValue]) throws(ConversionError) {
    stack.append(.tuple(values.isEmpty ? PickleContainers.empty : containers.add(values)))
  }

  private mutating func appendToList(_ values: [PickleValue]) throws(ConversionError) {
    guard case .list(let list) = try top() else { throw malformed("it appends to \(try top().kind)") }
    containers.append(values, to: list)
  }

  private mutating func setItems(_ values: [PickleValue]) throws(ConversionError) {
    guard case .dictionary(let dictionary) = try top() else { throw malformed("it sets items of \(try top().kind)") }
    guard values.count.isMultiple(of: 2) else { throw malformed("it sets a key without a value") }
    containers.append(values, to: dictionary)
  }

  // MARK: globals

  /// Reads the rest of a line, which must be short: the name of a module or function.
  private mutating func readLine() throws(ConversionError) -> String {
    var bytes: [UInt8] = []
    while true {
      let byte = try reader.readUInt8()
      if byte == 0x0A { return String(decoding: bytes, as: UTF8.self) }
      bytes.append(byte)
      guard bytes.count <= 1000 else { throw malformed("it names a global of over 1000 bytes") }
    }
  }

  private mutating func pushGlobal(module: String, name: String) throws(ConversionError) {
    stack.append(.global(try PickleGlobal(module: module, name: name)))
  }

  private mutating func pushGlobalFromStack() throws(ConversionError) {
    let values = try popLast(2)
    guard case .string(let module) = values[0], case .string(let name) = values[1] else {
      throw malformed("it names a global by something that is not a string")
    }
    try pushGlobal(module: module, name: name)
  }

  private mutating func refuseInstance() throws(ConversionError) {
    let global = try PickleGlobal(module: try readLine(), name: try readLine())
    throw ConversionError(.refused, Self.context, "it creates a \(global) in a way that torch.save never does; nothing was executed")
  }

  // MARK: calls

  private mutating func reduce() throws(ConversionError) {
    let values = try popLast(2)
    guard case .global(let global) = values[0] else { throw malformed("it calls \(values[0].kind)") }
    guard case .tuple(let tuple) = values[1] else { throw malformed("it calls \(global) with \(values[1].kind)") }
    let arguments = containers[tuple]
    switch global {
    case .orderedDictionary where arguments.isEmpty, .counter where arguments.isEmpty:
      stack.append(.dictionary(containers.add([])))
    case .counter where arguments.count == 1:
      guard case .dictionary = arguments[0] else { throw malformed("it calls \(global) with \(arguments[0].kind)") }
      stack.append(arguments[0])
    case .rebuildTensor: stack.append(.tensor(try tensor(arguments)))
    case .rebuildParameter:
      guard case .tensor(let tensor)? = arguments.first else { throw malformed("it calls \(global) without a tensor") }
      stack.append(.tensor(tensor))
    default: throw malformed("it calls \(global) with \(arguments.count) arguments, which torch.save never does")
    }
  }

  /// Returns the result of `_rebuild_tensor_v2(storage, offset, size, stride, requires_grad, backward_hooks[, metadata])`.
  private func tensor(_ arguments: [PickleValue]) throws(ConversionError) -> TensorReference {
    guard arguments.count == 6 || arguments.count == 7, case .storage(let storage) = arguments[0], case .int(let offset) = arguments[1]
    else { throw malformed("it describes a tensor in a way that torch.save never does") }
    return TensorReference(
      storage: storage, offset: offset, shape: try integers(arguments[2]), strides: try integers(arguments[3]))
  }

  private func integers(_ value: PickleValue) throws(ConversionError) -> [Int] {
    guard case .tuple(let tuple) = value, containers[tuple].count <= 8 else {
      throw malformed("it gives a tensor's shape or strides as something other than a tuple of up to eight integers")
    }
    var integers: [Int] = []
    for element in containers[tuple] {
      guard case .int(let integer) = element else { throw malformed("it gives a tensor's shape or strides as \(element.kind)") }
      integers.append(integer)
    }
    return integers
  }

  /// Pushes the storage that the tuple `('storage', type, key, location, count)` identifies. In the legacy container, the tuple also
  /// contains a view, which has been None since PyTorch 0.4.
  private mutating func pushStorage(_ identifier: PickleValue) throws(ConversionError) {
    guard case .tuple(let tuple) = identifier else { throw malformed("it refers to \(identifier.kind) outside the pickle") }
    let parts = containers[tuple]
    guard parts.count == 5 || parts.count == 6, case .string("storage") = parts[0], case .global(.storage(let type)) = parts[1],
      case .string(let key) = parts[2], case .int(let count) = parts[4], count >= 0
    else { throw malformed("it refers to a storage in a way that torch.save never does") }
    if parts.count == 6 {
      guard case .none = parts[5] else {
        throw ConversionError(.unsupported, Self.context, "storage \(key) is a view of another one; save the file with a newer PyTorch")
      }
    }
    guard storageTypes.updateValue(type, forKey: key) ?? type == type else { throw malformed("it gives storage \(key) two types") }
    stack.append(.storage(StorageReference(key: key, type: type, count: count)))
  }

  /// Ignores the attributes of a state dictionary. They are PyTorch's version numbers (`_metadata`), on which no network here depends.
  private mutating func build() throws(ConversionError) {
    let attributes = try pop()
    guard case .dictionary = attributes, case .dictionary = try top() else {
      throw malformed("it sets attributes of \(try top().kind)")
    }
  }
}
