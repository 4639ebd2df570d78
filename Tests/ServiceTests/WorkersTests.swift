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
    let workers = Workers("test", threads: 3, threadsForOne: 3, longest: 1_000)
    let now = Atomic<Int>(0)
    let most = Atomic<Int>(0)
    let done = Atomic<Int>(0)
    for _ in 0..<500 {
      let isTaken = workers.take(for: "a") {
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
    let workers = Workers("test", threads: 1, threadsForOne: 1, longest: 6)
    let gate = Gate()
    let order = Mutex<[Int]>([])
    #expect(workers.take(for: "a") { gate.pass() })
    for number in 0..<3 {
      #expect(workers.take(for: "a") { order.withLock { $0.append(number) } })
    }
    #expect(!workers.take(for: "a") { order.withLock { $0.append(99) } })
    gate.open()
    while order.withLock({ $0.count }) < 3 { usleep(1_000) }
    #expect(order.withLock { $0 } == [0, 1, 2])
    // There is room again.
    while !workers.take(for: "a", {}) { usleep(1_000) }
  }

  @Test func `whoever asks for much leaves threads and turns to others`() {
    let workers = Workers("test", threads: 2, threadsForOne: 1, longest: 100)
    let gate = Gate()
    let order = Mutex<[String]>([])
    #expect(workers.take(for: "much") { gate.pass() })
    for number in 0..<3 {
      #expect(workers.take(for: "much") { order.withLock { $0.append("much \(number)") } })
    }
    // The second thread is free for somebody else while the first is taken.
    let isDone = Atomic<Bool>(false)
    #expect(workers.take(for: "other") { isDone.store(true, ordering: .releasing) })
    while !isDone.load(ordering: .acquiring) { usleep(1_000) }
    #expect(order.withLock { $0.isEmpty })
    gate.open()
    while order.withLock({ $0.count }) < 3 { usleep(1_000) }
    #expect(order.withLock { $0 } == ["much 0", "much 1", "much 2"])
  }

  @Test func `those who wait take turns`() {
    let workers = Workers("test", threads: 1, threadsForOne: 1, longest: 100)
    let gate = Gate()
    let order = Mutex<[String]>([])
    #expect(workers.take(for: "z") { gate.pass() })
    for name in ["a", "a", "a", "b", "c", "b"] {
      #expect(workers.take(for: name) { order.withLock { $0.append(name) } })
    }
    gate.open()
    while order.withLock({ $0.count }) < 6 { usleep(1_000) }
    #expect(order.withLock { $0 } == ["a", "b", "c", "a", "b", "a"])
  }
}
