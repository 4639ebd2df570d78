package import Files

/// Which share of the losses the riskiest rows hold, from evaluation.json.
package struct GainNumbers: SectionNumbers {
  struct Point: Sendable, Hashable {
    let share, gain: Double
    var lift: Double { share > 0 ? gain / share : 1 }
  }

  let points: [Point]
  package let absence: String?

  package init(_ input: PageInput) {
    let evaluation = input.evaluation.value
    points = (evaluation?["gains"]?.array ?? []).compactMap { point in
      guard let share = point["share"]?.double, let gain = point["gain"]?.double else { return nil }
      return Point(share: share, gain: gain)
    }
    absence =
      input.evaluation.absence
      ?? (points.isEmpty ? ModelFigures.absence(evaluation, of: "gains") : nil)
  }

  package var json: JSONValue {
    [
      "points": .array(
        points.map { ["share": .number($0.share), "gain": .number($0.gain)] })
    ]
  }
}
