import Features
import Testing
import Words

@testable import RiskModel

/// Which contributions become sentences.
struct ReasonSelectionTests {
  private func chosen(
    _ parts: [(Double, FeatureFamily)]
  ) -> (raising: [Int], lowering: [Int]) {
    ReasonSelection.choose(
      parts.map(\.0), families: parts.map(\.1), trends: parts.map { _ in nil },
      subtle: parts.map { _ in false },
      topics: parts.map { _ in nil }, untold: parts.map { _ in false })
  }

  @Test func `what would come too early is no reason, but may be in its favour`() {
    let parts = [(0.5, FeatureFamily.usageRecency), (0.2, .renewal), (-0.3, .usageTrend)]
    let chosen = ReasonSelection.choose(
      parts.map(\.0), families: parts.map(\.1), trends: [nil, nil, nil],
      subtle: [false, false, false], topics: [nil, nil, nil], untold: [true, false, true])
    #expect(chosen == ([1], [2]))
  }

  @Test func `raising and lowering parts, largest first`() {
    let result = chosen([(0.1, .renewal), (-0.3, .trial), (0.5, .customer), (-0.2, .licences)])
    #expect(result.raising == [2, 0])
    #expect(result.lowering == [1, 3])
  }

  @Test func `nothing to say gives no reasons`() {
    #expect(chosen([]) == ([], []))
    #expect(chosen([(0, .trial), (0.019, .renewal), (-0.019, .customer)]) == ([], []))
    #expect(chosen([(0.02, .trial), (-0.02, .renewal)]) == ([0], [1]))
  }

  @Test func `a family speaks at most twice`() {
    let result = chosen([
      (0.5, .usageTrend), (0.4, .usageTrend), (0.3, .usageTrend), (0.1, .trial),
    ])
    #expect(result.raising == [0, 1, 3])
  }

  @Test func `a part against its own family is no reason`() {
    // As a whole the family raises the risk: its −0.2 would read as a contradiction.
    let result = chosen([(0.5, .usageTrend), (-0.2, .usageTrend), (-0.1, .trial)])
    #expect(result.raising == [0])
    #expect(result.lowering == [2])
  }

  @Test func `a family in balance says nothing`() {
    #expect(chosen([(0.5, .usageTrend), (-0.5, .usageTrend)]) == ([], []))
  }

  @Test func `five reasons and three mitigating facts at most`() {
    let families = FeatureFamily.allCases
    let up = chosen(families.map { (0.5, $0) } + families.map { (0.4, $0) })
    #expect(up.raising.count == 5)
    let down = chosen(families.map { (-0.5, $0) })
    #expect(down.lowering == [0, 1, 2])
  }

  @Test func `a family that says much in small parts speaks before a single larger part`() {
    // 0.06 + 0.05 + 0.07 of recency outweigh 0.15 of the market; its second part comes after that.
    let result = chosen([
      (0.15, .partnerMarket), (0.06, .usageRecency), (0.05, .usageRecency), (0.07, .usageRecency),
    ])
    #expect(result.raising == [3, 0, 1])
    let lowering = chosen([(-0.15, .partnerMarket), (-0.1, .renewal), (-0.1, .renewal)])
    #expect(lowering.lowering == [1, 0, 2])
  }

  @Test func `equal parts keep the order of the columns`() {
    #expect(chosen([(0.3, .trial), (0.3, .renewal), (0.3, .customer)]).raising == [0, 1, 2])
  }

  @Test func `a plain feature speaks before a subtle one of its family, unless it says little`() {
    func raising(_ plain: Double, _ subtle: Double) -> [Int] {
      ReasonSelection.choose(
        [plain, subtle, 0.05], families: [.usageTrend, .usageTrend, .trial],
        trends: [nil, nil, nil], subtle: [false, true, true],
        topics: [nil, nil, nil], untold: [false, false, false]
      ).raising
    }
    // The subtle one of another family has nobody to speak for it.
    #expect(raising(0.2, 0.5) == [0, 2])
    #expect(raising(0.1, 0.5) == [1, 0, 2])
    #expect(raising(-0.1, 0.5) == [1, 2])
    #expect(raising(0, 0.5) == [1, 2])
  }

  @Test func `every subtle feature is in the catalog`() {
    let names = Set(FeatureCatalog.descriptions.map(\.name))
    #expect(SubtleFeatures.names.isSubset(of: names))
    #expect(SubtleFeatures.names.count * 2 < names.count)
  }

  @Test func `a trend is a reason only in its own direction`() {
    func chosen(_ part: Double, trend: Double?) -> [Bool] {
      let result = ReasonSelection.choose(
        [part], families: [.usageTrend], trends: [trend], subtle: [false], topics: [nil],
        untold: [false])
      return [!result.raising.isEmpty, !result.lowering.isEmpty]
    }
    // A decline raises the risk, a rise lowers it; the other way round is no sentence.
    #expect(chosen(0.5, trend: -0.7) == [true, false])
    #expect(chosen(-0.5, trend: 0.7) == [false, true])
    #expect(chosen(0.5, trend: 0.7) == [false, false])
    #expect(chosen(-0.5, trend: -0.7) == [false, false])
    for trend in [0, .nan] { #expect(chosen(0.5, trend: trend) == [false, false]) }
    #expect(chosen(0.5, trend: nil) == [true, false])
  }

  @Test func `what several features say in the same words is said once, by the strongest`() {
    let chosen = ReasonSelection.choose(
      [0.5, 0.9, 0.4, 0.3],
      families: [.usageRecency, .usageTrend, .usageTrend, .renewal],
      trends: [nil, nil, nil, nil], subtle: [false, false, false, false],
      topics: [.silence, .silence, .silence, nil], untold: [false, false, false, false])
    #expect(chosen.raising == [1, 3])
  }

  @Test func `empty windows and long gaps say that it is silent`() {
    let row = [
      "daysSinceLastUsage": 20.0, "usageQuantity14": 0, "activeDays7": 0, "usageQuantity28": 3,
      "activeDaysTrend7": -1, "gapsAsLong": 0.1,
    ]
    let names = [
      "daysSinceLastUsage", "usageQuantity14", "activeDays7", "usageQuantity28", "activeDaysTrend7",
      "gapsAsLong", "autoRenew",
    ]
    #expect(
      ReasonTopic.topics(of: names) { row[$0] ?? .nan } == [
        .silence, .silence, .silence, nil, nil, .silence, nil,
      ])
    #expect(
      ReasonTopic.topics(of: Array(names.dropLast())) { _ in 0 }.allSatisfy { $0 != .silence })
    #expect(
      Language.en.text(ReasonText.message("usageQuantity14") { row[$0] ?? .nan })
        == "No usage for 20 days")
  }

  @Test func `that auto-renew is off is one topic, that it is on is none`() {
    let names = [
      "autoRenew", "autoRenewSwitchedOff", "daysSinceAutoRenewOff", "autoRenewAgainstPartner",
    ]
    let off = [0.0, 0.5, 63, -0.94]
    let on = [1.0, 0, .nan, 0.06]
    func topics(_ row: [Double]) -> [ReasonTopic?] {
      let values = Dictionary(uniqueKeysWithValues: zip(names, row))
      return ReasonTopic.topics(of: names) { values[$0] ?? .nan }
    }
    #expect(topics(off).allSatisfy { $0 == .autoRenewOff })
    #expect(topics(on).allSatisfy { $0 == nil })
  }
}
