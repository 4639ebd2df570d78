package enum SurvivalSection: PageSection {
  package static let id = "survival"
  package static let title = "Azure subscription retention: by age"

  package static func definition(_ input: PageInput) -> String {
    "The estimated share of Azure subscriptions still there at an age (Kaplan–Meier), with a pointwise 95 % "
      + "interval (Greenwood, log-log), as if subscriptions were independent of each other. Lost is who was "
      + "deprovisioned, or suspended and not back within 30 days. Who still was there at the last export, or "
      + "left otherwise (transfer, unpaid trial, end of the commitment, missing from the exports), is censored "
      + "on that day: what came later is not known. Subscriptions that began before the first export count "
      + "from the age that they had then (left truncation). Fraud, internal and test subscriptions are left "
      + "out. From the first day on record, whatever the period."
  }

  package static func add(
    _ numbers: SurvivalNumbers, _ input: PageInput, to body: inout SectionBody
  ) {
    let curve = numbers.curve
    var figures: [(figure: String, words: String)] = []
    for age in SurvivalNumbers.toldAges {
      if let step = curve.step(at: age) {
        figures.append((Shown.percent(step.survival), "still there at \(age) days"))
      }
    }
    figures.append(
      (
        curve.medianAge.map { Shown.count($0, "day") } ?? "not reached",
        "age at which half are lost"
      ))
    body.add(figures: figures)
    body.add(
      sentence:
        "\(Shown.count(curve.subjects, "subscription")) followed, \(Shown.count(curve.lost)) of them "
        + "lost; \(Shown.count(curve.truncated)) began before the first export and entered later."
        + (curve.firstAge > 0
          ? " Fewer than \(KaplanMeier.fewestFollowed) were followed at an age below "
            + "\(Shown.count(curve.firstAge, "day")): the curve is that of subscriptions that have reached it."
          : ""))
    body.add(chart(curve))
  }

  /// Places of the curve that a screen can show.
  private static let mostPlaces = 400

  private static func interval(_ step: KaplanMeier.Step) -> String {
    guard let low = step.low, let high = step.high else { return "." }
    return ", 95 % interval \(Shown.percent(low)) to \(Shown.percent(high))."
  }

  private static func chart(_ curve: KaplanMeier) -> PageChart {
    let every = max(1, (curve.steps.count + mostPlaces - 1) / mostPlaces)
    let kept = curve.steps.indices.filter {
      $0.isMultiple(of: every) || $0 == curve.steps.count - 1
    }.map { curve.steps[$0] }
    // The curve starts at 1 and lasts as long as enough are followed.
    let hasTail = (kept.last?.age ?? 0) < curve.lastAge
    let ages = [curve.firstAge] + kept.map(\.age) + (hasTail ? [curve.lastAge] : [])
    func values(_ first: Double, _ value: (KaplanMeier.Step) -> Double?) -> [Double?] {
      let inner = kept.map(value)
      return [first] + inner + (hasTail ? [inner.last ?? first] : [])
    }
    let last = kept.last
    return PageChart(
      kind: .steps, title: "Share still there by age",
      summary: last.map {
        "From 100 % at \(Shown.count(curve.firstAge, "day")) down to \(Shown.percent($0.survival)) at "
          + "\(Shown.count($0.age, "day"))"
          + interval($0)
      } ?? "",
      xTitle: "Age in days", yTitle: "Still there", labels: ages.map(String.init),
      places: ages.map(Double.init),
      series: [
        PageChart.Series("Still there", values(1) { $0.survival }),
        PageChart.Series("95 % interval", values(1) { $0.low }, isEdge: true),
        PageChart.Series("Upper end of the interval", values(1) { $0.high }, isEdge: true),
      ], format: .percent, most: 1, tableEvery: max(1, ages.count / 40))
  }
}
