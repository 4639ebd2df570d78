import Glibc
import Testing

@testable import churn_bench

struct ProcessorTimeTests {
  @Test func `everybody's work is user, nice, system and steal, in ticks of a hundredth`() {
    let text = "cpu  100 20 30 99999 500 7 8 4 50 0\ncpu0 1 1 1 1 1 1 1 1 0 0\n"
    // (100 + 20 + 30 + 4) / 100; idle, waiting, interrupts and guests are not work of others, and
    // guests are in `user` already.
    #expect(abs(ProcessorTime.everybody(text) - 1.54) < 1e-12)
  }

  @Test func `old kernels without steal count without it`() {
    #expect(abs(ProcessorTime.everybody("cpu 100 0 100 5\n") - 2) < 1e-12)
  }

  @Test func `a thread of the kernel is told by its flag, whatever it is called`() {
    let thread = "35 (kworker/u8:2) x) I 2 0 0 0 -1 69238880 0 0 0 0 150 50 0 0 20 0 1 0 41 0 0"
    #expect(ProcessorTime.timeOfKernelThread(thread) == 2)
    let program = "36 (swift) R 2 0 0 0 -1 4194304 0 0 0 0 150 50 0 0 20 0 1 0 41 0 0"
    #expect(ProcessorTime.timeOfKernelThread(program) == nil)
    #expect(ProcessorTime.timeOfKernelThread("") == nil)
  }

  @Test func `a kernel's thread that ended or began in between takes nothing from the others`() {
    #expect(ProcessorTime.growth(from: [1: 5, 2: 100], to: [1: 6, 3: 0.5]) == 1.5)
    // Its number was given to a new one.
    #expect(ProcessorTime.growth(from: [1: 100], to: [1: 1]) == 0)
  }

  @Test func `a disturbance is a share`() throws {
    let before = try ProcessorTime.now()
    let disturbance = try ProcessorTime.now().disturbance(since: before)
    #expect((0...1).contains(disturbance))
  }

  @Test func `what this process does itself is no disturbance`() throws {
    // The others may do what they want meanwhile, so only the difference between an idle and a busy
    // process is judged: were our own work counted, one of two processors would be half of all.
    func disturbance(busy: Bool) throws -> Double {
      let before = try ProcessorTime.now()
      let end = monotonicSeconds() + 0.3
      while monotonicSeconds() < end { if !busy { usleep(10_000) } }
      return try ProcessorTime.now().disturbance(since: before)
    }
    let share = 1 / Double(ProcessorTime.processorCount)
    let lowest =
      try (0..<3).map { _ in try disturbance(busy: true) - disturbance(busy: false) }.min() ?? 1
    #expect(lowest < share / 2)
  }
}
