internal import Files
internal import History

/// Writes lines of the Azure usage resource.
///
/// What does not change between the days of a meter is escaped once and kept.
struct UsageRows {
  private let tenantId: String?
  /// Per customer, subscription and meter: the bytes before and after the day.
  private var templates: [[[Template?]]] = []
  private(set) var row = RowBytes()

  private struct Template {
    /// The customer's name when the template was made; a renamed customer gets a new one.
    var customerName: String
    var beforeDay: JSONText
    var afterDay: JSONText
  }

  /// - Parameters:
  ///   - tenantId: written as `partnerTenantId`; nil leaves the member out.
  ///   - customers: those that lines refer to, by position.
  init(tenantId: String?, customers: [CustomerCourse]) {
    self.tenantId = tenantId
    templates = customers.map { customer in
      customer.subscriptions.map { Array(repeating: nil, count: $0.usage.meters.count) }
    }
  }

  /// Writes one line, newline included, into `row`.
  mutating func write(_ line: UsageLine, of customer: CustomerCourse, on day: CalendarDay) {
    let (owner, subscription, meter) = (
      Int(line.customer), Int(line.subscription), Int(line.meter)
    )
    let name = customer.profile.name(on: day)
    let template: Template
    if let known = templates[owner][subscription][meter], known.customerName == name {
      template = known
    } else {
      template = makeTemplate(customer, name, subscription, meter)
      templates[owner][subscription][meter] = template
    }
    row.reset()
    row.append(template.beforeDay)
    row.append(line.usageDate)
    row.append(template.afterDay)
    row.append(tenThousandths: line.quantity)
    row.append("}\n")
  }

  private func makeTemplate(
    _ customer: CustomerCourse, _ name: String, _ subscription: Int, _ meter: Int
  ) -> Template {
    let course = customer.subscriptions[subscription]
    let use = course.usage.meters[meter]
    let kind = MeterKind.all[use.kind]
    var before: [(String, JSONValue)] = []
    if let tenantId { before.append(("partnerTenantId", .string(tenantId))) }
    before += [
      ("customerTenantId", .string(customer.profile.customerTenantId)),
      ("customerName", .string(name)),
      ("subscriptionId", .string(course.profile.id.exported)),
      ("subscriptionName", .string(course.profile.friendlyName)),
    ]
    let after: [(String, JSONValue)] = [
      ("resourceLocation", .string(use.location)),
      ("meterCategory", .string(kind.category)),
      ("meterSubcategory", .string(kind.subcategory)),
      ("meterUnit", .string(kind.unit)),
      ("reservationOrderId", .string(use.reservationOrderId)),
      ("reservationId", .string(use.reservationId)),
      ("consumptionMeterId", .string(kind.hasMeterId ? meterId(use.kind) : "")),
      ("serviceType", .string(kind.serviceType)),
    ]
    return Template(
      customerName: name, beforeDay: JSONText(json: "{\(members(before)),\"usageDate\":"),
      afterDay: JSONText(json: ",\(members(after)),\"quantity\":"))
  }

  private func members(_ members: [(String, JSONValue)]) -> String {
    members.map { "\"\($0.0)\":\($0.1.serialized(pretty: false))" }.joined(separator: ",")
  }

  /// The same id for the same kind of meter in every simulated partner.
  private func meterId(_ kind: Int) -> String {
    var chance = SplitMix64(seed: 0, path: [7, UInt64(kind)])
    return chance.guid().description
  }
}
