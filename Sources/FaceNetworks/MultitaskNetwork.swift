public import Imaging
public import Inference

/// OpenFace 3.0's multitask network: eight Action Units, eight emotions and the gaze of a face.
///
/// Hu et al., "OpenFace 3.0: A Lightweight Multitask System for Comprehensive Facial Behavior Analysis" (2025): EfficientNet-B0 with three
/// branches. Input RGB 224×224, ImageNet's mean and deviation.
public final class MultitaskNetwork: Sendable {
  /// What the network says about one face.
  public struct Result: Hashable, Sendable {
    /// How much each unit is present, 0…1, in the order of `actionUnitNumbers`.
    public var actionUnits: [Float]
    /// Unnormalised scores in `Emotion.allCases`' order, where they were asked for.
    public var emotion: [Float]?
    /// Where it was asked for.
    public var gaze: Gaze?

    public init(actionUnits: [Float], emotion: [Float]? = nil, gaze: Gaze? = nil) {
      self.actionUnits = actionUnits
      self.emotion = emotion
      self.gaze = gaze
    }
  }

  /// What the eight outputs are, by FACS's numbers.
  ///
  /// Two independent sources agree. OpenFace 3.0's `demo2.py` labels them so. And its training code takes the columns 0, 4, 8, 10, 11, 1,
  /// 6, 7 of DISFA's twelve label files, which are these units where the files are sorted by name: 1, 12, 15, 17, 2, 20, 25, 26, 4, 5, 6, 9.
  public static let actionUnitNumbers = [1, 2, 4, 6, 9, 12, 25, 26]

  /// Columns and rows of the network's input.
  public static let side = 224

  private let session: InferenceSession
  private let input: String
  private let actionUnits: String
  private let emotion: String?
  private let gaze: String?

  /// The network in two: `session` gives a vector a face, from which `head` makes the Action Units.
  public struct Head: Sendable {
    fileprivate let session: InferenceSession
    fileprivate let input: String
    /// Values of a face's vector.
    fileprivate let width: Int

    /// - Parameter session: input N×width; output `au` N×8.
    /// - Throws: `FaceNetworkError` where the model's inputs and outputs are others.
    public init(session: InferenceSession) throws {
      guard session.inputs.count == 1, let input = session.inputs.first, input.shape.count == 2, let width = input.shape[1],
        session.outputs.map(\.name) == ["au"], session.outputs[0].shape.last == actionUnitNumbers.count
      else {
        throw FaceNetworkError(
          .wrongModel,
          "\(session.name): not the head of OpenFace 3.0's multitask network: it takes \(session.inputs) and gives \(session.outputs)")
      }
      self.session = session
      self.input = input.name
      self.width = width
    }
  }

  /// Nil where the network is in one piece.
  private let head: Head?

  /// - Parameters:
  ///   - backbone: input N×3×224×224, output N×width as the head's input.
  ///   - head: makes Action Units of them.
  /// - Throws: `FaceNetworkError` where the backbone's inputs and outputs are others.
  public init(backbone: InferenceSession, head: Head) throws {
    guard backbone.inputs.count == 1, let input = backbone.inputs.first, backbone.outputs.count == 1, let output = backbone.outputs.first,
      input.shape.count == 4, input.accepts(shape: [input.shape[0] ?? 1, 3, Self.side, Self.side]), output.name == head.input
    else {
      throw FaceNetworkError(
        .wrongModel,
        "\(backbone.name): not the backbone of OpenFace 3.0's multitask network: it takes \(backbone.inputs) and gives \(backbone.outputs)")
    }
    session = backbone
    self.head = head
    self.input = input.name
    actionUnits = output.name
    (emotion, gaze) = (nil, nil)
  }

  /// - Parameter session: input N×3×224×224; outputs `au` N×8 and, unless left out at conversion, `emotion` N×8 and `gaze` N×2. A model
  ///   with other names gives emotion, gaze and Action Units in this order, or the Action Units alone.
  /// - Throws: `FaceNetworkError` where the model's inputs and outputs are others.
  public init(session: InferenceSession) throws {
    let outputs = session.outputs
    let position = outputs.firstIndex { $0.name == "au" } ?? (outputs.count == 3 ? 2 : outputs.count == 1 ? 0 : nil)
    guard session.inputs.count == 1, let input = session.inputs.first, input.shape.count == 4,
      input.accepts(shape: [input.shape[0] ?? 1, 3, Self.side, Self.side]),
      let position, outputs[position].shape.last == Self.actionUnitNumbers.count
    else {
      throw FaceNetworkError(
        .wrongModel,
        "\(session.name): not OpenFace 3.0's multitask network: it takes \(session.inputs) and gives \(outputs); convert its checkpoint with `splitface models convert`"
      )
    }
    self.session = session
    head = nil
    self.input = input.name
    actionUnits = outputs[position].name
    emotion = outputs.count == 3 ? (outputs.first { $0.name == "emotion" } ?? outputs[0]).name : nil
    gaze = outputs.count == 3 ? (outputs.first { $0.name == "gaze" } ?? outputs[1]).name : nil
  }

  /// Whether the model still has the branches for emotion and gaze.
  public var hasEmotionAndGaze: Bool { emotion != nil && gaze != nil }

