internal import History

/// What surrounds the subscriptions of a history, with the frame's numbers in place of names, so that no landmark
/// looks at names.
struct NumberedSurroundings: Sendable {
  /// A referral or a search.
  struct Record: Sendable {
    let knownOn: CalendarDay
    let day: CalendarDay
    /// nil without a name, and without a market.
    let customer: Int?
    let market: Int?
  }

  /// Under the numbers of their resellers.
  let resellers: [(number: Int, record: ResellerRecord)]
  let referrals: [Record]
  let searches: [Record]

  /// - Parameters:
  ///   - all: also what was known on some landmarks only.
  ///   - frame: made of the same.
  init(_ all: Surroundings, _ frame: ReferenceFrame) {
    resellers = all.resellers.compactMap { record in
      frame.resellerRecords[record.id.lowercased()].map { ($0, record) }
    }
    func numbered(_ records: [MarketRecord]) -> [Record] {
      records.map { record in
        Record(
          knownOn: record.knownOn, day: record.day,
          customer: frame.referredCustomers[record.customerName?.lowercased()],
          market: frame.markets[record.market?.lowercased()])
      }
    }
    (referrals, searches) = (numbered(all.referrals), numbered(all.searches))
  }
}
