import TestSupport
import Testing

@testable import Features

/// A set of small numbers against the one of the standard library.
struct SmallNumbersTests {
  @Test func `an empty set has no numbers`() {
    let none = SmallNumbers()
    #expect(none.isEmpty && none.count == 0 && !none.contains(0) && !none.contains(1_000))
  }

  @Test func `numbers at the edges of words are told apart`() {
    var numbers = SmallNumbers()
    for number in [0, 63, 64, 127, 128] { numbers.insert(number) }
    #expect(numbers.count == 5)
    #expect([0, 63, 64, 127, 128].allSatisfy(numbers.contains))
    #expect([1, 62, 65, 126, 129, 200].allSatisfy { !numbers.contains($0) })
  }

  @Test func `flags become the numbers at which they are true`() {
    let numbers = SmallNumbers([false, true, false, true])
    #expect(numbers.count == 2 && numbers.contains(1) && numbers.contains(3))
  }

  @Test(arguments: UInt64(1)...20)
  func `random sets equal those of the standard library`(seed: UInt64) {
    var random = HistoryRandom(seed: seed)
    let limit = [10, 64, 65, 500][Int(seed % 4)]
    var (one, other) = (Set<Int>(), Set<Int>())
    var (ours, others) = (SmallNumbers(), SmallNumbers())
    for _ in 0..<random.number(0...60) {
      let number = random.number(0...limit)
      if random.number(0...1) == 0 {
        one.insert(number)
        ours.insert(number)
      } else {
        other.insert(number)
        others.insert(number)
      }
    }
    #expect(ours.count == one.count && ours.isEmpty == one.isEmpty)
    ours.subtract(others)
    one.subtract(other)
    #expect(ours.count == one.count)
    #expect((0...limit).allSatisfy { ours.contains($0) == one.contains($0) })
  }
}
