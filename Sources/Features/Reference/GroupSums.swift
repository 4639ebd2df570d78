/// Sums of groups of subscriptions, one for each landmark; groups are added as they come.
struct GroupSums<Key: Hashable & Sendable, Sum: SummableCounts>: Sendable {
  private(set) var numbers: [Key: Int] = [:]
  /// For each group, one for each landmark.
  private(set) var sums: [[Sum]] = []
  private let landmarkCount: Int

  init(landmarkCount: Int) { self.landmarkCount = landmarkCount }

  /// The number of a group, which is added when it is new.
  mutating func number(of key: Key) -> Int {
    if let number = numbers[key] { return number }
    numbers[key] = sums.count
    sums.append(Array(repeating: Sum(), count: landmarkCount))
    return sums.count - 1
  }

  mutating func add(_ sum: Sum, toGroup number: Int, landmark: Int) {
    sums[number][landmark] += sum
  }

  /// Adds what was counted of other subscriptions.
  ///
  /// - Parameters:
  ///   - other: over the same landmarks.
  ///   - renamed: what a key of `other` is called here.
  mutating func add(_ other: Self, renamed: (Key) -> Key = { $0 }) {
    for (key, number) in other.numbers {
      let own = self.number(of: renamed(key))
      for landmark in 0..<landmarkCount { sums[own][landmark] += other.sums[number][landmark] }
    }
  }

  /// The groups that have anyone on a landmark.
  func groups(onLandmark landmark: Int) -> [Key: Sum] {
    numbers.compactMapValues { number in
      let sum = sums[number][landmark]
      return sum.isEmpty ? nil : sum
    }
  }
}

/// Counts in whole numbers: sums of parts are exact in any order.
protocol SummableCounts: Sendable {
  init()
  static func += (sum: inout Self, other: Self)
  var isEmpty: Bool { get }
}
