import Features
import Testing
import Words

@testable import RiskModel

/// How sentences sound as reasons.
struct MessageToneTests {
  @Test func `what sounds worrying is never in favour, what sounds good never a reason`() {
    #expect(MessageTone.worrying.fits(sign: 1) && !MessageTone.worrying.fits(sign: -1))
    #expect(MessageTone.reassuring.fits(sign: -1) && !MessageTone.reassuring.fits(sign: 1))
    for sign in [1.0, -1] {
      #expect(MessageTone.neutral.fits(sign: sign) && MessageTone.empty.fits(sign: sign))
    }
  }

  @Test func `numbers decide where the words alone do not`() {
    func tone(_ key: MessageKey, _ numbers: KeyValuePairs<Argument.Name, Double>) -> MessageTone {
      MessageTone(Message(key, numbers))
    }
    #expect(tone(.silentUsualGap, [.days: 5, .usualGapDays: 7]) == .reassuring)
    #expect(tone(.silentUsualGap, [.days: 8, .usualGapDays: 7]) == .worrying)
    #expect(tone(.usedDaysOfWindow, [.count: 0, .windowDays: 28]) == .worrying)
    #expect(tone(.usedDaysOfWindow, [.count: 14, .windowDays: 28]) == .neutral)
    #expect(tone(.usedDaysOfWindow, [.count: 27, .windowDays: 28]) == .reassuring)
    #expect(tone(.usedDaysAgainstBefore, [.count: 2, .countBefore: 9]) == .worrying)
    #expect(tone(.usedDaysAgainstBefore, [.count: 9, .countBefore: 9]) == .neutral)
    #expect(tone(.costTrend, [.share: 1.4, .windowDays: 28]) == .reassuring)
    #expect(tone(.siblingsClosedInWindow, [.count: 1, .windowDays: 91]) == .worrying)
    #expect(tone(.siblingsClosedShare, [.share: 0]) == .reassuring)
  }

  @Test func `unknown levels say nothing`() {
    for (level, tone) in [("UNKNOWN", MessageTone.empty), ("n/a", .empty), ("DE", .neutral)] {
      #expect(MessageTone(Message(.product, texts: [.level: level])) == tone)
    }
    #expect(MessageTone(Message(.soldByReseller)) == .empty)
  }

  @Test func `a short silence is told as recent usage where it speaks in favour`() {
    #expect(
      Message(.silent, [.days: 1]).inFavour == Message(.usedWithin, [.days: 2]))
    #expect(
      Message(.silentUsualGap, [.days: 3, .usualGapDays: 2]).inFavour
        == Message(.usedWithin, [.days: 4]))
    let usual = Message(.silentUsualGap, [.days: 3, .usualGapDays: 7])
    #expect(usual.inFavour == usual)
    let long = Message(.silent, [.days: 8])
    #expect(long.inFavour == long)
  }

  @Test func `a sentence that tells nothing is told only where there is no other`() {
    func raising(_ tones: [MessageTone]) -> [Int] {
      ReasonSelection.choose(
        [0.5, 0.4, 0.3], families: [.renewal, .trial, .customer], trends: [nil, nil, nil],
        subtle: [false, false, false], topics: [nil, nil, nil], untold: [false, false, false],
        tone: { index, _ in tones[index] }
      ).raising
    }
    #expect(raising([.empty, .neutral, .reassuring]) == [1])
    #expect(raising([.empty, .reassuring, .empty]) == [0])
    #expect(raising([.reassuring, .reassuring, .reassuring]) == [])
  }

  @Test func `a topic is told by the first feature whose sentence fits`() {
    let chosen = ReasonSelection.choose(
      [0.5, 0.4], families: [.usageRecency, .usageTrend], trends: [nil, nil],
      subtle: [false, false], topics: [.silence, .silence], untold: [false, false],
      tone: { index, _ in index == 0 ? .reassuring : .worrying })
    #expect(chosen.raising == [1])
  }

  @Test func `one window of days is enough`() {
    let topics = ReasonTopic.topics(of: ["activeDays28", "activeDays91", "activeDaysTrend28"]) {
      ["activeDays28": 2, "activeDays91": 6, "daysSinceLastUsage": 4][$0] ?? 0
    }
    #expect(topics == [.activeDays, .activeDays, nil])
  }

  @Test func `what was never used is said once, however many windows are empty`() {
    let names = ["neverUsed", "activeDays28", "usageQuantity91", "distinctMeters28", "autoRenew"]
    let values = ["neverUsed": 1.0, "daysSinceLastUsage": .nan, "autoRenew": 1, "tenureDays": 40]
    let topics = ReasonTopic.topics(of: names) { values[$0] ?? 0 }
    #expect(topics == [.silence, .silence, .silence, .silence, nil])
    #expect(
      ReasonText.message("activeDays28") { values[$0] ?? 0 }
        == Message(.neverUsedSinceStart, [.days: 40]))
  }
}
