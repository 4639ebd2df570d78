internal import History

/// The Azure usage analytics resource: what each subscription used, by day and meter.
///
/// Where billing exports were imported as well, their lines have a cost. On days that both tell of,
/// quantities are those of the analytics and billed lines have a quantity of 0.
///
/// Partner Center sums `Quantity` over whatever is grouped. Hours and gigabytes have no sum, so each
/// group here is split by what may be added: meterCategory, meterUnit and, for costs, currency. These
/// stand in the answer behind the fields that were asked for.
struct AzureUsage: AnalyticsResource {
  let name = "usage"
  let path = "usage/azure"
  let abstract = "Azure usage by subscription, day and meter, with costs where they are known."
  let needs = AnalyticsNeed.usage
  let defaultLevel = AggregationLevel.day

  let fields: [AnalyticsField] = [
    AnalyticsField("customerTenantId", .id, "The customer's tenant"),
    AnalyticsField(
      "customerName", .text, "The customer's name, as the newest export has it", isBrief: true),
    AnalyticsField("subscriptionId", .id, "The subscription"),
    AnalyticsField(
      "subscriptionName", .text, "The subscription's name, as the newest export has it",
      isBrief: true),
    AnalyticsField("usageDate", .dateTime, "The day of use", isBrief: true),
    AnalyticsField("resourceLocation", .text, "The data centre's location", isBrief: true),
    AnalyticsField("meterCategory", .text, "Such as Virtual Machines", isBrief: true),
    AnalyticsField("meterSubcategory", .text, "Such as Dv3 Series"),
    AnalyticsField("meterUnit", .text, "What the quantity counts", isBrief: true),
    AnalyticsField("reservationOrderId", .id, "The order of a reservation"),
    AnalyticsField("reservationId", .id, "The reservation of an order"),
    AnalyticsField("consumptionMeterId", .id, "The meter's id"),
    AnalyticsField("serviceType", .text, "The type of virtual machine"),
    AnalyticsField(
      "quantity", .number, "How much, in the meter's unit", isGroupable: false, isBrief: true),
    AnalyticsField("cost", .number, "What billing says it cost", isGroupable: false),
    AnalyticsField("currency", .text, "Of the cost; null where there is none"),
  ]

  let measures = [
    Measure(
      "Quantity", .sum(field: Place.quantity),
      "The sum of quantities, of one meterCategory and meterUnit"),
    Measure("lineCount", .count, "The number of lines"),
    Measure("cost", .sum(field: Place.cost), "The sum of the costs, of one currency"),
  ]

  /// Positions of fields.
  enum Place {
    static let customerTenantId = 0
    static let customerName = 1
    static let subscriptionId = 2
    static let subscriptionName = 3
    static let usageDate = 4
    static let meterCategory = 6
    static let meterUnit = 8
    static let quantity = 13
    static let cost = 14
    static let currency = 15
    /// What is the same in all lines of a subscription.
    static let owner = 0..<4
    /// What a line has for itself.
    static let line = [usageDate, quantity, cost]
    /// What a group must have in common for its quantities and costs to be added.
    static let addable = [meterCategory, meterUnit, currency]
  }

  /// What rows are grouped by, with what they must have in common to be added.
  static func keys(of groups: [Int]) -> [Int] {
    groups + Place.addable.filter { !groups.contains($0) }
  }

  func columns(groupedBy groups: [Int]) -> [AnalyticsField] {
    guard !groups.isEmpty else { return fields }
    return Self.keys(of: groups).map { fields[$0] }
      + measures.map { AnalyticsField($0.name, .number, $0.meaning, isGroupable: false) }
  }

  func answer(
    _ query: AnalyticsQuery, from source: AnalyticsSource
  ) throws -> AnalyticsAnswer {
    guard let history = source.history else {
      return PageCollector(query).answer(columns: columns(groupedBy: query.groupBy), query)
    }
    var scan = try UsageScan(query, history, lagDays: source.lagDays)
    guard query.groupBy.isEmpty else {
      var groups = UsageGroups(query, scan.meterValues)
      try scan.forEachLine(into: &groups)
      return groups.answer(columns: columns(groupedBy: query.groupBy), query)
    }
    var page = UsagePage(query, scan.meterValues)
    try scan.forEachLine(into: &page)
    return page.rows.answer(columns: fields, query)
  }
}

/// Keeps the lines of one page.
///
/// They come by customer, subscription, day and meter, which is their order.
private struct UsagePage: UsageSink {
  private(set) var rows: PageCollector
  private let meterValues: [[FieldValue]]
  private var owner: [FieldValue] = []

  init(_ query: AnalyticsQuery, _ meterValues: [[FieldValue]]) {
    rows = PageCollector(query)
    self.meterValues = meterValues
  }

  mutating func begin(_ owner: [FieldValue]) { self.owner = owner }

  mutating func add(_ line: UsageLine) {
    let (owner, meter) = (owner, meterValues[line.meter])
    rows.add(Self.values(line, owner, meter))
  }

  /// The values of all fields.
  private static func values(
    _ line: UsageLine, _ owner: [FieldValue], _ meter: [FieldValue]
  ) -> [FieldValue] {
    var values = owner + meter
    values[AzureUsage.Place.usageDate] = .day(line.day)
    values[AzureUsage.Place.quantity] = FieldValue(line.quantity)
    values[AzureUsage.Place.cost] = FieldValue(line.cost)
    return values
  }
}
