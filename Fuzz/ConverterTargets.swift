// libFuzzer targets for what reads files from outside: any error is right, a trap or a sanitizer's report is a finding.
// Compiled together with the sources of ModelConversion by run.sh; -D chooses the target.

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOne(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = [UInt8](UnsafeBufferPointer(start: start, count: count))
  #if FUZZ_ZIP
    if let archive = try? ZipArchive(bytes) {
      for name in archive.names.prefix(64) { _ = try? archive.contents(of: name) }
    }
  #else
    _ = try? TensorFlowLiteConverter.convert(bytes, name: "fuzzed", metadata: [:])
  #endif
  return 0
}
