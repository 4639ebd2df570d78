package import Files

/// The Kaplan–Meier curve of all Azure subscriptions.
package struct SurvivalNumbers: SectionNumbers {
  package let curve: KaplanMeier
  /// Ages that are told in words, in days.
  static let toldAges = [91, 182, 365, 730]

  package init(_ input: PageInput) {
    curve = KaplanMeier(input.facts.azure.compactMap { SurvivalSubject($0.subscription) })
  }

  package var absence: String? {
    if curve.subjects == 0 {
      return
        "No Azure subscription was followed for long enough: a curve needs a start date and at least "
        + "two exports."
    }
    return curve.steps.isEmpty
      ? "None of the \(curve.subjects) Azure subscriptions that were followed was lost, so that there is no "
        + "curve to draw." : nil
  }

  package var json: JSONValue {
    [
      "subscriptions": .integer(curve.subjects), "lost": .integer(curve.lost),
      "enteredLater": .integer(curve.truncated), "firstAge": .integer(curve.firstAge),
      "lastAge": .integer(curve.lastAge), "medianAge": .optional(curve.medianAge),
      "steps": .array(
        curve.steps.map {
          [
            "age": .integer($0.age), "atRisk": .integer($0.atRisk), "lost": .integer($0.lost),
            "survival": .number($0.survival), "low": .optional($0.low), "high": .optional($0.high),
          ]
        }),
    ]
  }
}
