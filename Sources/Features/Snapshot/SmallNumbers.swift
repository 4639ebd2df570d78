/// A set of numbers from 0 on, most of them below 64: those take no memory of their own.
struct SmallNumbers: Sendable {
  private var low: UInt64 = 0
  /// The numbers from 64 on, 64 to a word.
  private var high: [UInt64] = []

  init() {}

  /// The numbers at which `flags` is true.
  init(_ flags: some Sequence<Bool>) {
    for (number, flag) in flags.enumerated() where flag { insert(number) }
  }

  @inline(__always)
  mutating func insert(_ number: Int) {
    if number < 64 { low |= 1 &<< UInt64(number) } else { insertHigh(number) }
  }

  private mutating func insertHigh(_ number: Int) {
    let word = number / 64 - 1
    if word >= high.count { high += Array(repeating: 0, count: word + 1 - high.count) }
    high[word] |= 1 << UInt64(number % 64)
  }

  @inline(__always)
  func contains(_ number: Int) -> Bool {
    number < 64 ? low & 1 &<< UInt64(number) != 0 : containsHigh(number)
  }

  private func containsHigh(_ number: Int) -> Bool {
    let word = number / 64 - 1
    return word < high.count && high[word] & 1 << UInt64(number % 64) != 0
  }

  var isEmpty: Bool { low == 0 && high.allSatisfy { $0 == 0 } }

  var count: Int { high.reduce(low.nonzeroBitCount) { $0 + $1.nonzeroBitCount } }

  /// Takes out all numbers of another set.
  mutating func subtract(_ other: SmallNumbers) {
    low &= ~other.low
    for word in high.indices where word < other.high.count { high[word] &= ~other.high[word] }
  }
}
