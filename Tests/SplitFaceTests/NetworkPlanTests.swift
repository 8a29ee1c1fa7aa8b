import ActionUnits
import Inference
import ModelStore
import SplitFace
import Testing

@Suite struct NetworkPlanTests {
  private static let mediaPipe: Set<NetworkName> = [.faceDetector, .faceMesh, .blendshapes]
  private static let openFace3 = mediaPipe.union([.retinaface, .multitask])
  private static let all = Set(NetworkName.allCases)

  private func plan(
    _ spec: JobSpec = JobSpec(), providers: [ExecutionProvider]? = nil, builtIn: [ExecutionProvider] = [.openVINO, .cpu],
    available: Set<NetworkName> = openFace3, own: Set<NetworkName> = [], threads: Int = 4
  ) -> NetworkPlan {
    NetworkPlan(
      spec, providers: providers, builtIn: builtIn, available: available, own: own, budget: ThreadBudget(total: threads))
  }

  private func spec(_ kind: JobKind = .process, engine: EngineChoice = .auto, blink: BlinkChoice = .auto) -> JobSpec {
    var spec = JobSpec(kind)
    spec.engine = engine
    spec.blink = blink
    return spec
  }

  // MARK: The engine

  @Test func autoUsesOpenFace3IfItsNetworksAreInstalled() {
    let plan = plan()
    #expect(plan.engine?.engine == .openface3)
    #expect(plan.engine?.reason == .openFace3Installed)
    #expect(plan.networks == [.faceDetector, .faceMesh, .blendshapes, .retinaface, .multitask])
  }

  @Test(arguments: [NetworkName.retinaface, .multitask]) func autoUsesMediaPipeIfANetworkOfOpenFace3IsMissing(_ missing: NetworkName) {
    let plan = plan(available: Self.all.subtracting([missing]))
    #expect(plan.engine?.engine == .mediapipe)
    #expect(plan.engine?.reason == .openFace3NotInstalled)
    #expect(plan.networks == [.faceDetector, .faceMesh, .blendshapes])
  }

  /// Loading then fails with an error that names the missing network.
  @Test(arguments: [EngineChoice.mediapipe, .openface3, .hybrid])
  func aRequestedEngineIsUsedEvenIfItIsNotInstalled(_ engine: EngineChoice) {
    for available in [Self.mediaPipe, Self.openFace3] {
      let selection = plan(spec(engine: engine), available: available).engine
      #expect(selection?.engine == engine)
      #expect(selection?.reason == .requested)
    }
  }

  @Test func aJobThatDoesNotMeasureNeedsOnlyTheNetworksOfFaceTracking() {
    let plan = plan(spec(.mirror), available: Self.all)
    #expect(plan.engine == nil)
    #expect(plan.networks == [.faceDetector, .faceMesh, .blendshapes])
  }

