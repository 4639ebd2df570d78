import Files
import TestSupport
import Testing

@testable import History

/// Billing and usage analytics of the same use.
struct BillingBesideAnalyticsTests {
  private func usage(_ folder: ExportFolder) throws -> UsageHistory {
    try folder.reading().customers()[0].subscriptions[0].usage
  }

  @Test func `on the days of the usage analytics only the costs of billing count`() throws {
    let folder = ExportFolder()
    folder.write("2025-01-06/u.jsonl", usageRow(1, "2025-01-05", "7") + "\n")
    folder.write(
      "2025-01-06/b.jsonl",
      jsonLines([
        graphRow(1, "2025-01-04", quantity: "2", cost: "0.5"),
        graphRow(1, "2025-01-05", quantity: "7", cost: "0.75"),
      ]))
    try folder.import("2025-01-06")
    let usage = try usage(folder)
    #expect(usage.days == ["2025-01-04", "2025-01-05", "2025-01-05"].map(day))
    #expect(usage.quantities.sorted() == [0, 2, 7])
    #expect(usage.costs.filter { !$0.isNaN } == [0.5, 0.75])
  }

  @Test func `analytics of one subscription take nothing from the billing of another`() throws {
    let folder = ExportFolder()
    folder.write("2025-01-06/u.jsonl", usageRow(1, "2025-01-05", "7") + "\n")
    folder.write(
      "2025-01-06/b.jsonl",
      jsonLines([
        graphRow(1, "2025-01-05", quantity: "7", cost: "0.75"),
        graphRow(2, "2025-01-05", quantity: "4", cost: "0.5"),
      ]))
    try folder.import("2025-01-06")
    let subscriptions = try folder.reading().customers().flatMap(\.subscriptions)
    #expect(subscriptions.map(\.id) == [guid(1), guid(2)])
    #expect(subscriptions[0].usage.quantities.sorted() == [0, 7])
    #expect(subscriptions[1].usage.quantities == [4])
  }

  @Test func `analytics that come later take the quantity of billing away from then on`() throws {
    let folder = ExportFolder()
    folder.write(
      "2025-01-06/b.jsonl", jsonLines([graphRow(1, "2025-01-05", quantity: "7", cost: "0.75")]))
    folder.write("2025-01-13/u.jsonl", usageRow(1, "2025-01-05", "8") + "\n")
    folder.write(
      "2025-01-20/b.jsonl", jsonLines([graphRow(1, "2025-01-05", quantity: "9", cost: "1")]))
    for week in ["2025-01-06", "2025-01-13", "2025-01-20"] { try folder.import(week) }
    let store = try folder.reading()
    let usage = try usage(folder)
    let billed = usage.meters.indices.filter {
      !store.meters[Int(usage.meters[$0])].currency.isEmpty
    }
    #expect(billed.map { usage.quantities[$0] } == [7, 0, 0])
    #expect(billed.map { usage.costs[$0] } == [0.75, 0.75, 1])
    #expect(
      billed.map { usage.firstKnown[$0] } == ["2025-01-06", "2025-01-13", "2025-01-20"].map(day))
    // A quantity that gives way to its twin was not corrected; the second export's was.
    #expect(try store.status().usageCorrections == 1)
  }

  @Test(arguments: UInt64(1)...8)
  func `billing beside analytics is known on a day as it was on that day`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let folder = ExportFolder()
    let first = day("2025-03-03")
    var weeks: [CalendarDay] = []
    for week in 0..<5 {
      let observedOn = first + 7 * week
      weeks.append(observedOn)
      func days() -> [CalendarDay] {
        (1...10).map { observedOn - $0 }.filter { _ in Bool.random(using: &generator) }
      }
      var billed: [String] = []
      var measured: [String] = []
      for id in 1...3 {
        for day in days() {
          let quantity = Int.random(in: 1...3, using: &generator)
          let resource = Bool.random(using: &generator) ? "vm-a" : "vm-b"
          billed.append(
            graphRow(id, "\(day)", quantity: "\(quantity)", cost: "1", resource: resource))
        }
        // The third has no analytics at all.
        for day in id < 3 ? days() : [] {
          measured.append(usageRow(id, "\(day)", "\(Int.random(in: 0...3, using: &generator))"))
        }
      }
      if !billed.isEmpty { folder.write("\(observedOn)/b.jsonl", jsonLines(billed)) }
      if !measured.isEmpty, Bool.random(using: &generator) {
        folder.write("\(observedOn)/u.jsonl", jsonLines(measured))
      }
    }
    let whole = ExportFolder()
    for week in weeks where folder.has("\(week)") {
      let store = try HistoryStore.open(whole.storePath, for: .importing)
      _ = try Importer(store).import(paths: [folder["\(week)"]])
    }
    let all = try whole.reading().knownQuantities(on: weeks)
    for (index, week) in weeks.enumerated() {
      let then = ExportFolder()
      for earlier in weeks[...index] where folder.has("\(earlier)") {
        let store = try HistoryStore.open(then.storePath, for: .importing)
        _ = try Importer(store).import(paths: [folder["\(earlier)"]])
      }
      guard then.has("store.sqlite") else { continue }
      #expect(try then.reading().knownQuantities(on: [week])[week] == all[week], "\(week)")
    }
  }
}

extension HistoryStore {
  /// On each day what was known of each usage day: the sum of the quantities of all meters.
  fileprivate func knownQuantities(
    on moments: [CalendarDay], lag: Int = 1
  ) throws -> [CalendarDay: [String: Double]] {
    var known: [CalendarDay: [String: Double]] = [:]
    for moment in moments {
      known[moment] = [:]
      for subscription in try customers().flatMap(\.subscriptions) {
        let usage = subscription.usage
        var newest: [String: (day: CalendarDay, quantity: Double)] = [:]
        for row in 0..<usage.count
        where max(usage.days[row] + lag, usage.firstKnown[row]) <= moment {
          newest["\(usage.days[row]) \(usage.meters[row])"] = (
            usage.days[row], usage.quantities[row]
          )
        }
        for (day, quantity) in newest.values {
          known[moment]?["\(subscription.id) \(day)", default: 0] += quantity
        }
      }
    }
    return known
  }
}
