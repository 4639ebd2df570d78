import Files
import History

/// The usage lines of a partner's subscriptions.
///
/// Each used subscription has the same number of lines, on random days of its use. All are in the usage
/// analytics; the lines of one subscription of ten are in the billing export, too, with their costs.
struct PartnerUse {
  static let usageColumns = [
    "customerTenantId", "subscriptionId", "usageDate", "resourceLocation", "meterCategory",
    "meterSubcategory", "meterUnit", "reservationOrderId", "reservationId", "consumptionMeterId",
    "serviceType", "quantity",
  ]
  static let billingColumns = [
    "CustomerId", "EntitlementId", "UsageDate", "ResourceLocation", "MeterCategory",
    "MeterSubCategory", "Unit", "BenefitOrderId", "BenefitId", "MeterId", "MeterName", "Quantity",
    "BillingPreTaxTotal", "BillingCurrency",
  ]

  private let partner: PartnerWorkload
  private let meters: [[UInt8]]
  private let days: [[UInt8]]
  private let linesOfEach: Int
  /// As many of the first have one more.
  private let extraLines: Int

  init(_ partner: PartnerWorkload, used: Int) {
    self.partner = partner
    linesOfEach = partner.lines / max(1, used)
    extraLines = partner.lines % max(1, used)
    meters = (0..<partner.meterCount).map { number in
      let meter = WorkloadMeters.texts(number)
      // One kind is sold for tests.
      let subcategory = meter.meterSubcategory + (number % 24 == 6 ? " Dev/Test" : "")
      let texts = [
        meter.resourceLocation, meter.meterCategory, subcategory, meter.meterUnit,
        meter.reservationOrderId, meter.reservationId, meter.consumptionMeterId,
        meter.serviceType,
      ]
      return Array(
        ("," + texts.map { DelimitedWriter.field($0) }.joined(separator: ",") + ",").utf8)
    }
    days = (0..<partner.dayCount).map { Array("\(PartnerWorkload.firstDay + $0)".utf8) }
  }

  static func isBilled(_ life: PartnerLife) -> Bool { life.number % 10 == 9 }

  /// Appends the lines of one subscription.
  ///
  /// - Parameters:
  ///   - life: the subscription.
  ///   - place: its number among the used ones.
  ///   - isBilling: whether it is the billing export that is written, with costs.
  ///   - bytes: what they are appended to.
  /// - Returns: its days of use, ascending.
  func append(
    _ life: PartnerLife, place: Int, isBilling: Bool, to bytes: inout [UInt8]
  ) -> [CalendarDay] {
    guard let use = life.use else { return [] }
    let count = linesOfEach + (place < extraLines ? 1 : 0)
    let span = use.upperBound - use.lowerBound + 1
    var year = Workload(
      lines: 0, subscriptions: 1, meterCount: partner.meterCount, order: .subscription)
    year.firstDay = use.lowerBound
    year.dayCount = span
    // At most six of the eight meters a day, where the use is short.
    year.subscriptions = life.number + 1
    year.lines = min(count, span * 6) * year.subscriptions
    let own = WorkloadMeters.meters(of: life.number, in: year)
    let opening = Array("\(partner.customerTenant(life.customer)),\(life.id),".utf8)
    var used: [CalendarDay] = []
    for (offset, slot) in WorkloadCells(of: life.number, in: year) {
      let day = use.lowerBound + offset
      let quantity = year.quantity(subscription: life.number, meter: own[slot], day: day)
      bytes += opening
      bytes += days[day - PartnerWorkload.firstDay]
      bytes += meters[own[slot]]
      WorkloadRows.append(tenThousandths: quantity, to: &bytes)
      if isBilling {
        // One charge in fifty is taken back; some subscriptions are billed in two currencies.
        let isCredit = (Int(day.daysSinceEpoch) + slot) % 50 == 0
        let currency = life.number % 40 == 39 && own[slot] % 2 == 0 ? "EUR" : "USD"
        bytes.append(contentsOf: (isCredit ? ",-" : ",").utf8)
        WorkloadRows.append(tenThousandths: quantity / 100 * (1 + own[slot] % 9), to: &bytes)
        bytes.append(contentsOf: ",\(currency)".utf8)
      }
      bytes.append(UInt8(ascii: "\n"))
      if quantity > 0, used.last != day { used.append(day) }
    }
    return used
  }
}
