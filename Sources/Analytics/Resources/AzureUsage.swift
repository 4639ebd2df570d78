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
  let isAboutPartner = false

  let fields: [AnalyticsField] = [
    AnalyticsField("customerTenantId", .id, "The customer's tenant"),
    AnalyticsField(
      "customerName", .text, "The customer's name, as the newest export has it", isBrief: true,
      .personal),
    AnalyticsField("subscriptionId", .id, "The subscription"),
    AnalyticsField(
      "subscriptionName", .text, "The subscription's name, as the newest export has it",
      isBrief: true, .personal),
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
    AnalyticsField("cost", .number, "What billing says it cost", isGroupable: false, .revenue),
    AnalyticsField("currency", .text, "Of the cost; null where there is none", .revenue),
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
  ///
  /// Who sees no costs sees no currency, and then it splits nothing.
  static func keys(of groups: [Int], in scope: AnalyticsScope) -> [Int] {
    let fields = AzureUsage().fields
    return groups
      + Place.addable.filter { !groups.contains($0) && scope.shows(fields[$0]) }
  }

  func columns(groupedBy groups: [Int], in scope: AnalyticsScope) -> [AnalyticsField] {
    guard !groups.isEmpty else { return fields.filter(scope.shows) }
    return Self.keys(of: groups, in: scope).map { fields[$0] }
      + measures(in: scope).map { $0.column(of: fields) }
  }

  func evaluate(_ admitted: AdmittedQuery) throws -> AnalyticsAnswer {
    let (query, source, scope) = (admitted.query, admitted.source, admitted.scope)
    let columns = columns(groupedBy: query.groupBy, in: scope)
    guard let history = source.history else {
      return PageCollector(query).answer(columns: columns, query)
    }
    var scan = try UsageScan(query, history, lagDays: source.lagDays, source.limits)
    guard query.groupBy.isEmpty else {
      let shown = measures.indices.filter { scope.shows(measures[$0].column(of: fields)) }
      var groups = UsageGroups(query, measures: shown, scan.meterValues, source.limits)
      try scan.forEachLine(into: &groups)
      return groups.answer(columns: columns, query)
    }
    let shown = fields.indices.filter { scope.shows(fields[$0]) }
    var page = try UsagePage(query, shown: shown, scan.meterValues, source.limits)
    try scan.forEachLine(into: &page)
    return page.rows.answer(columns: columns, query)
  }
}

/// Keeps the lines of one page.
///
/// They come by customer, subscription, day and meter, which is their order.
private struct UsagePage: UsageSink {
  private(set) var rows: PageCollector
  /// Positions of the fields that the reader may see.
  private let shown: [Int]
  private let meterValues: [[FieldValue]]
  private var owner: [FieldValue] = []

  init(
    _ query: AnalyticsQuery, shown: [Int], _ meterValues: [[FieldValue]],
    _ limits: AnalyticsLimits
  ) throws(QueryError) {
    rows = try PageCollector(query, comesInOrder: true, limits)
    self.shown = shown
    self.meterValues = meterValues
  }

  mutating func begin(_ owner: [FieldValue]) { self.owner = owner }

  mutating func add(_ line: UsageLine) {
    let (owner, meter, shown) = (owner, meterValues[line.meter], shown)
    rows.add(Self.values(line, owner, meter, shown))
  }

  /// The values of the fields that are shown.
  private static func values(
    _ line: UsageLine, _ owner: [FieldValue], _ meter: [FieldValue], _ shown: [Int]
  ) -> [FieldValue] {
    var values = owner + meter
    values[AzureUsage.Place.usageDate] = .day(line.day)
    values[AzureUsage.Place.quantity] = FieldValue(line.quantity)
    values[AzureUsage.Place.cost] = FieldValue(line.cost)
    return shown.count == values.count ? values : shown.map { values[$0] }
  }
}
