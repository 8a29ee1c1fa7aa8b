extension Int {
  /// Returns this number with a noun and "was" or "were", for warnings: "1 frame was", "3 frames were".
  func were(_ noun: String) -> String { self == 1 ? "1 \(noun) was" : "\(self) \(noun)s were" }
}
