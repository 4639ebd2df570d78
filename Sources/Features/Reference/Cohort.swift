internal import Glibc
internal import History

/// One cohort on one day.
struct Cohort: Sendable {
  let counts: LossCounts
  /// The services that were used, by number.
  let services: [(number: Int32, sum: ServiceSum)]
  /// For each window those that may be common among the others of any member, by number.
  private let common: [PeerWindow: [(number: Int32, users: Int)]]

  /// How surprising it would be to use nothing for 91 days, for one of the present and for somebody else;
  /// see `surprise`.
  private let silence: (ofMember: Int64, ofOther: Int64)

  /// A service that this share of the others uses is common.
  static let commonShare = 0.4

  init(counts: LossCounts, services: [(number: Int32, sum: ServiceSum)]) {
    self.counts = counts
    self.services = services
    let enough = Self.commonShare * Double(counts.present - 1)
    var common: [PeerWindow: [(number: Int32, users: Int)]] = [:]
    for window in PeerWindow.allCases {
      common[window] = services.compactMap { number, sum in
        let users = sum.users(in: window)
        return users > 0 && Double(users) >= enough ? (number, users) : nil
      }
    }
    self.common = common
    func silence(amongst others: Int) -> Int64 {
      services.reduce(0) { $0 + Self.surprise(users: Int($1.sum.users91), of: others) }
    }
    self.silence = (silence(amongst: counts.present - 1), silence(amongst: counts.present))
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

  private static let surpriseSteps = 1_048_576.0

  /// The surprise at all services together that a subscription did not use in 91 days.
  ///
  /// - Parameters:
  ///   - use: what it used.
  ///   - isMember: whether it is among the present itself.
  /// - Returns: ≥ 0; 0 for who used everything that anyone else did.
  func silence(of use: RecentUse, isMember: Bool) -> Double {
    let others = counts.present - (isMember ? 1 : 0)
    let used = use.services.reduce(Int64(0)) { sum, service in
      sum + Self.surprise(users: Int(self.sum(ofService: service.number)?.users91 ?? 0), of: others)
    }
    return Double((isMember ? silence.ofMember : silence.ofOther) - used) / Self.surpriseSteps
  }

  /// What is counted of a service; nil where nobody used it.
  func sum(ofService number: Int32) -> ServiceSum? {
    let place = services.partitionIndex { $0.number >= number }
    return place < services.count && services[place].number == number ? services[place].sum : nil
  }

  /// Services with their users that may be common among the others of any member.
  func maybeCommon(in window: PeerWindow) -> [(number: Int32, users: Int)] {
    common[window, default: []]
  }
}
