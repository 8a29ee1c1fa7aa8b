import CFFmpegLibraries

/// Owns an `AVDictionary` of options.
struct FFmpegOptions: ~Copyable {
  /// The options. An FFmpeg function that takes them replaces them by those that it did not use.
  var dictionary: OpaquePointer?

  init(_ values: [String: String]) {
    for (key, value) in values.sorted(by: { $0.key < $1.key }) { av_dict_set(&dictionary, key, value, 0) }
  }

  deinit {
    var dictionary = dictionary
    av_dict_free(&dictionary)
  }
}
