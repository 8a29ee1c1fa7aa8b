import ModelConversion
import Testing

@Suite struct PickleMachineTests {
  private func refusal(_ file: [UInt8]) -> ConversionError? {
    #expect(throws: ConversionError.self) { try CheckpointConverter.convert(file, as: .star) }
  }

  /// The output of `pickle.dumps` for an object whose `__reduce__` calls a shell.
  private let shell: [UInt8] =
    LegacyCheckpoint.global("posix", "system") + LegacyCheckpoint.tuple([LegacyCheckpoint.string("touch /tmp/pwned")]) + Array("R".utf8)

  @Test func aCheckpointThatCallsAShellIsRefusedByName() {
    for file in [
      LegacyCheckpoint.file(object: shell), LegacyCheckpoint.pickle(shell),
      LegacyCheckpoint.file(object: Array("}".utf8) + LegacyCheckpoint.string("net") + shell + Array("s".utf8)),
    ] {
      let error = refusal(file)
      #expect(error?.code == .refused)
      #expect("\(error as Any)".contains("posix.system"))
    }
  }

  /// Protocol 4 names globals by two strings on the stack.
  @Test func aGlobalNamedOnTheStackIsRefused() {
    func short(_ string: String) -> [UInt8] { [0x8C, UInt8(string.utf8.count)] + Array(string.utf8) + [0x94] }
    let object: [UInt8] = [0x80, 4] + short("os") + short("system") + [0x93, 0x94] + short("id") + [0x85, 0x52] + Array(".".utf8)
    let error = refusal(object)
    #expect(error?.code == .refused)
    #expect("\(error as Any)".contains("os.system"))
  }

  /// The opcode `i` names a global and calls it.
  @Test func anInstanceIsRefusedByName() {
    let error = refusal(LegacyCheckpoint.file(object: Array("(ios\nsystem\n".utf8)))
    #expect(error?.code == .refused)
    #expect("\(error as Any)".contains("os.system"))
  }

  @Test(arguments: [
    ("builtins", "eval"), ("torch", "load"), ("torch.storage", "_load_from_bytes"), ("collections", "namedtuple"),
    ("torch._utils", "_rebuild_tensor"), ("numpy.core.multiarray", "_reconstruct"), ("", ""),
  ])
  func anUnknownGlobalIsRefusedByName(_ module: String, _ name: String) {
    let error = refusal(LegacyCheckpoint.file(object: LegacyCheckpoint.global(module, name)))
    #expect(error?.code == .refused)
    #expect("\(error as Any)".contains("\(module).\(name)"))
  }

  @Test(arguments: [
    (0x81, "NEWOBJ"), (0x92, "NEWOBJ_EX"), (0x6F, "OBJ"), (0x82, "EXT1"), (0x32, "DUP"), (0x50, "PERSID"), (0x49, "INT"), (0xFE, "254"),
  ])
  func anUnsupportedOpcodeIsRefusedByName(_ byte: UInt8, _ name: String) {
    let error = refusal(LegacyCheckpoint.file(object: [byte]))
    #expect(error?.code == .refused)
    #expect("\(error as Any)".contains(name))
  }

  @Test(arguments: ["R", "t", "s", "u", "e", "a", "b", "Q", "0", "h\0", "q\0", ".", "(.", "N\u{1}", "}NR", "}}b}b.", "]}a.", "(("])
  func aPickleThatContradictsItselfIsAnError(_ opcodes: String) {
    #expect(throws: ConversionError.self) { try StateDictionary(checkpoint: LegacyCheckpoint.file(object: Array(opcodes.utf8))) }
  }

  /// Hundreds of thousands of nested lists, and a list in itself, neither exhaust the stack nor leak.
  @Test func deepNestingIsHarmless() {
    let deep = [UInt8](repeating: UInt8(ascii: "]"), count: 400_000) + [UInt8](repeating: UInt8(ascii: "a"), count: 399_999)
    #expect(throws: ConversionError.self) { try StateDictionary(checkpoint: LegacyCheckpoint.file(object: deep)) }
    let tuples = Array("N".utf8) + [UInt8](repeating: 0x85, count: 900_000)
    #expect(throws: ConversionError.self) { try StateDictionary(checkpoint: LegacyCheckpoint.file(object: tuples)) }
    #expect(throws: ConversionError.self) { try StateDictionary(checkpoint: LegacyCheckpoint.file(object: Array("]q\0h\0a".utf8))) }
  }

  @Test func aPickleThatIsTooLargeIsAnError() {
    let endless = [UInt8](repeating: UInt8(ascii: "N"), count: 5 << 20)
    let error = refusal(LegacyCheckpoint.file(object: endless))
    #expect(error?.code == .malformed)
  }
}
