import Glibc
internal import History

/// What time alone does to the risk of one subscription: youth, the end of a term, a price rise.
struct Outlook {
  var profile: SubscriptionProfile
  var calendar: ExportCalendar
  var events: PartnerEvents

  /// The chain's weeks from `first` on, if the subscription lives through them.
  ///
  /// - Parameters:
  ///   - first: number of the first week, as in `ExportCalendar`.
  ///   - count: of weeks.
  ///   - term: number of the paid term that runs when week `first` begins.
  /// - Returns: `count` weeks.
  func weeks(from first: Int, count: Int, term: Int) -> [DepartureProcess.Week] {
    var term = term
    return (0..<count).map { offset in
      let export = calendar.exportDay(first + offset)
      let paidWeeks = Double(max(0, export - (profile.paidFrom ?? profile.start))) / 7
      var logRisk = profile.logRisk + 1.4 * exp(-paidWeeks / 30)
      if events.priceRise(for: export) { logRisk += PartnerEvents.priceRiseLogRisk }
      var termEnd = DepartureProcess.TermEnd.none
      if let end = profile.termEnd(term) {
        if let months = profile.termMonths, months > 1, end - export <= 56 { logRisk += 0.6 }
        if end < export {
          termEnd = profile.isFixedTerm ? .fixed : .renewable
          if !profile.isFixedTerm { term += 1 }
        }
      }
      return DepartureProcess.Week(
        logRisk: logRisk, termEnd: termEnd,
        isCommitted: profile.termMonths != nil && !profile.isFixedTerm)
    }
  }
}

/// What a reseller does to everything it sold.
struct PartnerEvents: Sendable {
  /// From this day on it shows auto-renew off everywhere: policy, not intent.
  var policyOffFrom: CalendarDay?
  /// Its prices have just gone up.
  var priceRiseDays: Range<CalendarDay>?

  static let priceRiseLogRisk = 0.5

  /// A history of under eight exports has no room for a change that can be seen as one.
  init(reseller: Int, calendar: ExportCalendar) {
    guard calendar.weeks >= 8 else { return }
    if reseller == PartnerTenant.policyReseller {
      policyOffFrom = calendar.exportDay(calendar.weeks * 55 / 100) - 2
    }
    if reseller == PartnerTenant.priceReseller {
      let start = calendar.exportDay(calendar.weeks * 30 / 100) - 6
      priceRiseDays = start..<start + 70
    }
  }

  func priceRise(for day: CalendarDay) -> Bool { priceRiseDays?.contains(day) ?? false }
}
