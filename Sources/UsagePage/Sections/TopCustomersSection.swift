internal import Files

package enum TopCustomersSection: PageSection {
  package static let id = "topCustomers"
  package static let title = "Top 5 customers by category"

  package static func definition(_ input: PageInput) -> String {
    "The five customers with the most usage in the period, for each category of meters and each product: by "
      + "quantity within one unit"
      + (input.facts.scope.includesMoney
        ? ", and by cost within one currency where costs are known" : "")
      + ". Quantities of different units, and costs of different currencies, are never added."
  }

  /// Charts of the categories that most customers use.
  private static let chartCount = 3

  package static func add(
    _ numbers: TopCustomersNumbers, _ input: PageInput, to body: inout SectionBody
  ) {
    let charted = numbers.groups.filter { $0.category.kind == .meterCategory && $0.top.count > 1 }
    for group in charted.prefix(chartCount) { body.add(chart(group)) }
    let parts: [(TopCustomersNumbers.Kind, TopCustomersNumbers.Measure, String, String, String)] = [
      (.meterCategory, .quantity, "By category of meters", "Category", "Quantity"),
      (.meterCategory, .cost, "By category of meters, in money", "Category", "Cost"),
      (.productName, .quantity, "By product", "Product", "Quantity"),
      (.productName, .cost, "By product, in money", "Product", "Cost"),
    ]
    for (kind, measure, heading, first, amount) in parts {
      let groups = numbers.groups.filter {
        $0.category.kind == kind && $0.category.measure == measure
      }
      guard !groups.isEmpty else { continue }
      body.add(heading: heading)
      body.add(table(groups, first: first, amount: amount))
    }
    if numbers.leftOut > 0 {
      body.add(
        sentence: "\(Shown.count(numbers.leftOut, "category", "categories")) of fewer customers "
          + "\(numbers.leftOut == 1 ? "is" : "are") left out.")
    }
  }

  private static func name(_ group: TopCustomersNumbers.Group) -> String {
    group.category.name.isEmpty ? "(none)" : group.category.name
  }

  private static func chart(_ group: TopCustomersNumbers.Group) -> PageChart {
    let unit = group.category.unit.isEmpty ? "no unit" : group.category.unit
    let first = group.top.first
    let share = first.map { group.total > 0 ? $0.amount / group.total : 0 } ?? 0
    let who = first.map { $0.customer.name ?? $0.customer.tenant } ?? ""
    return PageChart(
      kind: .ranking, title: "\(name(group)), in \(unit)",
      summary:
        "\(who.prefix(60)) has the most, \(Shown.percent(share)) of all "
        + "\(Shown.count(group.customerCount, "customer")).",
      xTitle: "Customer", yTitle: unit,
      labels: group.top.map { $0.customer.name ?? $0.customer.tenant },
      series: [PageChart.Series("Quantity", group.top.map { Optional($0.amount) })],
      format: .number,
      digits: 1)
  }

  private static func table(
    _ groups: [TopCustomersNumbers.Group], first: String, amount: String
  ) -> PageTable {
    // By name, so that the units of a category stand together.
    let ordered = groups.sorted {
      ($0.category.name, $0.category.unit) < ($1.category.name, $1.category.unit)
    }
    let rows = ordered.flatMap { group -> [[PageTable.Cell]] in
      group.top.enumerated().map { index, place in
        [
          .name(name(group)), .count(index + 1), .who(place.customer),
          .amount(place.amount, unit: group.category.unit.isEmpty ? nil : group.category.unit),
          group.total > 0 ? .percent(place.amount / group.total) : .empty,
        ]
      }
    }
    return PageTable(
      "The share is that of all customers in the same category and unit.",
      [
        PageTable.Column(first), PageTable.Column("Place", .number), PageTable.Column("Customer"),
        PageTable.Column(amount, .number), PageTable.Column("Share", .number),
      ], rows)
  }
}
