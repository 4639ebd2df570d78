/// Sums of groups of subscriptions, one for each landmark; groups are added as they come.
struct GroupSums<Key: Hashable & Sendable, Sum: SummableCounts>: Sendable {
  private(set) var numbers: [Key: Int] = [:]
  /// Group by group, one for each landmark.
  private var sums: [Sum] = []
  private let landmarkCount: Int

  init(landmarkCount: Int) { self.landmarkCount = landmarkCount }

  var groupCount: Int { numbers.count }

  /// The number of a group, which is added when it is new.
  mutating func number(of key: Key) -> Int {
    if let number = numbers[key] { return number }
    let number = numbers.count
    numbers[key] = number
    sums.append(contentsOf: repeatElement(Sum(), count: landmarkCount))
    return number
  }

  mutating func add(_ sum: Sum, toGroup number: Int, landmark: Int) {
    sums[number * landmarkCount + landmark] += sum
  }

  func sum(ofGroup number: Int, landmark: Int) -> Sum { sums[number * landmarkCount + landmark] }

  /// Adds what was counted of other subscriptions.
  ///
  /// - Parameters:
  ///   - other: over the same landmarks.
  ///   - renamed: what a key of `other` is called here.
  /// - Returns: for each group of `other` its number here.
  @discardableResult
  mutating func add(_ other: Self, renamed: (Key) -> Key = { $0 }) -> [Int] {
    var ownNumbers = Array(repeating: 0, count: other.numbers.count)
    for (key, number) in other.numbers {
      let own = self.number(of: renamed(key))
      ownNumbers[number] = own
      for landmark in 0..<landmarkCount {
        sums[own * landmarkCount + landmark] += other.sums[number * landmarkCount + landmark]
      }
    }
    return ownNumbers
  }

  /// By number, the groups that have anyone on a landmark.
  func groups(onLandmark landmark: Int) -> [Sum?] {
    (0..<numbers.count).map { number in
      let sum = sums[number * landmarkCount + landmark]
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
