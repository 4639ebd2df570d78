package import Features
package import History
package import Learning

/// What became of a list that was really written: losses that were seen against those expected.
///
/// Rows that somebody spoke with are told apart: where calls save customers, fewer are lost than expected,
/// and that is no fault of the model.
package struct MaturedList: Sendable, Hashable {
  package struct Part: Sendable, Hashable {
    package let rows: Int
    package let lost: Int
    /// Sum of the probabilities.
    package let expected: Double
    /// Losses for each one expected, with its 95 % interval by customers.
    package let ratio: Estimate

    /// Whether the interval lies wholly outside of 0.8 to 1.25: neither chance nor a small error.
    package var isOff: Bool {
      guard rows > 0, let low = ratio.low, let high = ratio.high else { return false }
      return low > 1.25 || high < 0.8
    }
  }

  package let asOf: CalendarDay
  package let all: Part
  package let contacted: Part
  package let uncontacted: Part

  /// Looks up what became of the rows of a list; nil while no outcome is known, and under rules.
  ///
  /// - Parameters:
  ///   - list: the list.
  ///   - definition: what counts as churn for it.
  ///   - contacts: who spoke with whom; contacts within the horizon count.
  ///   - history: everything seen.
  ///   - known: the last day that is looked at.
  /// - Throws: what reading the history throws.
  package init?(
    _ list: LiveList, definition: ChurnDefinition, contacts: ContactLog,
    _ history: some HistorySource, knownThrough known: CalendarDay
  ) throws {
    let outcomes = try Outcomes(
      history: history, landmarks: [list.asOf], lag: list.lagDays, definition: definition,
      knownThrough: known)
    var judged: [Judged] = []
    for row in list.rows {
      guard let outcome = outcomes.outcome(of: row.subscription, after: list.asOf),
        let probability = row.probability
      else { continue }
      let end = list.asOf + list.horizonDays
      let isContacted = contacts.contacts(about: row.subscription, through: end)
        .contains { $0.day > list.asOf && $0.outcome != .snoozed }
      judged.append(
        Judged(
          probability: probability, label: outcome.label, customer: outcome.customer,
          isContacted: isContacted))
    }
    guard !judged.isEmpty else { return nil }
    asOf = list.asOf
    all = Part(judged)
    contacted = Part(judged.filter(\.isContacted))
    uncontacted = Part(judged.filter { !$0.isContacted })
  }
}

private struct Judged {
  var probability: Double
  var label: Double
  var customer: Int32
  var isContacted: Bool
}

extension MaturedList.Part {
  fileprivate init(_ judged: [Judged]) {
    rows = judged.count
    lost = judged.count { $0.label == 1 }
    expected = judged.reduce(0) { $0 + $1.probability }
    ratio =
      judged.isEmpty
      ? Estimate(nil)
      : ProbabilityFigures(
        probabilities: judged.map(\.probability), labels: judged.map(\.label),
        groups: judged.map(\.customer)
      ).observedExpectedRatio
  }
}
