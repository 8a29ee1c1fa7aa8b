import ActionUnits
import FaceTracking
import Imaging
import Mirroring
import VideoIO

/// The way of a frame: read → track → smooth → (mirror, overlay, measure) in groups → encode and write rows, in order.
///
/// One thread reads, one tracks (tracking is sequential), several work on groups, one per video encodes; the calling
/// thread puts groups back into order, writes rows and feeds the encoders. Bounded queues lie between them.
struct Pipeline {
  var reader: VideoReader
  var tracker: FaceTracker
  var smoother: MidlineSmoother<FrameWithAudio>
  /// Nil where the job does not measure.
  var engine: (any ActionUnitEngine)?
  /// Empty where the job does not mirror.
  var videos: [(picture: EncodingStage.Picture, writer: VideoWriter)]
  var rows: JobRows
  var groupSize: Int
  var budget: ThreadBudget
  var pool: PixelMemoryPool

  /// Runs to the end on the calling thread and threads of its own, which have ended when this returns.
  /// - Parameter onFrame: called in order, on the calling thread, after a frame's rows were written.
  /// - Returns: what each writer wrote, in the videos' order.
  /// - Throws: the first failure of any stage, or `CancellationError`; the writers are then cancelled.
  func run(control: JobControl, clock: StageClock, onFrame: (FinishedFrame) -> Void) throws -> [WrittenVideo] {
    let context = StageContext(control: control, clock: clock, permits: budget.permits, streams: budget.streams)
    let decoded = BoundedQueue<DecodedItem>(capacity: 3)
    let groups = BoundedQueue<FrameGroup>(capacity: 1)
    // Only the next group is taken over, so that finished pictures do not pile up behind a slow one.
    let finished = OrderedExchange<FinishedGroup>(window: 1)
    let encoders = videos.map {
      EncodingStage(
        picture: $0.picture, writer: HandedOver(value: $0.writer), pool: pool, input: BoundedQueue(capacity: 2),
        written: OneResult(), context: context)
    }
    // The queues alone: whoever holds the stages holds the control that holds this.
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
    for _ in 0..<budget.workers { threads.append(context.start("work") { try working.run() }) }
    for encoder in encoders { threads.append(context.start("encode") { try encoder.run() }) }

    do { try collect(from: finished, encoders: encoders, context: context, onFrame: onFrame) } catch { control.stop(error) }
    for thread in threads { thread.join() }
    if let failure = control.failure {
      for video in videos { video.writer.cancel() }
      throw failure
    }
    return encoders.compactMap(\.written.value)
  }

  /// Takes finished groups in order, writes their rows and hands their pictures to the encoders.
  private func collect(
    from finished: OrderedExchange<FinishedGroup>, encoders: [EncodingStage], context: StageContext, onFrame: (FinishedFrame) -> Void
  ) throws {
    while let group = finished.take() {
      for frame in group.frames {
        try context.clock.measure(.write) { try rows.write(frame) }
        for encoder in encoders {
          let sound = frame.source.audio.allSatisfy { encoder.input.push(.audio($0)) }
          guard sound, encoder.input.push(.frame(frame)) else { return }
        }
        onFrame(frame)
      }
      for encoder in encoders {
        guard group.trailingAudio.allSatisfy({ encoder.input.push(.audio($0)) }) else { return }
      }
    }
    for encoder in encoders { encoder.input.close() }
  }
}
