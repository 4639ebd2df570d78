import Glibc
import History
import Learning
import Reporting
import Words

/// One row of made-up scores: who, how likely, why, since when.
struct ScoredRow {
  static let bias = -3.1
  /// Probabilities from which a row is high and medium.
  static let (high, medium) = (0.079, 0.041)

  private let number: Int
  private let workload: ScoresWorkload

  /// A row by its place in the order of risk, from 0.
  init(_ number: Int, of workload: ScoresWorkload) {
    self.number = number
    self.workload = workload
  }

  /// A number in 0 ..< 1 for each purpose of the row.
  private func unit(_ purpose: UInt64) -> Double {
    Double(randomBits(.score, UInt64(number), purpose) >> 11) * 0x1p-53
  }

  private func pick<Element>(_ elements: [Element], _ purpose: UInt64) -> Element {
    elements[Int(unit(purpose) * Double(elements.count))]
  }

  private func day(_ back: Double) -> String {
    CalendarDay(daysSinceEpoch: Self.asOf - Int32(back)).description
  }

  private static let asOf = CalendarDay("2026-11-16")?.daysSinceEpoch ?? 0

  /// Falls with the number: from 0.9 to the lower bounds of the bands, and on towards 0.
  private var probability: Double {
    let place = Double(number) / Double(workload.subscriptions)
    func between(_ from: Double, _ to: Double, _ start: Double, _ length: Double) -> Double {
      from + (to - from) * (place - start) / length
    }
    let (first, second) = (ScoresWorkload.highShare, ScoresWorkload.mediumShare)
    if place < first { return between(0.9, Self.high, 0, first) }
    if place < first + second { return between(Self.high - 1e-6, Self.medium, first, second) }
    return between(Self.medium - 1e-6, 1e-4, first + second, 1 - first - second)
  }

  private var identity: AtRiskDocument.Identity {
    var identity = AtRiskDocument.Identity()
    let customer = Int(unit(1) * Double(max(1, workload.subscriptions * 2 / 5)))
    identity.subscriptionId = guid(.subscription, UInt64(number))
    identity.subscriptionName = pick(
      ["Azure plan", "Production \(number % 97)", "Dev/Test", "Backups"], 2)
    identity.customerTenantId = guid(.customer, UInt64(customer))
    identity.customerName =
      switch customer % 40 {
      case 3: "Ortiz, Vega \(customer)"
      case 7: "\"Big\" Box \(customer)"
      case 11: "Müller KG \(customer)"
      case 17: "東京電気 \(customer)"
      default: "Customer \(customer)"
      }
    identity.customerMarket = pick(["US", "DE", "FR", "JP", "TW", "GB"], 3)
    identity.partnerId = "\(5_000_000 + Int(unit(4) * 30))"
    identity.partnerName = "Reseller \(Int(unit(4) * 30))"
    identity.productName = pick(["Microsoft Azure (0145P)", "Azure plan"], 5)
    identity.status = "ACTIVE"
    identity.subscriptionStartDate = day(100 + unit(6) * 1_500)
    identity.lastUsageDate = unit(7) < 0.03 ? nil : day(4 + unit(7) * unit(8) * 90)
    identity.autoRenewEnabled = unit(9) < 0.9
    identity.commitmentEndDate = unit(10) < 0.3 ? day(-unit(11) * 300) : nil
    identity.trialStatus = unit(12) < 0.1 ? "converted" : "none"
    identity.licenseCount = 0
    let manager = Int(unit(13) * Double(workload.managers))
    let digits = String(1_000 + manager).dropFirst()
    identity.accountManager = "Manager \(digits)"
    identity.email = "manager.\(digits)@partner.example"
    identity.value = (unit(14) * 1e6).rounded() / 100
    identity.valueBasis = "cost"
    identity.currency = "USD"
    return identity
  }

