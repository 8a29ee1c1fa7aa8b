public import Imaging

/// OpenFace 3.0's multitask network: eight Action Units, eight emotions and the gaze of a face.
///
/// Source: Hu et al., "OpenFace 3.0: A Lightweight Multitask System for Comprehensive Facial Behavior Analysis" (2025): EfficientNet-B0 with
/// three branches. Input: RGB, 224×224, ImageNet-normalised.
///
/// The network runs in one piece, or divided into a backbone and a head so that each part can run on the number of faces for which it is
/// most efficient. A divided network has only the Action Unit branch.
///
/// ```swift
/// let network = MultitaskNetwork.whole(try WholeMultitaskNetwork(session: session))
/// let results = try network.run(on: [(image: image, box: box)])
/// ```
public enum MultitaskNetwork: Sendable {
  /// The network in one piece.
  case whole(WholeMultitaskNetwork)
  /// The network in two parts.
  case divided(DividedMultitaskNetwork)

  /// The network's output for one face.
  public struct Result: Hashable, Sendable {
    /// The presence of each unit, 0…1, in the order of `actionUnitNumbers`.
    public var actionUnits: [Float]
    /// Unnormalised scores in the order of `Emotion.allCases`; nil if they were not requested or the model has no such output.
    public var emotion: [Float]?
    /// The direction of the gaze; nil if it was not requested or the model has no such output.
    public var gaze: Gaze?

    public init(actionUnits: [Float], emotion: [Float]? = nil, gaze: Gaze? = nil) {
      self.actionUnits = actionUnits
      self.emotion = emotion
      self.gaze = gaze
    }
  }

  /// The FACS numbers of the eight outputs, in order.
  ///
  /// Two independent sources agree. OpenFace 3.0's `demo2.py` labels the outputs with these numbers. Its training code takes the columns 0,
  /// 4, 8, 10, 11, 1, 6, 7 of DISFA's twelve label files, which are the same units if the files are sorted by name: 1, 12, 15, 17, 2, 20,
  /// 25, 26, 4, 5, 6, 9.
  public static let actionUnitNumbers = [1, 2, 4, 6, 9, 12, 25, 26]

  /// The number of columns and of rows of the network's input.
  public static let side = 224

  /// Measures several faces.
  /// - Parameters:
  ///   - faces: images, and the box of the face in each image. The part of a box outside the image is cut off.
  ///   - extras: whether emotion and gaze are computed too, if the model has these outputs.
  /// - Returns: one result per face, in the same order; nil if no part of the box lies in the image.
  /// - Throws: `InferenceError`, `FaceNetworkError`.
  public func run(on faces: [(image: YUVImage, box: FaceBox)], extras: Bool = false) throws -> [Result?] {
    try finish(begin(on: faces, extras: extras))
  }

  /// An incomplete measurement of a face.
  public enum Draft: Sendable {
    /// No part of the box lies in the image.
    case nothing
    /// The complete result of a network in one piece.
    case result(Result)
    /// The backbone's output, which is the input of a divided network's head.
    case features([Float])

    fileprivate var result: Result? { if case .result(let result) = self { result } else { nil } }
    fileprivate var features: [Float]? { if case .features(let features) = self { features } else { nil } }
  }

  /// Performs the first step of ``run(on:extras:)``. It is most efficient for few faces at a time, while their images are in the
  /// processor's caches.
  /// - Returns: one draft per face, in the same order.
  /// - Throws: `InferenceError`, `FaceNetworkError`.
  public func begin(on faces: [(image: YUVImage, box: FaceBox)], extras: Bool = false) throws -> [Draft] {
    let crops = faces.map { MultitaskCrop(image: $0.image, box: $0.box) }
    let present = crops.compactMap(\.self)
    let drafts =
      switch self {
      case .whole(let network): try network.run(on: present, extras: extras).map(Draft.result)
      case .divided(let network): try network.features(of: present).map(Draft.features)
      }
    var next = drafts.makeIterator()
    return crops.map { $0 == nil ? .nothing : next.next() ?? .nothing }
  }

  /// Performs the second step of ``run(on:extras:)``: runs the head of a divided network. It is most efficient for many faces at a time,
  /// because each run reads all of the head's weights from memory.
  /// - Parameter drafts: drafts that this network made, of any faces.
  /// - Returns: one result per draft, in the same order; nil if no part of the box lies in the image.
  /// - Throws: `InferenceError`, `FaceNetworkError`.
  public func finish(_ drafts: [Draft]) throws -> [Result?] {
    switch self {
    case .whole: return drafts.map(\.result)
    case .divided(let network):
      var next = try network.results(of: drafts.compactMap(\.features)).makeIterator()
      return drafts.map { $0.features == nil ? $0.result : next.next() }
    }
  }
}
