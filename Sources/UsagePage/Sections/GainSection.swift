package enum GainSection: PageSection {
  package static let id = "gain"
  package static let title = "The model: how many losses are found?"

  package static func definition(_ input: PageInput) -> String {
    "Of all subscriptions that were lost on past days that the model had not learned from, the share among the "
      + "riskiest rows (gain), and how many times more that is than among as many rows at random (lift). All "
      + "days together; equal probabilities share their places."
  }

  package static func add(_ numbers: GainNumbers, _ input: PageInput, to body: inout SectionBody) {
    let points = numbers.points
    let tenth = points.first { abs($0.share - 0.1) < 1e-9 }
    let summary =
      tenth.map {
        "The riskiest tenth holds \(Shown.percent($0.gain)) of the losses, "
          + "\(Shown.decimals($0.lift, 1)) times as many as a tenth at random."
      } ?? ""
    body.add(
      PageChart(
        kind: .curve, title: "Gain", summary: summary, xTitle: "Riskiest share of the rows",
        yTitle: "Share of the losses", labels: points.map { Shown.percent($0.share) },
        places: points.map(\.share), placeFormat: .percent,
        series: [
          PageChart.Series("The model", points.map { Optional($0.gain) }),
          PageChart.Series("At random", points.map { Optional($0.share) }),
        ], format: .percent, most: 1))
    let lifted = points.filter { $0.share > 0 }
    body.add(
      PageChart(
        kind: .curve, title: "Lift", summary: summary, xTitle: "Riskiest share of the rows",
        yTitle: "Times as many as at random", labels: lifted.map { Shown.percent($0.share) },
        places: lifted.map(\.share), placeFormat: .percent,
        series: [
          PageChart.Series("The model", lifted.map { Optional($0.lift) }),
          PageChart.Series("At random", lifted.map { _ in 1 }),
        ], format: .number, digits: 2))
  }
}
