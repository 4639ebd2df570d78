import Glibc
import Synchronization
import Testing

@testable import Service

struct WorkersTests {
  /// Something that others wait for.
  private final class Gate: Sendable {
    private let isOpen = Atomic<Bool>(false)
    func open() { isOpen.store(true, ordering: .releasing) }
    func pass() { while !isOpen.load(ordering: .acquiring) { usleep(1_000) } }
  }

  @Test func `all work is done once, and no more at a time than there are threads`() {
    let workers = Workers("test", threads: 3, longest: 1_000)
    let now = Atomic<Int>(0)
    let most = Atomic<Int>(0)
    let done = Atomic<Int>(0)
    for _ in 0..<500 {
      let isTaken = workers.take {
        let running = now.wrappingAdd(1, ordering: .relaxed).newValue
        most.max(running, ordering: .relaxed)
        usleep(100)
        now.wrappingSubtract(1, ordering: .relaxed)
        done.wrappingAdd(1, ordering: .relaxed)
      }
      #expect(isTaken)
    }
    while done.load(ordering: .relaxed) < 500 { usleep(1_000) }
    #expect((1...3).contains(most.load(ordering: .relaxed)))
  }

  @Test func `work waits in its order, and what finds no place is refused`() {
    let workers = Workers("test", threads: 1, longest: 3)
    let gate = Gate()
    let order = Mutex<[Int]>([])
    #expect(workers.take { gate.pass() })
    for number in 0..<3 {
      #expect(workers.take { order.withLock { $0.append(number) } })
    }
    #expect(!workers.take { order.withLock { $0.append(99) } })
    gate.open()
    while order.withLock({ $0.count }) < 3 { usleep(1_000) }
    #expect(order.withLock { $0 } == [0, 1, 2])
    // There is room again.
    while !workers.take({}) { usleep(1_000) }
  }
}
