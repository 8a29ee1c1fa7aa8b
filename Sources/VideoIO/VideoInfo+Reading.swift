import CFFmpeg
import CFFmpegLibraries
import Imaging

extension VideoInfo {
  /// Reads the properties that the container states, before a frame is decoded.
  init(path: String, demuxer: Demuxer, choice: StreamChoice) {
    let stream = choice.video.pointee
    let parameters = stream.codecpar.pointee
    let rate = [stream.avg_frame_rate, stream.r_frame_rate].first { $0.num > 0 && $0.den > 0 && av_q2d($0) < 100_000 }
    self.init(
      width: Int(parameters.width), height: Int(parameters.height), frameRate: rate.map { Rational($0) } ?? Rational(25, 1),
      timeBase: Rational(stream.time_base))
    self.path = path
    container = demuxer.name
    codecName = String(cString: avcodec_get_name(parameters.codec_id))
    isStillImage = demuxer.name.hasSuffix("_pipe")
    if stream.duration != sf_no_timestamp, stream.duration > 0 {
      duration = Double(stream.duration) * timeBase.value
    } else if demuxer.format.pointee.duration != sf_no_timestamp, demuxer.format.pointee.duration > 0 {
      duration = Double(demuxer.format.pointee.duration) / Double(AV_TIME_BASE)
    }
    if stream.nb_frames > 0 {
      estimatedFrameCount = Int(stream.nb_frames)
    } else if let duration, duration * frameRate.value < 1e12 {
      estimatedFrameCount = max(1, Int((duration * frameRate.value).rounded()))
    }
    audio = choice.audio.flatMap { AudioParameters(of: $0) }
  }

  /// Adds the properties that only the first frame states.
  ///
  /// - Parameter notes: receives sentences for the user about unusual properties.
  mutating func complete(
    target: FrameFormat, frame: DecodedFrame, demuxer: Demuxer, stream: UnsafeMutablePointer<AVStream>, option: OrientationOption,
    notes: inout [String]
  ) {
    codedWidth = Int(target.width)
    codedHeight = Int(target.height)
    pixelFormatName = FrameFormat.name(target.pixelFormat)
    isNative = target.isPlanar420
    isInterlaced = sf_frame_is_interlaced(frame.frame.pointer) != 0
    storedTags = target.tags
    storedAspectRatio = Rational(av_guess_sample_aspect_ratio(demuxer.format, stream, frame.frame.pointer))
    if storedAspectRatio.numerator <= 0 || storedAspectRatio.denominator <= 0 { storedAspectRatio = Rational(0, 1) }
    if let matrix = sf_stream_display_matrix(stream) ?? sf_frame_display_matrix(frame.frame.pointer),
      let found = DisplayMatrix.orientation(matrix)
    {
      displayOrientation = found.orientation
      if !found.isExact { notes.append("the display matrix is not a rotation by a multiple of 90°; the nearest such rotation is used") }
    }
    orient(option, sample: target.colour)
    if !isNative { notes.append(conversionNote(target)) }
    if isInterlaced { notes.append("the video is interlaced; frames are not deinterlaced") }
  }

  private func conversionNote(_ target: FrameFormat) -> String {
    let light = tags.isHighDynamicRange ? "; high dynamic range is kept without tone mapping" : ""
    return "frames are converted from \(pixelFormatName) to 8-bit 4:2:0\(light)"
  }

  /// Sets the orientation that the reader undoes, and the properties that depend on it.
  ///
  /// - Parameter sample: the colour of a frame before it is turned.
  mutating func orient(_ option: OrientationOption, sample: YUVColour?) {
    switch option {
    case .metadata: orientation = displayOrientation ?? .up
    case .fixed(let fixed): orientation = fixed
    }
    let swaps = orientation.swapsSides
    width = swaps ? codedHeight : codedWidth
    height = swaps ? codedWidth : codedHeight
    sampleAspectRatio =
      swaps && storedAspectRatio.numerator > 0
      ? Rational(storedAspectRatio.denominator, storedAspectRatio.numerator) : storedAspectRatio
    tags = storedTags
    if let sample { colour = sample.turned(orientation, width: codedWidth, height: codedHeight) }
    guard orientation != .up else { return }
    if colour.siting != sample?.siting { tags.chromaLocation = ColourTags.location(colour.siting) }
    // Players guess an unspecified matrix from the number of rows, so it must be stated if turning changes their guess.
    if tags.matrix == Int(AVCOL_SPC_UNSPECIFIED.rawValue), (codedHeight >= 720) != (height >= 720) {
      tags.matrix = ColourTags.matrix(colour.matrix, height: height)
    }
  }
}

extension YUVColour {
  /// Returns the colour of an image after turning. It is found by turning a tiny image whose width and height are odd or even as the
  /// image's.
  fileprivate func turned(_ orientation: ImageOrientation, width: Int, height: Int) -> YUVColour {
    if orientation == .up { return self }
    return YUVCanvas(width: 2 + width % 2, height: 2 + height % 2, colour: self).finish().turned(orientation).colour
  }
}
