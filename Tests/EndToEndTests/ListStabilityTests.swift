import Reporting
import Testing

/// Decided lists beside the raw threshold, over thirteen weekly scorings of a simulated partner whose outcomes
/// are known.
///
/// `Training/peers/list_changes.py` measures the same for any scores.
struct ListStabilityTests {
  /// Lists of one kind, week after week.
  private struct Lists {
    /// How often a subscription came onto the list or left it, from one week to the next.
    private(set) var flips = 0
    /// Of the subscriptions that were lost within the horizon, those among the first rows, by how many.
    private(set) var caught: [Int: Int]
    private var before: [String: Bool] = [:]

    init(capacities: [Int]) {
      caught = Dictionary(uniqueKeysWithValues: capacities.map { ($0, 0) })
    }

    mutating func add(
      _ week: AtRiskDocument, lost: Set<String>, isListed: (AtRiskDocument.Row) -> Bool
    ) {
      var now: [String: Bool] = [:]
      var order: [String] = []
      for row in week.subscriptions {
        let id = row.identity.subscriptionId
        now[id] = isListed(row)
        if isListed(row) { order.append(id) }
      }
      flips += now.count { id, isListed in before[id].map { $0 != isListed } ?? false }
      before = now
      for capacity in caught.keys {
        caught[capacity, default: 0] += lost.intersection(order.prefix(capacity)).count
      }
    }
  }

  private static let weeks = [
    "2026-05-25", "2026-06-01", "2026-06-08", "2026-06-15", "2026-06-22", "2026-06-29",
    "2026-07-06", "2026-07-13", "2026-07-20", "2026-07-27", "2026-08-03", "2026-08-10",
    "2026-08-17",
  ]

  @Test(arguments: ["3", "10"])
  func `lists change at most half as often as the threshold, and catch as many losses`(
    seed: String
  ) throws {
    let folder = try TemporaryFolder()
    let program = Program(folder: folder.path)
    try program.succeed([
      "simulate", "--subscriptions", "1500", "--weeks", "70", "--seed", seed, "--as-of",
      "2026-11-16", "--output", "exports",
    ])
    try program.succeed(["import", "exports"])
    try program.succeed(["train", "--as-of", Self.weeks[0], "--learner", "logistic"])
    // 91 days after the last week: every list's horizon has been seen to its end.
    try program.succeed(["score", "--as-of", "2026-11-16", "--output", "end.json"])
    let end = try AtRiskDocument(contentsOf: folder.path("end.json"))
    let lost = Dictionary(
      end.excluded.compactMap { row in
        row.reason == "alreadyChurned"
          ? row.since.map { (row.identity.subscriptionId, $0) } : nil
      }, uniquingKeysWith: { first, _ in first })
    let capacities = [10, 20, 30, 50, 75, 100, 150, 200, 300]
    var threshold = Lists(capacities: capacities)
    var decided = Lists(capacities: capacities)
    var previous: [String] = []
    for (place, day) in Self.weeks.enumerated() {
      try program.succeed(["score", "--as-of", day, "--output", "\(day).json"] + previous)
      previous = ["--previous", "\(day).json"]
      let week = try AtRiskDocument(contentsOf: folder.path("\(day).json"))
      let horizonEnd = Self.ends[place]
      let scored = Set(week.subscriptions.map(\.identity.subscriptionId))
      let gone = Set(
        lost.filter { day < $0.value && $0.value <= horizonEnd && scored.contains($0.key) }.keys)
      #expect(week.horizonDays == 91 && gone.count > 20)
      threshold.add(week, lost: gone, isListed: \.isAtRisk)
      decided.add(week, lost: gone, isListed: \.isListed)
    }
    #expect(threshold.flips > 100)
    #expect(2 * decided.flips <= threshold.flips, "\(decided.flips) of \(threshold.flips)")
    for capacity in capacities {
      let (ours, raw) = (decided.caught[capacity] ?? 0, threshold.caught[capacity] ?? 0)
      #expect(raw > 0 && ours >= raw, "at \(capacity): \(ours) and \(raw)")
    }
  }

  /// 91 days after each week.
  private static let ends = [
    "2026-08-24", "2026-08-31", "2026-09-07", "2026-09-14", "2026-09-21", "2026-09-28",
    "2026-10-05", "2026-10-12", "2026-10-19", "2026-10-26", "2026-11-02", "2026-11-09",
    "2026-11-16",
  ]
}
