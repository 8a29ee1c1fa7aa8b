import CFFmpegLibraries

/// Owns an `AVCodecContext`: a decoder or an encoder.
struct FFmpegCodecContext: ~Copyable {
  let pointer: UnsafeMutablePointer<AVCodecContext>

  /// Allocates a context with the codec's default settings, to be configured and opened. Nil when memory is short.
  ///
  /// - Parameter log: receives the codec's messages.
  init?(_ codec: UnsafePointer<AVCodec>, log: FFmpegLog) {
    guard let context = avcodec_alloc_context3(codec) else { return nil }
    context.pointee.opaque = log.opaque
    pointer = context
  }

  deinit {
    var pointer: UnsafeMutablePointer<AVCodecContext>? = pointer
    avcodec_free_context(&pointer)
  }

  /// Opens a decoder for a stream with these parameters.
  ///
  /// - Parameter configure: changes the settings before the decoder is opened.
  /// - Throws: `VideoError` with the code `unsupported`, or any error that `configure` throws.
  static func decoder(
    for parameters: UnsafePointer<AVCodecParameters>, context: FFmpegContext,
    _ configure: (UnsafeMutablePointer<AVCodecContext>) throws(VideoError) -> Void
  ) throws(VideoError) -> FFmpegCodecContext {
    let name = String(cString: avcodec_get_name(parameters.pointee.codec_id))
    guard let codec = avcodec_find_decoder(parameters.pointee.codec_id) else {
      throw context.error(.unsupported, "this build of FFmpeg has no decoder for \(name)")
    }
    let decoder = try context.require(FFmpegCodecContext(codec, log: context.log))
    try context.check(avcodec_parameters_to_context(decoder.pointer, parameters), .unsupported, "set up the \(name) decoder")
    try configure(decoder.pointer)
    try context.check(avcodec_open2(decoder.pointer, codec, nil), .unsupported, "open the \(name) decoder")
    return decoder
  }
}
