import Foundation
import SplitFace
import Synchronization
import Testing

@Suite struct QueueTests {
  /// Runs bodies at the same time, each on a thread of its own, and waits for all of them.
  private func together(_ bodies: [@Sendable () -> Void]) {
    let group = DispatchGroup()
    for body in bodies {
      group.enter()
      Thread {
        body()
        group.leave()
      }.start()
    }
    group.wait()
  }

  @Test func aProducerWaitsWhileTheQueueIsFull() {
    let queue = BoundedQueue<Int>(capacity: 3)
    let pushed = Mutex(0)
    let taken = Mutex<[Int]>([])
    let furthest = Mutex(0)
    together([
      {
        for number in 0..<500 {
          #expect(queue.push(number))
          pushed.withLock { $0 = number + 1 }
        }
        queue.close()
      },
      {
        while let number = queue.pop() {
          let ahead = pushed.withLock { $0 } - number
          furthest.withLock { $0 = max($0, ahead) }
          taken.withLock { $0.append(number) }
        }
      },
    ])
    #expect(taken.withLock { $0 } == Array(0..<500))
    // Three elements in the queue, and the one that was just taken.
    #expect(furthest.withLock { $0 } <= 4)
  }

  @Test func cancellingAQueueWakesWaitingThreads() {
    let full = BoundedQueue<Int>(capacity: 1)
    let empty = BoundedQueue<Int>(capacity: 1)
    #expect(full.push(1))
    together([
      { #expect(!full.push(2)) }, { #expect(empty.pop() == nil) },
      {
        full.cancel()
        empty.cancel()
      },
    ])
    #expect(full.pop() == nil, "the elements in the queue are dropped")
    #expect(!empty.push(3))
  }

  @Test func elementsThatAreFinishedOutOfOrderAreTakenInOrder() {
    let exchange = OrderedExchange<Int>(window: 4)
    let next = Mutex(0)
    let taken = Mutex<[Int]>([])
    let worker: @Sendable () -> Void = {
      while true {
        let index = next.withLock { next in
          defer { next += 1 }
          return next
        }
        guard index < 300 else { return exchange.finish(count: 300) }
        if index % 7 == 0 { usleep(500) }
        #expect(exchange.deposit(index * index, at: index))
      }
    }
    let collector: @Sendable () -> Void = { while let value = exchange.take() { taken.withLock { $0.append(value) } } }
    together([worker, worker, worker, collector])
    #expect(taken.withLock { $0 } == (0..<300).map { $0 * $0 })
  }

  @Test func cancellingAnExchangeWakesWaitingThreads() {
    let exchange = OrderedExchange<Int>(window: 1)
    together([
      { #expect(!exchange.deposit(1, at: 1)) }, { #expect(exchange.take() == nil) }, { exchange.cancel() },
    ])
  }

  @Test func everyPartOfAThreadBudgetHasAtLeastOneThread() {
    for total in [1, 2, 3, 8, 64, 1000] {
      let budget = ThreadBudget(total: total)
      #expect(budget.total == total)
      #expect(budget.encoder == 1)
      #expect((1...4).contains(budget.decoder))
      #expect((1...8).contains(budget.workers))
      #expect(budget.workers <= total + 1)
      #expect((budget.workers...8).contains(budget.workersWithoutEncoders))
      #expect(budget.workersWithoutEncoders <= total + 2)
    }
    #expect(ThreadBudget(total: 0).total == 1)
    #expect(ThreadBudget().total >= 1)
  }
}