  /// Measures several faces in one run.
  ///
  /// A face's pixels are those that `FaceBox.pixels` gives, resized to 224×224 bilinearly with pixel centres aligned (as OpenCV's
  /// `resize` does: output i reads (i + 0.5) · side/224 − 0.5, without averaging where it shrinks).
  /// - Parameters:
  ///   - faces: pictures and the face's box in each; the part of a box outside the picture is cut off.
  ///   - extras: whether emotion and gaze are wanted.
  /// - Returns: as many results, nil where nothing of the box lies in the picture.
  /// - Throws: `InferenceError`, `FaceNetworkError`.
  public func run(on faces: [(image: YUVImage, box: FaceBox)], extras: Bool = false) throws -> [Result?] {
    try finish(begin(on: faces, extras: extras))
  }

  /// What is known of a face before the network's head has run.
  public enum Draft: Sendable {
    /// Nothing of the box lies in the picture.
    case nothing
    /// All of it: the network is in one piece.
    case result(Result)
    /// What the head works on.
    case features([Float])
  }

  /// The first part of `run`, which is better done on few faces at once, while their pictures are in the processor's caches.
  public func begin(on faces: [(image: YUVImage, box: FaceBox)], extras: Bool = false) throws -> [Draft] {
    let crops = faces.map { $0.box.pixels(inWidth: $0.image.width, height: $0.image.height) }
    let present = faces.indices.filter { crops[$0] != nil }
    var drafts = [Draft](repeating: .nothing, count: faces.count)
    let begun = try session.inBatches(present) { batch, slots in
      try run(Self.tensor(of: batch.compactMap { index in crops[index].map { (faces[index].image, $0) } }, slots: slots), extras: extras)
    }
    for (index, draft) in zip(present, begun) { drafts[index] = draft }
    return drafts
  }

  /// The second part: the head, which reads fifty megabytes of weights a run, however many faces there are.
  /// - Returns: as many results as drafts, nil where nothing of the box lies in the picture.
  public func finish(_ drafts: [Draft]) throws -> [Result?] {
    var results = [Result?](repeating: nil, count: drafts.count)
    var waiting: [(index: Int, features: [Float])] = []
    for (index, draft) in drafts.enumerated() {
      switch draft {
      case .nothing: break
      case .result(let result): results[index] = result
      case .features(let features): waiting.append((index, features))
      }
    }
    guard let head else { return results }
    let finished = try head.session.inBatches(waiting) { batch, slots in
      let empty = [Float](repeating: 0, count: (slots - batch.count) * head.width)
      let tensor = Tensor(shape: [slots, head.width], scalars: batch.flatMap(\.features) + empty)
      let units = try head.session.run([(head.input, tensor)], outputs: ["au"])[0]
        .holding(slots * Self.actionUnitNumbers.count, from: head.session.name).scalars
      return (0..<slots).map { Result(actionUnits: Array(units[$0 * 8..<($0 + 1) * 8])) }
    }
    for (face, result) in zip(waiting, finished) { results[face.index] = result }
    return results
  }

  /// N×3×224×224, of which slots without a crop are zero.
  private static func tensor(of crops: [(image: YUVImage, pixels: PixelRectangle)], slots: Int) -> Tensor {
    let values = 3 * side * side
    return Tensor(shape: [slots, 3, side, side]) { buffer in
      UnsafeMutableBufferPointer(rebasing: buffer[(crops.count * values)...]).update(repeating: 0)
      for (slot, crop) in crops.enumerated() {
        sampleCrop(
          from: crop.image, map: map(of: crop.pixels), width: side, height: side, border: .replicate, normalisation: normalisation,
          into: UnsafeMutableBufferPointer(rebasing: buffer[slot * values..<(slot + 1) * values]))
      }
    }
  }

  private func run(_ tensor: Tensor, extras: Bool) throws -> [Draft] {
    let count = tensor.shape[0]
    if let head {
      let values = try session.run([(input, tensor)], outputs: [actionUnits])[0].holding(count * head.width, from: session.name).scalars
      return (0..<count).map { .features(Array(values[$0 * head.width..<($0 + 1) * head.width])) }
    }
    let extra = extras ? [emotion, gaze].compactMap(\.self) : []
    let outputs = try session.run([(input, tensor)], outputs: [actionUnits] + extra)
    let units = try outputs[0].holding(count * Self.actionUnitNumbers.count, from: session.name).scalars
    var results = (0..<count).map { Result(actionUnits: Array(units[$0 * 8..<($0 + 1) * 8])) }
    if extra.count == 2 {
      let emotions = try outputs[1].holding(count * Emotion.allCases.count, from: session.name).scalars
      let gazes = try outputs[2].holding(count * 2, from: session.name).scalars
      for index in results.indices {
        results[index].emotion = Array(emotions[index * Emotion.allCases.count..<(index + 1) * Emotion.allCases.count])
        results[index].gaze = Gaze(yaw: gazes[index * 2], pitch: gazes[index * 2 + 1])
      }
    }
    return results.map(Draft.result)
  }

  /// From the network's input to the picture: `crop` stretched over 224×224, pixel centres aligned.
  package static func map(of crop: PixelRectangle) -> AffineMap {
    let step = SIMD2(Double(crop.width), Double(crop.height)) / Double(side)
    return AffineMap(
      a: step.x, b: 0, c: Double(crop.x) + step.x / 2 - 0.5, d: 0, e: step.y, f: Double(crop.y) + step.y / 2 - 0.5)
  }

  /// (value/255 − mean)/deviation with ImageNet's mean (0.485, 0.456, 0.406) and deviation (0.229, 0.224, 0.225).
  private static let normalisation = {
    let mean = SIMD3<Float>(0.485, 0.456, 0.406)
    let deviation = SIMD3<Float>(0.229, 0.224, 0.225)
    return PixelNormalisation(scale: 1 / (255 * deviation), bias: -mean / deviation, order: .rgb)
  }()
}
