import Files
import FoundationEssentials
import History
import Testing

@testable import Simulation

/// The shape of the exports and what must hold in every one of them.
struct SimulationExportTests {
  private let partner: SimulatedPartner

  init() throws { partner = try SimulatedPartner.small.get() }

  @Test func `exports weekly on Mondays and, for the second tenant, on Wednesdays`() {
    let mondays = partner.exportDays.filter { $0.weekday == 0 }
    let wednesdays = partner.exportDays.filter { $0.weekday == 2 }
    #expect(mondays.count == 40 && wednesdays.count == 40)
    #expect(partner.exportDays.count == 80)
    #expect(mondays.last == CalendarDay("2026-11-16"))
    #expect(wednesdays.last == CalendarDay("2026-11-11"))
    for days in [mondays, wednesdays] {
      #expect(zip(days, days.dropFirst()).allSatisfy { $1 - $0 == 7 })
      // One tenant per folder: the importer takes it as the source.
      let tenants = Set(
        days.flatMap { day in (partner.rows[day] ?? []).map { $0[.partnerTenantId] } })
      #expect(tenants.count == 1 && !tenants.contains(nil))
    }
  }

  @Test func `names ids once in an export, as upper-case GUIDs`() throws {
    for day in partner.exportDays {
      let ids = (partner.rows[day] ?? []).map { $0[.id] ?? "" }
      #expect(Set(ids).count == ids.count && !ids.isEmpty)
    }
    for row in partner.rows[partner.exportDays[79]] ?? [] {
      let id = try #require(row[.id])
      #expect(GUID(id)?.exported == id)
    }
  }

  @Test func `writes naive timestamps of zero to three fraction digits`() throws {
    var fractions: Set<Int> = []
    for row in partner.rows[partner.exportDays[79]] ?? [] {
      let created = try #require(row[.creationDate])
      let seconds = try #require(created.split(separator: ":").last)
      #expect(created.count >= 19 && !created.hasSuffix("Z") && Array(created)[10] == "T")
      fractions.insert(seconds.count == 2 ? 0 : seconds.count - 3)
    }
    #expect(fractions == [0, 1, 2, 3])
  }

  @Test func `sets deprovisionedDate if and only if the status says so`() {
    for row in partner.allRows {
      let isGone = row[.status] == "DEPROVISIONED"
      #expect((row.date(.deprovisionedDate) != nil) == isGone)
      #expect(["ACTIVE", "SUSPENDED", "DEPROVISIONED"].contains(row[.status]))
    }
  }

  @Test func `keeps the dates of a row in order and out of the future`() throws {
    let past: [SimulatedPartner.Field] = [
      .lastUsageDate, .deprovisionedDate, .lastRenewalDate, .trialToPaidConversionDate,
    ]
    for row in partner.allRows {
      let start = try #require(row.date(.effectiveStartDate))
      #expect(row.date(.creationDate) == start && start <= row.day)
      for field in past {
        if let day = row.date(field) { #expect(day >= start && day <= row.day, "\(field)") }
      }
      if let end = row.date(.commitmentEndDate) { #expect(end > start) }
      if let trialEnd = row.date(.trialEndDate) {
        #expect(row.date(.trialStartDate) == start && trialEnd - start == 29)
      } else {
        #expect(row[.trialStartDate] == nil && row[.trialToPaidConversionDate] == nil)
      }
    }
  }

  @Test func `does not tell in a trial's row whether it will convert`() {
    // A running trial has no commitment, no conversion and no other end than its own.
    for row in partner.allRows where row[.trialStartDate] != nil && row[.status] == "ACTIVE" {
      guard row[.trialToPaidConversionDate] == nil else { continue }
      #expect(row[.commitmentEndDate] == nil && row[.currentStateEndDate] == nil)
      #expect(row[.lastRenewalDate] == nil)
    }
  }

  @Test func `does not tell in a suspended row whether it will return`() {
    // Every suspension is announced to end 90 days after it began: the same for the paid-up ones.
    let suspended = partner.allRows.filter { $0.isAzure && $0[.status] == "SUSPENDED" }
    #expect(!suspended.isEmpty)
    for row in suspended {
      let end = row.date(.currentStateEndDate) ?? row.day
      #expect(end > row.day - 1 && end - row.day <= 90)
      #expect(row[.autoRenewEnabled] == "false")
    }
  }

  @Test func `never lets a subscription return from the end or from nowhere`() {
    let order = ["ACTIVE": 0, "SUSPENDED": 1, "DEPROVISIONED": 2]
    for history in partner.azureHistories {
      for (earlier, later) in zip(history, history.dropFirst()) {
        let (from, to) = (earlier[.status] ?? "", later[.status] ?? "")
        if from == "DEPROVISIONED" {
          #expect(to == "DEPROVISIONED")
          #expect(later[.deprovisionedDate] == earlier[.deprovisionedDate])
        }
        // Only a suspension can be undone, and whatever vanished stays away.
        #expect(order[to, default: 9] >= order[from, default: 9] || from == "SUSPENDED")
        #expect(later.day - earlier.day == 7)
      }
    }
  }

  @Test func `moves lastUsageDate with what the usage files brought`() {
    var newest: [String: CalendarDay] = [:]
    let first = partner.exportDays[0]
    for day in partner.exportDays {
      for line in partner.lines[day] ?? [] {
        newest[line.subscriptionId] = max(
          newest[line.subscriptionId] ?? line.usageDate, line.usageDate)
      }
      for row in partner.rows[day] ?? [] where row.isAzure {
        guard let used = row.date(.lastUsageDate) else { continue }
        // Not in any file: only usage before the backfill, which begins 91 days before.
        #expect(newest[row[.id] ?? ""].map { $0 == used } ?? (used < first - 85))
      }
    }
  }

  @Test func `names a line's customer as the same export's subscription row does`() {
    for day in partner.exportDays {
      let rows = Dictionary(
        (partner.rows[day] ?? []).map { ($0[.id] ?? "", $0) },
        uniquingKeysWith: { first, _ in first })
      for line in partner.lines[day] ?? [] {
        // Usage of what is no longer listed does not come either.
        let row = rows[line.subscriptionId]
        #expect(row?[.customerTenantId] == line.customerTenantId)
        #expect(row?[.customerName] == line.customerName)
      }
    }
  }

  @Test func `loses Office seats of customers that wind down and keeps licences out of Azure rows`()
  {
    var hasFewerSeats = false
    let rows = Dictionary(grouping: partner.allRows) { $0[.id] ?? "" }
    for history in rows.values {
      let seats = history.compactMap { $0[.licenseCount].flatMap { Int($0) } }
      #expect(seats.count == history.count)
      if history[0].isAzure { #expect(seats.allSatisfy { $0 == 0 }) }
      if let first = seats.first, let last = seats.last, last < first { hasFewerSeats = true }
      #expect(zip(seats, seats.dropFirst()).allSatisfy { $0 >= $1 })
    }
    #expect(hasFewerSeats)
  }

  @Test func `counts in its summary what is in the files`() {
    #expect(partner.summary.subscriptions == 240)
    #expect(partner.summary.exports == 80)
    #expect(partner.summary.subscriptionRows == partner.allRows.count)
    #expect(partner.summary.usageLines == partner.lines.values.reduce(0) { $0 + $1.count })
    #expect(partner.summary.churned == partner.truth.count { $0[1] == "churned" })
  }
}
