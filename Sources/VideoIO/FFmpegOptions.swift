import CFFmpegLibraries

/// An FFmpeg dictionary of options, freed with this value.
struct FFmpegOptions: ~Copyable {
  var dictionary: OpaquePointer?

  init(_ values: [String: String] = [:]) {
    for (key, value) in values.sorted(by: { $0.key < $1.key }) { av_dict_set(&dictionary, key, value, 0) }
  }

  deinit {
    var dictionary = dictionary
    av_dict_free(&dictionary)
  }
}
