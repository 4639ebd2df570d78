/// One cohort on one day.
///
/// Whoever is compared with it may be one of the present itself; then the others are one fewer.
final class Cohort: Sendable {
  let counts: LossCounts
  /// Over the services, for somebody else and for one of the present.
  private let ofOther: Sums
  private let ofMember: Sums

  /// Sums over services.
  struct Sums: Sendable {
    /// In 1/`CohortServices.surpriseSteps`.
    fileprivate(set) var surprise: Int64 = 0
    /// Services that at least 40 % of the others used in the last 28 and 91 days, and on any day known.
    fileprivate(set) var common28 = 0
    fileprivate(set) var common91 = 0
    fileprivate(set) var commonKnown = 0

    /// Adds a service, by those of the others who used it.
    ///
    /// - Parameters:
    ///   - sum: what was used of it.
    ///   - others: how many they are.
    ///   - surprise: at not using it.
    fileprivate mutating func add(_ sum: ServiceSum, of others: Int, surprise: Int32) {
      self.surprise += Int64(surprise)
      if Cohort.isCommon(sum.users28, of: others) { common28 += 1 }
      if Cohort.isCommon(sum.users91, of: others) { common91 += 1 }
      if Cohort.isCommon(sum.usersKnown, of: others) { commonKnown += 1 }
    }

    /// Takes away a service that the subscription itself uses.
    @inline(__always)
    mutating func remove(
      _ service: CohortServices.Use, usedLike own: ServiceUse, of others: Int, isMember: Bool
    ) {
      if Cohort.isCommon(service.sum.usersKnown, of: others) { commonKnown -= 1 }
      guard own.quantity > 0 else { return }
      surprise -= Int64(isMember ? service.surpriseOfMember : service.surpriseOfOther)
      if Cohort.isCommon(service.sum.users91, of: others) { common91 -= 1 }
      if own.recentQuantity > 0, Cohort.isCommon(service.sum.users28, of: others) { common28 -= 1 }
    }
  }

  /// - Parameters:
  ///   - counts: of its subscriptions.
  ///   - services: what they used on the day.
  init(counts: LossCounts, services: some Sequence<CohortServices.Use>) {
    self.counts = counts
    let others = Int(counts.present)
    var (ofOther, ofMember) = (Sums(), Sums())
    for service in services {
      ofOther.add(service.sum, of: others, surprise: service.surpriseOfOther)
      ofMember.add(service.sum, of: others - 1, surprise: service.surpriseOfMember)
    }
    (self.ofOther, self.ofMember) = (ofOther, ofMember)
  }

  /// The sums over all services, of those of whom one of the present, or somebody else, uses none.
  func sums(isMember: Bool) -> Sums { isMember ? ofMember : ofOther }

  /// A service that this share of the others uses is common.
  private static let commonShare = 0.4

  /// Whether so many users among the others make a service common.
  @inline(__always)
  fileprivate static func isCommon(_ users: Int32, of others: Int) -> Bool {
    users > 0 && Double(users) >= commonShare * Double(others)
  }
}
