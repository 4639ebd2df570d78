package enum SoldSection: PageSection {
  package static let id = "sold"
  package static let title = "Total Azure subscriptions sold"

  package static func definition(_ input: PageInput) -> String {
    "Number of Azure subscriptions sold in the period: by their creationDate, or by their effectiveStartDate "
      + "where there is no other."
  }

  package static func add(_ numbers: SoldNumbers, _ input: PageInput, to body: inout SectionBody) {
    body.add(figures: [(Shown.count(numbers.total), "sold in the period")])
    if numbers.undated > 0 {
      body.add(
        sentence: "\(Shown.count(numbers.undated, "Azure subscription")) in the exports "
          + "\(numbers.undated == 1 ? "has" : "have") neither date and cannot be counted.")
    }
    guard numbers.total > 0 else { return }
    body.add(
      PageChart(
        kind: .bar, title: "Sold by \(input.facts.bucketWord)",
        summary: Trend.ofCounts(numbers.sold, input.facts, what: "sold"),
        xTitle: input.facts.bucketTitle, yTitle: "Subscriptions", labels: numbers.labels,
        series: [PageChart.Series("Sold", numbers.sold)]))
  }
}

/// Sentences about figures by date.
enum Trend {
  /// When most were counted.
  static func ofCounts(_ counts: [Int], _ facts: PartnerFacts, what: String) -> String {
    guard let most = counts.max(), most > 0, let place = counts.firstIndex(of: most) else {
      return "None \(what)."
    }
    return
      "\(Shown.count(counts.reduce(0, +))) \(what) in all; the most, \(Shown.count(most)), "
      + "\(facts.words(ofBucket: place))."
  }

  /// From the first to the last that is known.
  static func ofLevels(_ levels: [Int?], what: String) -> String {
    let known = levels.compactMap(\.self)
    guard let first = known.first, let last = known.last else {
      return "Nothing is known of \(what)."
    }
    let lowest = known.min() ?? first
    let highest = known.max() ?? first
    return
      "From \(Shown.count(first)) to \(Shown.count(last)) \(what); between \(Shown.count(lowest)) and "
      + "\(Shown.count(highest))."
  }
}

extension PartnerFacts {
  /// What the figures by date are counted in.
  var bucketWord: String { buckets.first?.unit.rawValue ?? "day" }

  /// `in the week from 2026-11-09`.
  func words(ofBucket place: Int) -> String {
    let bucket = buckets[place]
    return switch bucket.unit {
    case .day: "on \(bucket.label)"
    case .week: "in the week from \(bucket.label)"
    case .month: "in \(bucket.label)"
    }
  }

  var bucketTitle: String {
    switch buckets.first?.unit {
    case .week: "Week from"
    case .month: "Month"
    case .day, nil: "Day"
    }
  }
}
