import CFFmpegLibraries

/// Owns an array of `AVDictionary`, one for each stream of a file, all with the same options.
struct FFmpegStreamOptions: ~Copyable {
  let dictionaries: UnsafeMutableBufferPointer<OpaquePointer?>

  init(_ values: [String: String], streams: Int) {
    dictionaries = .allocate(capacity: streams)
    dictionaries.initialize(repeating: nil)
    for index in dictionaries.indices {
      for (key, value) in values { av_dict_set(&dictionaries[index], key, value, 0) }
    }
  }

  deinit {
    for index in dictionaries.indices { av_dict_free(&dictionaries[index]) }
    dictionaries.deallocate()
  }
}
