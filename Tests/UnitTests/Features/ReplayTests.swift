import Features
import History
import TestSupport
import Testing

@testable import Features

/// Point in time is a property of the type: nothing after a landmark can reach a feature.
struct ReplayTests {
  @Test(arguments: UInt64(1)...12)
  func `every feature is the same as it was on the day, bit for bit`(seed: UInt64) throws {
    let lag = [0, 2, 5][Int(seed / 2 % 3)]
    let result = try Replay.differences(Self.past(seed), lag: lag)
    #expect(result.names == [], "seed \(seed), lag \(lag)")
    #expect(result.rows > 20)
  }

  /// Every fourth history is one of many subscriptions that are alike.
  private static func past(_ seed: UInt64) -> InMemoryHistory {
    seed.isMultiple(of: 4) ? RandomPast.makeAlike(seed: seed) : RandomPast.make(seed: seed)
  }

  @Test func `the random histories are rich enough to tell`() throws {
    var rows = 0
    var finite: [String: Int] = [:]
    var standings = Set<String>()
    for seed in UInt64(1)...12 {
      let history = Self.past(seed)
      let rules = StandingRules(
        exclusions: history.exclusions, minimumTenureDays: 14, today: pastDay(RandomPast.lastDay))
      let contexts = try ReferenceStatistics(
        history: history, landmarks: Replay.landmarks(of: history), lag: 2
      ).contexts
      for context in contexts {
        for customer in history.customers.map({ CustomerSnapshot($0, at: context) }) {
          for known in customer.subscriptions {
            rows += 1
            let subscription = customer.snapshot(of: known)
            for feature in FeatureCatalog.numeric
            where !feature.value(of: subscription, in: customer).isNaN {
              finite[feature.description.name, default: 0] += 1
            }
            switch rules.standing(of: known, at: context) {
            case .scored: standings.insert("scored")
            case .unlisted: standings.insert("unlisted")
            case .excluded(let reason, since: _): standings.insert(reason.rawValue)
            }
          }
        }
      }
    }
    #expect(rows > 2_000)
    for feature in FeatureCatalog.numeric {
      #expect(finite[feature.description.name, default: 0] > 100, "\(feature.description.name)")
    }
    // migrated, fraud and internal take the same way as transferred and test.
    #expect(
      standings.isSuperset(of: [
        "scored", "unlisted", "alreadyChurned", "missing", "transferred", "test", "tooNew",
        "unknownStatus", "other",
      ]))
  }

  @Test(arguments: Peek.allCases)
  func `a feature that peeks one day ahead is caught`(peek: Peek) throws {
    var caught = 0
    for seed in UInt64(1)...2 {
      let history = RandomPast.make(seed: seed)
      caught += try Replay.differences(history, lag: 2) {
        [try PeekingFeature(peek: peek, daysAhead: 1, history: $0, landmarks: $1)]
      }.names.count { $0 == "peek" }
    }
    #expect(caught > 0)
  }

  @Test(arguments: Peek.allCases)
  func `the same feature without the peek passes`(peek: Peek) throws {
    for seed in UInt64(1)...2 {
      let history = RandomPast.make(seed: seed)
      let result = try Replay.differences(history, lag: 2) {
        [try PeekingFeature(peek: peek, daysAhead: 0, history: $0, landmarks: $1)]
      }
      #expect(!result.names.contains("peek"), "seed \(seed)")
    }
  }
}

/// The ways to look ahead that the replay must notice.
enum Peek: CaseIterable {
  /// Counts the subscription's rows.
  case observations
  /// Adds up the usage lines as then known.
  case usage
  /// Counts the exports.
  case exports
  /// Adds up the meters' medians.
  case medians
  /// Counts who is active and who was lost among all.
  case peers
  /// Counts referrals and exports of resellers.
  case surroundings
}

/// A number made behind the snapshot's back, from the history itself.
private struct PeekingFeature: Feature {
  private let peek: Peek
  private let daysAhead: Int
  private let history: InMemoryHistory
  /// The sum of the meters' medians, or of the peers, on each day looked at.
  private let statistics: [CalendarDay: Double]

  let description = FeatureDescription(
    "peek", .customer, unit: "count", meaning: "Looks ahead.", missing: "Never.", source: "tests")

  init(peek: Peek, daysAhead: Int, history: InMemoryHistory, landmarks: [CalendarDay]) throws {
    self.peek = peek
    self.daysAhead = daysAhead
    self.history = history
    guard peek == .medians || peek == .peers else {
      statistics = [:]
      return
    }
    let contexts = try ReferenceStatistics(
      history: history, landmarks: landmarks.map { $0 + daysAhead }, lag: 2
    ).contexts
    statistics = Dictionary(
      contexts.map { context in
        let counts = context.peers.sources.compactMap { $0.map { $0.present + 100 * $0.lost91 } }
        return (
          context.asOf,
          peek == .medians ? context.meterMedians.reduce(0, +) : Double(counts.reduce(0, +))
        )
      }, uniquingKeysWith: { $1 })
  }

  func value(of subscription: SubscriptionSnapshot, in customer: CustomerSnapshot) -> Double {
    let day = customer.context.asOf + daysAhead
    guard
      let past = history.customers.lazy.flatMap(\.subscriptions)
        .first(where: { $0.id == subscription.id })
    else { return .nan }
    switch peek {
    case .observations: return Double(past.observations.count { $0.day <= day })
    case .usage:
      var sum = 0.0
      for row in 0..<past.usage.count
      where max(past.usage.days[row] + customer.context.lag, past.usage.firstKnown[row]) <= day {
        sum += past.usage.quantities[row]
      }
      return sum
    case .exports: return Double(history.sources.flatMap(\.days).count { $0.day <= day })
    case .medians, .peers: return statistics[day] ?? .nan
    case .surroundings:
      let around = history.surroundings.known(on: day)
      return Double(around.referrals.count + around.resellers.count)
    }
  }
}
