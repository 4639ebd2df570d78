import Testing

@testable import History

/// Every property of the five resources goes in through import and is found in the store again.
struct FieldWalkTests {
  /// How the row is written.
  enum Form: CaseIterable {
    case lines, document, table
  }

  @Test(
    arguments: ["usage", "resellers", "resellers-api", "subscriptions", "searches", "referrals"],
    Form.allCases)
  func `every property of a resource is found in the store`(
    resource: String, form: Form
  ) throws {
    let properties = ResourceProperty.all.filter { $0.resource == resource }
    #expect(!properties.isEmpty)
    let folder = ExportFolder()
    // An answer that spells one property in its own way still needs what makes it a row.
    let more =
      resource == "resellers-api" ? [ResourceProperty(resource: "", name: "id", sample: "1")] : []
    let row = properties + more
    if form == .table {
      let header = row.map(\.name).joined(separator: ",")
      let values = row.map { $0.sample.hasPrefix("\"") ? $0.sample : "\"\($0.sample)\"" }
      folder.write("2020-01-06/export.csv", header + "\n" + values.joined(separator: ",") + "\n")
    } else {
      let members = row.map { "\"\($0.name)\":\($0.sample)" }
      // A plain line is read by another way than a document.
      let line = "{\(members.joined(separator: ","))}"
      folder.write("2020-01-06/export.json", form == .lines ? line + "\n" : "[\(line)]")
    }
    let file = try folder.import("2020-01-06").files[0]
    #expect((file.rowsAccepted, file.rowsRejected) == (1, 0))
    #expect(file.notes.isEmpty, "import does not know \(file.notes.map(\.name))")

    let kept = try Self.kept(resource, folder.reading())
    for property in properties {
      #expect(
        kept[property.name] == Self.normal(property.sample),
        "\(property) is lost, or is not what was written")
    }
  }

  @Test func `no two values of a resource are the same, so that none stands for another`() {
    for (_, properties) in Dictionary(grouping: ResourceProperty.all, by: \.resource) {
      let samples = properties.map(\.sample).filter { $0 != "true" }
      #expect(Set(samples.map { Self.normal($0) }).count == samples.count)
    }
  }

  /// What the store says, by property, in the form of `normal`.
  private static func kept(
    _ resource: String, _ store: HistoryStore
  ) throws -> [String: String] {
    switch resource {
    case "usage": try usage(store)
    case "subscriptions": try subscription(store)
    case "searches": try context(.searches, store)
    case "referrals": try context(.referrals, store)
    case "resellers": try context(.indirectResellers, store)
    default:
      [
        "latestSubscriptionDeprovisionedEndDate":
          try context(.indirectResellers, store)["latestSubscriptionDeprovisionedDate"] ?? ""
      ]
    }
  }

  private static func context(
    _ resource: Resource, _ store: HistoryStore
  ) throws -> [String: String] {
    let row = try #require(try store.contextRows(resource).first)
    var kept: [String: String] = [:]
    for column in row.table.columns {
      kept[column.name] =
        switch row[column.name] {
        case .text(let text): text
        case .day(let day): "\(day)"
        case .boolean(let boolean): "\(boolean)"
        case .count(let count): "\(count)"
        case .number(let number): "\(number)"
        case nil: nil
        }
    }
    return kept
  }

  private static func subscription(_ store: HistoryStore) throws -> [String: String] {
    let found = try #require(try store.customers().first?.subscriptions.first)
    let observation = try #require(found.observations.first)
    var kept = ["id": "\(found.id)"]
    kept["lastUsageDate"] = observation.lastUsageDate.map { "\($0)" }
    // The members of a state are named as the properties are.
    for (name, value) in Mirror(reflecting: found.states[observation.state]).children {
      guard let name else { continue }
      if let status = value as? SubscriptionStatus {
        kept[name] = "\(status)".uppercased()
      } else if let value = Mirror(reflecting: value).children.first?.value {
        kept[name] = "\(value)"
      }
    }
    return kept
  }

  private static func usage(_ store: HistoryStore) throws -> [String: String] {
    let customer = try #require(try store.customers().first)
    let subscription = try #require(customer.subscriptions.first)
    let usage = subscription.usage
    let (day, quantity) = try (#require(usage.days.first), #require(usage.quantities.first))
    let meter = store.meters[Int(try #require(usage.meters.first))]
    let names = try #require(try store.usageNames().first { $0.subscriptionId == subscription.id })
    return [
      "customerTenantId": customer.customerTenantId, "subscriptionId": "\(subscription.id)",
      "customerName": names.customerName ?? "", "subscriptionName": names.subscriptionName ?? "",
      "usageDate": "\(day)", "quantity": "\(quantity)",
      "resourceLocation": meter.resourceLocation, "meterCategory": meter.meterCategory,
      "meterSubcategory": meter.meterSubcategory, "meterUnit": meter.meterUnit,
      "reservationOrderId": meter.reservationOrderId, "reservationId": meter.reservationId,
      "consumptionMeterId": meter.consumptionMeterId, "serviceType": meter.serviceType,
    ]
  }

  /// A sample as the store writes it: ids in lower case, timestamps as days, counts without a point.
  private static func normal(_ sample: String) -> String {
    let text = sample.replacing("\"", with: "")
    if let guid = GUID(text) { return guid.description }
    if case .day(let day) = ParsedDate(text) { return "\(day)" }
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