  @Test func theSelectionsSentenceNamesNoCommand() {
    let texts = [plan(), plan(available: Self.mediaPipe), plan(spec(engine: .hybrid))].map { $0.engine?.description }
    #expect(
      texts == [
        "measuring with the engine openface3, since OpenFace 3.0's networks are installed",
        "measuring with the engine mediapipe, since OpenFace 3.0's networks are not installed",
        "measuring with the engine hybrid",
      ])
  }

  // MARK: STAR

  @Test func starIsUsedIfItIsRequested() {
    let plan = plan(spec(blink: .star), available: Self.all)
    #expect(plan.networks.last == .star)
    #expect(!plan.starNeedsFastProvider)
  }

  @Test func starIsNotUsedIfTheMeshIsRequested() {
    #expect(!plan(spec(blink: .mesh), builtIn: [.cuda, .cpu], available: Self.all, own: [.star]).networks.contains(.star))
  }

  @Test func starIsUsedIfItIsAFileOfTheUsersOwn() {
    let plan = plan(available: Self.all, own: [.star])
    #expect(plan.networks.last == .star)
    #expect(!plan.starNeedsFastProvider)
  }

  @Test func anInstalledStarNeedsAFastProvider() {
    #expect(!plan(available: Self.all).networks.contains(.star))
    let plan = plan(providers: [.cuda, .cpu], available: Self.all)
    #expect(plan.networks.last == .star)
    #expect(plan.starNeedsFastProvider)
  }

  // MARK: Providers

  @Test func theUsualProvidersAreThoseOfTheBuildInThePlatformsOrder() {
    #expect(plan(builtIn: [.cpu]).providers == [.cpu])
    #expect(plan(builtIn: ExecutionProvider.allCases).providers == InferenceRuntime.defaultProviders)
  }

  /// Even if the build lacks them, so that the reason is reported.
  @Test func chosenProvidersAreTriedForEveryNetwork() {
    let plan = plan(providers: [.cuda, .openVINO], builtIn: [.openVINO, .cpu])
    for network in NetworkName.allCases { #expect(plan.session(of: network).providers == [.cuda, .openVINO]) }
  }

  #if !canImport(Darwin)
    @Test func smallNetworksAreNotCompiledByOpenVINOUnlessItIsChosen() {
      let plan = plan()
      for network in [NetworkName.retinaface, .faceDetector, .blendshapes] { #expect(plan.session(of: network).providers == [.cpu]) }
      for network in [NetworkName.faceMesh, .multitask, .star] { #expect(plan.session(of: network).providers == [.openVINO, .cpu]) }
    }
  #endif

  // MARK: Batches, parts and streams

  @Test func onACPUTheMultitaskNetworkIsDividedAndMeasuresOneFrame() {
    let plan = plan()
    #expect(plan.facesPerBatch == 2)
    #expect(plan.division?.backbone.batch == 2)
    #expect(plan.division?.head.batch == MultitaskDivision.facesPerHead)
  }

  @Test(arguments: [ExecutionProvider.coreML, .cuda]) func onAFastProviderTheMultitaskNetworkIsWholeAndMeasuresManyFaces(
    _ provider: ExecutionProvider
  ) {
    let plan = plan(providers: [provider, .cpu])
    #expect(plan.division == nil)
    #expect(plan.facesPerBatch == 8)
    #expect(plan.session(of: .multitask).batch == 8)
  }

  @Test func extraColumnsNeedAllBranchesOfTheMultitaskNetwork() {
    var spec = JobSpec()
    spec.extraColumns = [.gaze]
    let plan = plan(spec)
    #expect(!plan.actionUnitsOnly)
    #expect(plan.division == nil)
  }

  @Test func onlyTheFaceMeshAndTheMultitaskNetworkHaveAFixedBatch() {
    let plan = plan()
    #expect(plan.session(of: .faceMesh).batch == 1)
    for network in [NetworkName.faceDetector, .blendshapes, .retinaface, .star] { #expect(plan.session(of: network).batch == nil) }
  }

  @Test func theFaceMeshHasFewerStreamsIfOnlyTrackingUsesIt() {
    for threads in [4, 8] {
      let budget = ThreadBudget(total: threads)
      func streams(_ spec: JobSpec) -> Int { plan(spec, threads: threads).session(of: .faceMesh).streams }
      #expect(streams(spec(engine: .mediapipe)) == budget.inferenceStreams)
      #expect(streams(spec(engine: .hybrid)) == budget.inferenceStreams)
      #expect(streams(spec(engine: .openface3)) < budget.inferenceStreams)
      #expect(streams(spec(.mirror)) == streams(spec(engine: .openface3)))
    }
  }

  @Test func everySessionHasAStreamOnAnyMachine() {
    for threads in [1, 2, 3, 16, 1000] {
      let plan = plan(available: Self.all, threads: threads)
      let sessions = NetworkName.allCases.map(plan.session(of:)) + [plan.division?.backbone, plan.division?.head].compactMap(\.self)
      for session in sessions { #expect((1...8).contains(session.streams)) }
    }
  }
}
