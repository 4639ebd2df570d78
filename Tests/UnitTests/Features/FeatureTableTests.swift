import Features
import History
import TestSupport
import Testing

@testable import Features

/// Columns in catalog order, one value for each row.
struct FeatureTableTests: PastFixtures {
  @Test func `an empty table has every column and no row`() {
    let table = FeatureTable()
    #expect(table.count == 0)
    #expect(table.numeric.count == FeatureCatalog.numeric.count)
    #expect(table.categorical.count == FeatureCatalog.categorical.count)
  }

  @Test func `a row holds each feature's own value`() throws {
    let past = history(
      subscription("A") { $0.customerMarket = "FR" }.seen(on: 20).used(on: 3, 12),
      subscription("B").seen(on: 20).used(daily: 0...20))
    let customer = try customer(of: "A", in: past, on: 20, lag: 2)
    let one = try #require(customer.subscriptions.first)
    var table = FeatureTable()
    table.append([FeatureTable.Subject(one, in: customer, number: 5)])
    #expect(
      table.rows == [
        FeatureTable.Row(
          subscriptionId: id("A"), customer: 5, landmark: day(20), isObserved: true)
      ])
    #expect(table.labels.map(\.isNaN) == [true])
    for (column, feature) in zip(table.numeric, FeatureCatalog.numeric) {
      let value = feature.value(of: customer.snapshot(of: one), in: customer)
      #expect(column.map(\.bitPattern) == [value.bitPattern], "\(feature.description.name)")
    }
    #expect(table.categorical == [["FR"], [nil], [nil], [nil], [nil]])
  }

  @Test func `tables are appended row behind row`() throws {
    let past = history(subscription("A").seen(on: 20), subscription("B").seen(on: 20))
    let customer = try customer(of: "A", in: past, on: 20)
    var first = FeatureTable()
    var second = FeatureTable()
    func subject(_ index: Int, label: Double) -> FeatureTable.Subject {
      FeatureTable.Subject(
        customer.subscriptions[index], in: customer, number: 0, label: label)
    }
    first.append([subject(0, label: 1)])
    second.append([subject(1, label: 0)])
    first.append([second])
    #expect(first.rows.map(\.subscriptionId) == [id("A"), id("B")])
    #expect(first.labels == [1, 0])
    #expect(first.numeric.allSatisfy { $0.count == 2 })
    #expect(first.categorical.allSatisfy { $0.count == 2 })
  }
}
