import CFFmpegLibraries

/// Owns an `AVDictionary` of options.
struct FFmpegOptions: ~Copyable {
  /// The options. An FFmpeg function that takes them replaces them by those that it did not use.
  var dictionary: OpaquePointer?

  init(_ values: [String: String]) {
    for (key, value) in values.sorted(by: { $0.key < $1.key }) { av_dict_set(&dictionary, key, value, 0) }
  }

  /// The names of the options in the dictionary, in the order in which they were added.
  var names: [String] {
    var names: [String] = []
    var entry: UnsafeMutablePointer<AVDictionaryEntry>?
    while let next = av_dict_get(dictionary, "", entry, AV_DICT_IGNORE_SUFFIX) {
      names.append(String(cString: next.pointee.key))
      entry = next
    }
    return names
  }

  deinit {
    var dictionary = dictionary
    av_dict_free(&dictionary)
  }
}
