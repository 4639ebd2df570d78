internal import History

/// What of a history's surroundings was known on one day, looked up by what it is about.
struct KnownSurroundings: Sendable {
  /// How far back referrals of a customer, and those and searches of a market are counted, in days.
  static let customerDays = 365
  static let marketDays = 91

  /// When a reseller first and last lost subscriptions.
  struct ResellerLosses: Sendable {
    fileprivate let knownOn: CalendarDay
    let first: CalendarDay?
    let latestSuspended: CalendarDay?
    let latestDeprovisioned: CalendarDay?
  }

  /// By the newest record of each reseller, by the number of its records.
  private var resellers: [ResellerLosses?] = []
  /// Counts by the number of the name or market; nil where no such export was ever known.
  private var customerReferrals: [Int32]?
  private var marketReferrals: [Int32]?
  private var marketSearches: [Int32]?

  init() {}

  /// - Parameters:
  ///   - all: also what was known later; cut here.
  ///   - frame: with the numbers of resellers, names and markets.
  ///   - day: the landmark.
  init(_ all: NumberedSurroundings, _ frame: ReferenceFrame, on day: CalendarDay) {
    resellers = Array(repeating: nil, count: frame.resellerRecords.count)
    for (number, record) in all.resellers where record.knownOn <= day {
      // Of one day the later import comes first, and counts.
      if let other = resellers[number], other.knownOn >= record.knownOn { continue }
      resellers[number] = ResellerLosses(
        knownOn: record.knownOn,
        first: [record.firstSuspended, record.firstDeprovisioned].compactMap(\.self).min(),
        latestSuspended: record.latestSuspended, latestDeprovisioned: record.latestDeprovisioned)
    }
    let (names, markets) = (frame.referredCustomers.count, frame.markets.count)
    for referral in all.referrals where referral.knownOn <= day {
      let age = day - referral.day
      Self.count(referral.customer, in: &customerReferrals, of: names, age < Self.customerDays)
      Self.count(referral.market, in: &marketReferrals, of: markets, age < Self.marketDays)
    }
    for search in all.searches where search.knownOn <= day {
      let isRecent = day - search.day < Self.marketDays
      Self.count(search.market, in: &marketSearches, of: markets, isRecent)
    }
  }

  /// Counts a record that is recent; one that is not says at least that somebody looked.
  private static func count(
    _ number: Int?, in counts: inout [Int32]?, of numbers: Int, _ isRecent: Bool
  ) {
    if counts == nil { counts = Array(repeating: 0, count: numbers) }
    if isRecent, let number { counts?[number] += 1 }
  }

  /// What the reseller lost, by the newest export; nil where no export had shown that.
  func losses(of groups: ReferenceFrame.Groups) -> ResellerLosses? {
    groups.resellerRecord.flatMap { resellers[$0] }
  }

  // Names and markets go by their numbers in the frame.

  /// Referrals of the customer in the last 365 days; nil without an export or a name.
  func referrals(ofCustomer name: Int?) -> Int? { Self.count(name, in: customerReferrals) }
  /// Referrals of the market in the last 91 days; nil without an export or a market.
  func referrals(inMarket market: Int?) -> Int? { Self.count(market, in: marketReferrals) }
  /// Searches of the market in the last 91 days; nil without an export or a market.
  func searches(inMarket market: Int?) -> Int? { Self.count(market, in: marketSearches) }

  private static func count(_ number: Int?, in counts: [Int32]?) -> Int? {
    guard let number, let counts else { return nil }
    return Int(counts[number])
  }
}
