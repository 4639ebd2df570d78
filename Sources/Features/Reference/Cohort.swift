internal import Glibc
internal import History

/// One cohort on one day.
///
/// Whoever is compared with it may be one of the present itself; then the others are one fewer.
final class Cohort: Sendable {
  let counts: LossCounts
  /// The services that were used, by number.
  let services: [Service]
  /// Over the services, for somebody else and for one of the present.
  private let ofOther: Sums
  private let ofMember: Sums

  /// A service that was used.
  struct Service: Sendable {
    let number: Int32
    let sum: ServiceSum
    /// How surprising it is not to use it for 91 days, for somebody else and for one of the present who
    /// is not among its users.
    fileprivate let surpriseOfOther: Int64
    fileprivate let surpriseOfMember: Int64
  }

  /// Sums over services.
  struct Sums: Sendable {
    /// In 1/`surpriseSteps`.
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
    fileprivate mutating func add(_ sum: ServiceSum, of others: Int, surprise: Int64) {
      self.surprise += surprise
      if Cohort.isCommon(sum.users28, of: others) { common28 += 1 }
      if Cohort.isCommon(sum.users91, of: others) { common91 += 1 }
      if Cohort.isCommon(sum.usersKnown, of: others) { commonKnown += 1 }
    }

    /// Takes away a service that the subscription itself uses.
    mutating func remove(
      _ service: Service, usedLike own: ServiceUse, of others: Int, isMember: Bool
    ) {
      if Cohort.isCommon(service.sum.usersKnown, of: others) { commonKnown -= 1 }
      guard own.quantity > 0 else { return }
      surprise -= isMember ? service.surpriseOfMember : service.surpriseOfOther
      if Cohort.isCommon(service.sum.users91, of: others) { common91 -= 1 }
      if own.recentQuantity > 0, Cohort.isCommon(service.sum.users28, of: others) { common28 -= 1 }
    }
  }

  init(counts: LossCounts, services: [(number: Int32, sum: ServiceSum)]) {
    self.counts = counts
    let others = Int(counts.present)
    self.services = services.map { number, sum in
      Service(
        number: number, sum: sum,
        surpriseOfOther: Self.surprise(users: Int(sum.users91), of: others),
        surpriseOfMember: Self.surprise(users: Int(sum.users91), of: others - 1))
    }
    var (ofOther, ofMember) = (Sums(), Sums())
    for service in self.services {
      ofOther.add(service.sum, of: others, surprise: service.surpriseOfOther)
      ofMember.add(service.sum, of: others - 1, surprise: service.surpriseOfMember)
    }
    (self.ofOther, self.ofMember) = (ofOther, ofMember)
  }

  /// The sums over all services, of those of whom one of the present, or somebody else, uses none.
  func sums(isMember: Bool) -> Sums { isMember ? ofMember : ofOther }

  /// The index of a service, or where it would be, from `start` on.
  func index(ofService number: Int32, from start: Int) -> Int {
    // Most of the services of a small cohort are used by each of its members.
    if start < services.count, services[start].number >= number { return start }
    var (low, high) = (start, services.count)
    while low < high {
      let middle = (low + high) / 2
      if services[middle].number < number { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// A service that this share of the others uses is common.
  private static let commonShare = 0.4

  /// Whether so many users among the others make a service common.
  fileprivate static func isCommon(_ users: Int32, of others: Int) -> Bool {
    users > 0 && Double(users) >= commonShare * Double(others)
  }

  /// How surprising it is not to use a service, as −ln of the share of the others who do not, in
  /// 1/1,048,576: in whole numbers, so that what is added can be taken away again.
  ///
  /// What all others use counts as if one in fifty did not.
  private static func surprise(users: Int, of others: Int) -> Int64 {
    guard users > 0, others > 0 else { return 0 }
    let share = min(Double(users) / Double(others), 0.98)
    return Int64((-log(1 - share) * surpriseSteps).rounded())
  }

  static let surpriseSteps = 1_048_576.0
}
