package import Files
internal import History

/// How many of the Azure subscriptions that began in a month are still there, month after month.
package struct CohortNumbers: SectionNumbers {
  struct Cohort: Sendable, Hashable {
    /// `2026-03`.
    let month: String
    let size: Int
    let lost: Int
    /// The share still there at 0, 30, 60 … days; as long as all of the cohort can have been followed so far.
    let retained: [Double]
  }

  static let stepDays = 30
  static let mostCohorts = 24

  /// By month, the newest last.
  let cohorts: [Cohort]
  let firstObservation: CalendarDay

  package init(_ input: PageInput) {
    let facts = input.facts
    let (first, last) = (facts.period.firstObservation, facts.period.lastObservation)
    firstObservation = first
    let subjects = facts.azure.compactMap { SurvivalSubject($0.subscription) }
      .filter { !$0.isTruncated && $0.start >= first && $0.start <= last }
    let months = Dictionary(grouping: subjects) { $0.start.month }.sorted { $0.key < $1.key }
    cohorts = months.suffix(Self.mostCohorts).map { month, members in
      let curve = KaplanMeier(members, fewest: 1)
      let youngest = (members.map(\.start).max() ?? last).lastOfMonth
      let steps = last >= youngest ? (last - youngest) / Self.stepDays : -1
      return Cohort(
        month: month, size: members.count, lost: members.count(where: \.isLost),
        retained: steps < 0
          ? []
          : (0...steps).map { step in
            curve.steps.last { $0.age <= step * Self.stepDays }?.survival ?? 1
          })
    }
  }

  package var absence: String? {
    cohorts.isEmpty
      ? "No Azure subscription began after the first observation, \(firstObservation), and of those that "
        + "began before it only the survivors are known."
      : nil
  }

  package var json: JSONValue {
    [
      "stepDays": .integer(Self.stepDays),
      "cohorts": .array(
        cohorts.map {
          [
            "month": .string($0.month), "size": .integer($0.size), "lost": .integer($0.lost),
            "retained": .array($0.retained.map { .number($0) }),
          ]
        }),
    ]
  }
}
