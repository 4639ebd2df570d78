internal import History

/// The other subscriptions like one, in numbers: every group less the subscription itself.
struct SubscriptionPeers: Sendable {
  /// How many others it takes to say what is usual.
  static let fewestPeers: Int32 = 10

  /// Those of the same product and commitment end; nil when it is in no cohort.
  private(set) var cohort: LossCounts?
  /// Those of the same reseller; nil without one.
  private(set) var reseller: LossCounts?
  /// Those in the market of its customer; nil without one.
  private(set) var market: LossCounts?
  /// All of the source.
  private(set) var source = LossCounts()
  /// What it used against the cohort.
  private(set) var comparison = CohortComparison()
  private let recentActiveDays: Int32

  /// - Parameters:
  ///   - own: what the subscription itself counts in its groups.
  ///   - known: what else was known of it.
  ///   - use: what it used.
  ///   - comparison: of that with its cohort.
  ///   - peers: counted on the landmark.
  init(
    _ own: LossCounts, _ known: KnownSubscription, _ use: RecentUse,
    _ comparison: CohortComparison, in peers: Peers
  ) {
    recentActiveDays = use.activeDays
    self.comparison = comparison
    let (groups, source) = (known.groups, known.source)
    self.source = (source < peers.sources.count ? peers.sources[source] ?? own : own) - own
    reseller = groups.reseller.flatMap { peers.resellers[$0] }.map { $0 - own }
    market = groups.market.flatMap { peers.markets[$0] }.map { $0 - own }
    cohort = groups.cohort.flatMap { peers.cohorts[$0] }.map { $0.counts - own }
  }

  /// Of what is in no group.
  init(_ use: RecentUse) { recentActiveDays = use.activeDays }

  /// The share of a group that was lost in the last `days` days, drawn towards that of the source, to whole
  /// fiftieths.
  ///
  /// Further decimals tell which group on which day it is: a learner that splits between them remembers what
  /// became of that group.
  ///
  /// - Parameters:
  ///   - group: the cohort, the reseller or the market.
  ///   - days: 28 or 91.
  /// - Returns: NaN without a group, and with fewer than ten others in the source.
  func lostShare(of group: LossCounts?, inLast days: Int) -> Double {
    let lost = source.lost(inLast: days)
    guard let group, source.present + lost >= Self.fewestPeers else { return .nan }
    let share = group.lostShare(
      inLast: days, usual: Double(lost) / Double(source.present + lost))
    return (share * Self.shareSteps).rounded() / Self.shareSteps
  }

  private static let shareSteps = 50.0

  /// Days with usage among the last 28, less the mean of the others, to whole days; NaN with too few
  /// others.
  ///
  /// The decimals would tell which cohort on which day it is, as those of `lostShare` would.
  var activeDaysAbove: Double {
    guard let cohort, cohort.present >= Self.fewestPeers else { return .nan }
    return Double(recentActiveDays)
      - (Double(cohort.activeDays) / Double(cohort.present)).rounded()
  }
}
