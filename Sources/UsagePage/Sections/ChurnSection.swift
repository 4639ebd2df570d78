internal import History

package enum ChurnSection: PageSection {
  package static let id = "churn"
  package static let title = "Azure subscription churn"

  package static func definition(_ input: PageInput) -> String {
    "Active: Azure subscriptions that were active at the end of each \(input.facts.bucketWord); one that "
      + "complete exports no longer show is not. Deprovisioned or suspended: by the day on which it happened: "
      + "deprovisionedDate where there is one, else the first export that showed it. Trials, transfers and "
      + "suspensions that were lifted soon are among them; the prediction leaves those out."
  }

  package static func add(_ numbers: ChurnNumbers, _ input: PageInput, to body: inout SectionBody) {
    let suspended = numbers.suspended.reduce(0, +)
    let deprovisioned = numbers.deprovisioned.reduce(0, +)
    var figures: [(figure: String, words: String)] = []
    if let end = numbers.active.last ?? nil {
      figures.append((Shown.count(end), "active at the end"))
    }
    figures += [
      (Shown.count(deprovisioned), "deprovisioned"), (Shown.count(suspended), "suspended"),
      (Shown.count(numbers.lostSubscriptions), "subscriptions of either, each once"),
    ]
    if numbers.undone > 0 {
      figures.append((Shown.count(numbers.undone), "suspensions lifted within 30 days"))
    }
    if numbers.vanished > 0 {
      figures.append((Shown.count(numbers.vanished), "no longer in the exports"))
    }
    body.add(figures: figures)
    if numbers.vanished > 0 {
      body.add(
        sentence:
          "Those no longer in the exports were active when last seen: their commitment ended, they moved "
          + "to another partner, or they are missing. They are neither active nor lost.")
    }
    if numbers.active.contains(where: { $0 != nil }) {
      body.add(
        PageChart(
          kind: .line, title: "Active subscriptions",
          summary: Trend.ofLevels(numbers.active, what: "active Azure subscriptions"),
          xTitle: input.facts.bucketTitle, yTitle: "Subscriptions", labels: numbers.labels,
          series: [PageChart.Series("Active", numbers.active)]))
    } else {
      body.add(
        sentence: "How many were active is not known: the period lies before the first export.")
    }
    guard suspended + deprovisioned > 0 else {
      return body.add(sentence: "None was deprovisioned or suspended in the period.")
    }
    let both = zip(numbers.suspended, numbers.deprovisioned).map { $0 + $1 }
    body.add(
      PageChart(
        kind: .bar, title: "Deprovisioned or suspended by \(input.facts.bucketWord)",
        summary: Trend.ofCounts(both, input.facts, what: "deprovisioned or suspended"),
        xTitle: input.facts.bucketTitle, yTitle: "Subscriptions", labels: numbers.labels,
        series: [
          PageChart.Series("Deprovisioned", numbers.deprovisioned),
          PageChart.Series("Suspended", numbers.suspended),
        ], isStacked: true))
  }
}
