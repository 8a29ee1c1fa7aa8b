import ActionUnits
import FaceTracking
import Imaging
import Mirroring
import VideoIO

/// The stages that each frame passes through: read → track → smooth → mirror and measure, in groups → encode (and draw the overlay) and
/// write rows, in order.
///
/// One thread reads, one tracks (tracking is sequential), several process groups, and one per video encodes. The calling thread restores
/// the order of the groups, writes rows and feeds the encoders. The stages are connected by bounded queues.
struct Pipeline {
  var reader: VideoReader
  var tracker: FaceTracker
  var smoother: MidlineSmoother<FrameWithAudio>
  /// Nil if the job does not measure.
  var engine: (any ActionUnitEngine)?
  /// Empty if the job does not mirror.
  var videos: [(picture: EncodingStage.Picture, writer: VideoWriter)]
  var rows: JobRows
  var groupSize: Int
  var budget: ThreadBudget
  var pool: PixelMemoryPool

  /// Processes the video on the calling thread and on further threads. The further threads have ended when the method returns.
  /// - Parameter onFrame: called on the calling thread after the rows of a frame were written, in the order of the frames.
  /// - Returns: the video that each writer wrote, in the order of `videos`.
  /// - Throws: the first failure of any stage, or `CancellationError`. The writers are then cancelled.
  func run(control: JobControl, clock: StageClock, onFrame: (FinishedFrame) -> Void) throws -> [WrittenVideo] {
    let context = StageContext(control: control, clock: clock, permits: budget.permits, streams: budget.streams)
    // Queues are short, because a frame that waits for long is no longer in the processor's caches when it is processed.
    let decoded = BoundedQueue<DecodedItem>(capacity: 2)
    let groups = BoundedQueue<FrameGroup>(capacity: 1)
    // Only the next group in order is accepted, so that finished images do not accumulate in memory behind a slow group.
    let finished = OrderedExchange<FinishedGroup>(window: 1)
    let encoders = videos.map {
      EncodingStage(
        picture: $0.picture, writer: HandedOver(value: $0.writer), pool: pool, input: BoundedQueue(capacity: 2),
        written: OneResult(), context: context)
    }
    // The closure must not capture the stages: they refer to `control`, which keeps the closure, so there would be a retain cycle.
    let encoderQueues = encoders.map(\.input)
    let trails = OrderedRelay(FaceTrails())
    control.onStop {
      decoded.cancel()
      trails.cancel()
      groups.cancel()
      finished.cancel()
      for queue in encoderQueues { queue.cancel() }
    }

    let reading = ReadingStage(reader: HandedOver(value: reader), output: decoded, context: context)
    let tracking = TrackingStage(
      tracker: HandedOver(value: tracker), smoother: smoother, groupSize: groupSize, input: decoded, output: groups,
      finished: finished, context: context)
    let working = GroupStage(
      mirrors: !videos.isEmpty, engine: engine, pool: pool, trails: trails, input: groups, output: finished, context: context)
    var threads = [context.start("read") { try reading.run() }, context.start("track") { try tracking.run() }]
    let workers = encoders.isEmpty ? budget.workersWithoutEncoders : budget.workers
    for _ in 0..<workers { threads.append(context.start("work") { try working.run() }) }
    for encoder in encoders { threads.append(context.start("encode") { try encoder.run() }) }

    do { try collect(from: finished, encoders: encoders, context: context, onFrame: onFrame) } catch { control.stop(error) }
    for thread in threads { thread.join() }
    if let failure = control.failure {
      for video in videos { video.writer.cancel() }
      throw failure
    }
    return encoders.compactMap(\.written.value)
  }

  /// Takes finished groups in order, passes their images to the encoders and writes their rows.
  private func collect(
    from finished: OrderedExchange<FinishedGroup>, encoders: [EncodingStage], context: StageContext, onFrame: (FinishedFrame) -> Void
  ) throws {
    var unmeasured = UnfinishedFrames(engine: engine, context: context)
    func write(_ frames: [(frame: FinishedFrame, readings: Measured<ActionUnitReading>?)]) throws {
      for (frame, readings) in frames {
        try context.clock.measure(.write) { try rows.write(frame, readings) }
        onFrame(frame)
      }
    }
    while let group = finished.take() {
      for frame in group.frames {
        for encoder in encoders {
          let takesAudio = frame.source.audio.allSatisfy { encoder.input.push(.audio($0)) }
          guard takesAudio, encoder.input.push(.frame(frame)) else { return }
        }
        try write(unmeasured.push(frame))
      }
      for encoder in encoders {
        guard group.trailingAudio.allSatisfy({ encoder.input.push(.audio($0)) }) else { return }
      }
    }
    // If the job was stopped, its remaining faces are not measured.
    guard !context.control.isStopped else { return }
    try write(unmeasured.finish())
    for encoder in encoders { encoder.input.close() }
  }
}

/// Collects frames for the engine's last step, which processes several faces together.
///
/// Which faces are processed together depends only on their order in the video, and not on the number of threads.
private struct UnfinishedFrames {
  let engine: (any ActionUnitEngine)?
  let context: StageContext
  private var frames: [FinishedFrame] = []
  private var drafts = 0

  init(engine: (any ActionUnitEngine)?, context: StageContext) {
    self.engine = engine
    self.context = context
  }

  /// Adds the next frame.
  /// - Returns: the frames that are now complete, in order, with their measurements.
  mutating func push(_ frame: FinishedFrame) throws -> [(FinishedFrame, Measured<ActionUnitReading>?)] {
    frames.append(frame)
    drafts += frame.drafts?.all.count ?? 0
    return drafts < engine?.draftsAtOnce ?? 0 ? [] : try finish()
  }

  /// Completes and returns the remaining frames.
  mutating func finish() throws -> [(FinishedFrame, Measured<ActionUnitReading>?)] {
    defer { (frames, drafts) = ([], 0) }
    guard let engine, !frames.isEmpty else { return frames.map { ($0, nil) } }
    let waiting = frames.flatMap { $0.drafts?.all ?? [] }
    // An engine that does not collect drafts runs no network here, so it needs no stream.
    var readings = engine.draftsAtOnce > 1 ? try context.infer { try engine.finish(waiting) }[...] : try engine.finish(waiting)[...]
    return frames.map { frame in
      switch frame.drafts {
      case .sides: (frame, .sides(left: readings.removeFirst(), right: readings.removeFirst()))
      case .whole: (frame, .whole(readings.removeFirst()))
      case nil: (frame, nil)
      }
    }
  }
}
