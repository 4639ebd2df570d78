package import Files
internal import History

/// The five customers with the most usage in each category.
///
/// Quantities are added within one category and unit, costs within one category and currency, and never across.
package struct TopCustomersNumbers: SectionNumbers {
  package enum Kind: String, Sendable, CaseIterable { case meterCategory, productName }
  package enum Measure: String, Sendable { case quantity, cost }

  /// What is added up together.
  package struct Category: Sendable, Hashable {
    package let kind: Kind
    package let measure: Measure
    /// The category of the meter, or the product; empty where there is none.
    package let name: String
    /// Of the quantity, or the currency of the cost.
    package let unit: String
  }

  struct Place: Sendable, Hashable {
    let customer: WhoIs
    let amount: Double
  }

  /// A category with its first customers.
  struct Group: Sendable, Hashable {
    let category: Category
    /// Of all customers.
    let total: Double
    /// Customers with any.
    let customerCount: Int
    /// At most five, the most first.
    let top: [Place]
  }

  static let places = 5
  /// Groups of one kind and measure that are told, those of most customers.
  static let mostGroups = 40

  /// By kind and measure, those of most customers first.
  let groups: [Group]
  let leftOut: Int

  package init(_ input: PageInput) {
    let facts = input.facts
    var amounts: [Category: [(customer: Int, amount: Double)]] = [:]
    for (index, customer) in facts.customers.enumerated() {
      var own: [Category: Double] = [:]
      for subscription in customer.azure {
        // In the order of the meters, so that sums do not depend on that of a dictionary.
        for (number, sum) in subscription.usage.sums.sorted(by: { $0.key < $1.key }) {
          let meter = facts.meters[Int(number)]
          for kind in Kind.allCases {
            let name =
              kind == .meterCategory
              ? meter.meterCategory : subscription.state.productName ?? ""
            if sum.quantity > 0 {
              own[
                Category(kind: kind, measure: .quantity, name: name, unit: meter.meterUnit),
                default: 0] += sum.quantity
            }
            if facts.scope.includesMoney, let cost = sum.cost {
              own[
                Category(kind: kind, measure: .cost, name: name, unit: meter.currency),
                default: 0] += cost
            }
          }
        }
      }
      for (category, amount) in own { amounts[category, default: []].append((index, amount)) }
    }
    let all = amounts.map { category, of in
      let ordered = of.sorted { ($1.amount, $0.customer) < ($0.amount, $1.customer) }
      return Group(
        category: category,
        total: of.sorted { $0.customer < $1.customer }.reduce(0) { $0 + $1.amount },
        customerCount: of.count,
        top: ordered.prefix(Self.places).map {
          Place(customer: facts.who(facts.customers[$0.customer]), amount: $0.amount)
        })
    }.sorted { left, right in
      let (one, other) = (left.category, right.category)
      return (
        one.kind.rawValue, one.measure.rawValue, right.customerCount, one.name, one.unit
      ) < (other.kind.rawValue, other.measure.rawValue, left.customerCount, other.name, other.unit)
    }
    var counts: [String: Int] = [:]
    groups = all.filter { group in
      let key = group.category.kind.rawValue + group.category.measure.rawValue
      counts[key, default: 0] += 1
      return counts[key, default: 0] <= Self.mostGroups
    }
    leftOut = all.count - groups.count
  }

  package var absence: String? {
    groups.isEmpty ? "No usage of an Azure subscription is known in this period." : nil
  }

  package var json: JSONValue {
    [
      "leftOut": .integer(leftOut),
      "groups": .array(
        groups.map { group in
          [
            "by": .string(group.category.kind.rawValue),
            "measure": .string(group.category.measure.rawValue),
            "category": .string(group.category.name), "unit": .string(group.category.unit),
            "customers": .integer(group.customerCount), "total": .number(group.total),
            "top": .array(
              group.top.map { place in
                var object = place.customer.json
                object["amount"] = .number(place.amount)
                return .object(object)
              }),
          ]
        }),
    ]
  }
}