  /// What may be said of a row; the number before is the contribution's size.
  private var facts: [(size: Double, feature: String, family: String, value: Double, Message)] {
    let (days, lines, share) = ((unit(20) * 80).rounded(), unit(21) * 40, unit(22))
    return [
      (
        1.2, "daysSinceLastUsage", "usageRecency", days,
        Message(.silentUsualGap, [.days: days, .usualGapDays: 2 + (unit(23) * 5).rounded()])
      ),
      (
        0.3, "usageQuantity91", "usageTrend", lines,
        Message(.quantity, [.lines: lines, .windowDays: 91])
      ),
      (
        0.4, "usageQuantityTrend28", "usageTrend", -share,
        Message(.usageStopped, [.windowDays: 28])
      ),
      (0.1, "tenureDays", "renewal", days * 9, Message(.started, [.days: days * 9])),
      (0.2, "partnerId", "partnerMarket", .nan, Message(.soldByReseller)),
      (
        0.25, "activeDays91", "usageRecency", days,
        Message(.usedDaysOfWindow, [.days: days, .windowDays: 91])
      ),
      (
        0.15, "productName", "partnerMarket", .nan,
        Message(.product, texts: [.level: identity.productName ?? ""])
      ),
    ]
  }

  private var reasons: [AtRiskDocument.Reason] {
    facts.enumerated().map { place, fact in
      let (size, feature, family, value, message) = fact
      return AtRiskDocument.Reason(
        feature: feature, family: family, value: value.isNaN ? nil : value,
        contribution: (place < 5 ? 1 : -1) * size * (0.2 + unit(30 + UInt64(place))),
        text: Language.en.text(message), message: message)
    }
  }

  /// The row as `score` would write it.
  var row: AtRiskDocument.Row {
    var row = AtRiskDocument.Row()
    let probability = self.probability
    row.rank = number + 1
    row.identity = identity
    row.churnProbability = probability
    row.expectedLoss = row.identity.value.map { $0 * probability }
    row.riskBand = probability >= Self.high ? "high" : probability >= Self.medium ? "medium" : "low"
    let logOdds = log(probability / (1 - probability))
    row.logOdds = logOdds
    let reasons = self.reasons
    row.reasons = Array(reasons.prefix(5))
    row.mitigating = Array(reasons.dropFirst(5))
    row.otherContributions = reasons.reduce(logOdds - Self.bias) { $0 - $1.contribution }
    row.families = ["usageRecency", "usageTrend", "renewal", "trial", "customer", "partnerMarket"]
      .enumerated().map { place, family in
        let contribution = unit(40 + UInt64(place)) - 0.4
        return AtRiskDocument.Family(
          family: family, contribution: contribution,
          probabilityWithout: Logistic.probability(logOdds: logOdds - contribution),
          changeSincePrevious: contribution * unit(50 + UInt64(place)))
      }
    if unit(60) < 0.05 {
      let days = (unit(61) * 60).rounded()
      let (date, kind) = (day(-days), "commitmentEnds")
      let text = Message.deadline(kind, on: date, daysLeft: Int(days)).map(Language.en.text)
      row.deadlines = [AtRiskDocument.Deadline(kind: kind, date: date, text: text ?? "")]
    }
    row.previous = AtRiskDocument.Previous(
      asOf: "2026-11-09", churnProbability: probability * (0.8 + 0.3 * unit(62)),
      riskBand: row.riskBand, rank: number + 1)
    row.change = pick(["same", "better", "worse"], 63)
    let isAtRisk = row.isAtRisk
    if isAtRisk {
      row.weeksFlagged = 1 + Int(unit(64) * 8)
      row.firstFlagged = day(Double(row.weeksFlagged - 1) * 7)
    }
    row.listing = AtRiskDocument.Listing(
      isListed: isAtRisk, since: row.firstFlagged, reason: isAtRisk ? .stays : .lowRisk)
    return row
  }

  /// A subscription that was lost lately.
  var lost: AtRiskDocument.ExcludedRow {
    var row = AtRiskDocument.ExcludedRow()
    row.identity = identity
    row.identity.status = "DEPROVISIONED"
    row.reason = "alreadyChurned"
    row.since = day(unit(65) * 120)
    return row
  }
}
