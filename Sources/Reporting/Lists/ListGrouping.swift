internal import Words

/// By what the lists are split: one file for each value.
package enum ListGrouping: String, CaseIterable, Sendable {
  case accountManager, partnerId, customerMarket

  var title: LabelKey {
    switch self {
    case .accountManager: .accountManager
    case .partnerId: .partnerId
    case .customerMarket: .customerMarket
    }
  }

  /// The value of a row, or nil: then it goes to the unassigned.
  func key(of identity: AtRiskDocument.Identity) -> String? {
    let value =
      switch self {
      case .accountManager: identity.accountManager
      case .partnerId: identity.partnerId
      case .customerMarket: identity.customerMarket
      }
    return value.flatMap { $0.isEmpty ? nil : $0 }
  }
}

/// One list: the rows that one person works through.
package struct RiskList: Sendable {
  package enum Kind: String, Sendable {
    case all, list, unassigned, summary, reasons, withoutUsage, lost, profit
  }

  package var kind: Kind
  /// The value the list was split by; nil for `all` and `unassigned`.
  package var key: String?
  /// Of the account manager, when the list is one's.
  package var email: String?
  package var rows: [AtRiskDocument.Row]
  /// Of the same owner, at risk or not: no usage for `AtRiskDocument.withoutUsageDays`.
  package var withoutUsage: [AtRiskDocument.Row] = []
  /// Of the same owner: lost in the last `AtRiskDocument.lostDays`.
  package var lost: [AtRiskDocument.ExcludedRow] = []
  /// Customers of the same owner who are on no list, to learn what contacts are worth.
  package var heldOut = 0
}

extension RiskList {
  /// Everything of a document.
  static func whole(_ document: AtRiskDocument, as kind: Kind) -> RiskList {
    let spared = document.subscriptions.filter { $0.listing?.reason == .holdOut }
    return RiskList(
      kind: kind, key: nil, rows: document.subscriptions, withoutUsage: document.rowsWithoutUsage,
      lost: document.rowsLost, heldOut: Set(spared.map(\.identity.customerKey)).count)
  }
}

/// Whom a list is for; two people of the same name have different addresses.
private struct ListRecipient: Hashable, Comparable {
  var key: String
  /// Lower case; empty without one.
  var address = ""

  static func < (left: Self, right: Self) -> Bool {
    (left.key, left.address) < (right.key, right.address)
  }
}

extension AtRiskDocument {
  /// Splits the rows into `all` (every scored row), one list for each key that has rows to be worked through,
  /// rows without usage or rows lost, and `unassigned`.
  ///
  /// Account managers of one name are told apart by their e-mail addresses; rows without an address
  /// go to the one of that name, or to a list of their own when there are several.
  ///
  /// - Parameters:
  ///   - grouping: what the rows are split by.
  ///   - order: in which order the rows of each list stand.
  ///   - capacity: the most rows of one list, the first in this order; nil for no limit.
  /// - Returns: `all`, then the lists by key, then `unassigned` (also when empty).
  package func lists(
    by grouping: ListGrouping, order: ListSort = .probability, capacity: Int?
  ) -> [RiskList] {
    let listed = subscriptions.filter(\.isListed)
    let withoutUsage = rowsWithoutUsage
    let lost = rowsLost
    let addresses = grouping == .accountManager ? self.addresses : [:]
    func recipient(_ identity: Identity) -> ListRecipient? {
      guard let key = grouping.key(of: identity) else { return nil }
      let known = addresses[key, default: []]
      let only = known.count == 1 ? known.first : nil
      let address = only ?? identity.email?.lowercased() ?? ""
      return ListRecipient(key: key, address: known.isEmpty ? "" : address)
    }
    let rows = Dictionary(grouping: listed) { recipient($0.identity) }
    // Who is left alone is not called for another reason either.
    let silent = Dictionary(grouping: withoutUsage.filter { $0.listing?.reason != .holdOut }) {
      recipient($0.identity)
    }
    let gone = Dictionary(grouping: lost) { recipient($0.identity) }
    let spared = subscriptions.filter { $0.listing?.reason == .holdOut }
    let heldOut = Dictionary(grouping: spared) { recipient($0.identity) }
      .mapValues { Set($0.map(\.identity.customerKey)).count }
    func list(_ kind: RiskList.Kind, of recipient: ListRecipient?) -> RiskList {
      let own = order.sorted(rows[recipient] ?? [])
      let email =
        own.lazy.compactMap(\.identity.email).first
        ?? silent[recipient]?.lazy.compactMap(\.identity.email).first
        ?? gone[recipient]?.lazy.compactMap(\.identity.email).first
      return RiskList(
        kind: kind, key: recipient?.key,
        email: recipient == nil || grouping != .accountManager ? nil : email,
        rows: capacity.map { Array(own.prefix($0)) } ?? own,
        withoutUsage: silent[recipient] ?? [], lost: gone[recipient] ?? [],
        heldOut: heldOut[recipient] ?? 0)
    }
    // Who has nobody to call still learns who was lost and who stopped using.
    let recipients = Set(rows.keys).union(silent.keys).union(gone.keys).compactMap { $0 }
    return [
      .whole(self, as: .all)
    ] + recipients.sorted().map { list(.list, of: $0) }
      + [list(.unassigned, of: nil)]
  }

  /// The different addresses of each account manager's name.
  private var addresses: [String: Set<String>] {
    var addresses: [String: Set<String>] = [:]
    for identity in [subscriptions.lazy.map(\.identity), excluded.lazy.map(\.identity)].joined() {
      guard let name = ListGrouping.accountManager.key(of: identity),
        let email = identity.email, !email.isEmpty
      else { continue }
      addresses[name, default: []].insert(email.lowercased())
    }
    return addresses
  }
}

extension AtRiskDocument.Identity {
  /// The customer; where it is unknown each subscription stands for one.
  var customerKey: String { customerTenantId ?? subscriptionId }
}
