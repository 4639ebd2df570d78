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
  /// Of the reseller, when the list is one's: the name that its rows have.
  package var partnerName: String?
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
    var spared: Set<String> = []
    for place in document.subscriptions.indices
    where document.subscriptions[place].listing?.reason == .holdOut {
      spared.insert(document.subscriptions[place].identity.customerKey)
    }
    return RiskList(
      kind: kind, key: nil, rows: document.subscriptions, withoutUsage: document.rowsWithoutUsage,
      lost: document.rowsLost, heldOut: spared.count)
  }
}

extension AtRiskDocument {
  /// Splits the rows into `all` (every scored row), one list for each key that has rows to be worked through,
  /// rows without usage or rows lost, and `unassigned`.
  ///
  /// - Parameters:
  ///   - grouping: what the rows are split by.
  ///   - order: in which order the rows of each list stand.
  ///   - capacity: the most rows of one list, the first in this order; nil for no limit.
  /// - Returns: `all`, then the lists by key, then `unassigned` (also when empty).
  package func lists(
    by grouping: ListGrouping, order: ListSort = .probability, capacity: Int?
  ) -> [RiskList] {
    let routes = ListRoutes(self, by: grouping)
    let all = RiskList.whole(self, as: .all)
    // Places instead of rows: a row is big, and to copy it takes long.
    var own: [ListRecipient?: [Int]] = [:]
    var spared: [ListRecipient?: Set<String>] = [:]
    for place in subscriptions.indices {
      if subscriptions[place].isListed {
        own[routes.recipient(subscriptions[place].identity), default: []].append(place)
      } else if subscriptions[place].listing?.reason == .holdOut {
        spared[routes.recipient(subscriptions[place].identity), default: []]
          .insert(subscriptions[place].identity.customerKey)
      }
    }
    // Who is left alone is not called for another reason either.
    let silent = Dictionary(grouping: all.withoutUsage.filter { $0.listing?.reason != .holdOut }) {
      routes.recipient($0.identity)
    }
    let gone = Dictionary(grouping: all.lost) { routes.recipient($0.identity) }
    func list(_ kind: RiskList.Kind, of recipient: ListRecipient?) -> RiskList {
      let rows = order.sorted((own[recipient] ?? []).map { subscriptions[$0] })
      func first(_ field: KeyPath<Identity, String?>) -> String? {
        rows.lazy.compactMap { $0.identity[keyPath: field] }.first
          ?? silent[recipient]?.lazy.compactMap { $0.identity[keyPath: field] }.first
          ?? gone[recipient]?.lazy.compactMap { $0.identity[keyPath: field] }.first
      }
      return RiskList(
        kind: kind, key: recipient?.key,
        partnerName: recipient == nil || grouping != .partnerId ? nil : first(\.partnerName),
        email: recipient == nil || grouping != .accountManager ? nil : first(\.email),
        rows: capacity.map { Array(rows.prefix($0)) } ?? rows,
        withoutUsage: silent[recipient] ?? [], lost: gone[recipient] ?? [],
        heldOut: spared[recipient]?.count ?? 0)
    }
    // Who has nobody to call still learns who was lost and who stopped using.
    let recipients = Set(own.keys).union(silent.keys).union(gone.keys).compactMap { $0 }
    return [all] + recipients.sorted().map { list(.list, of: $0) } + [list(.unassigned, of: nil)]
  }
}

extension AtRiskDocument.Identity {
  /// The customer; where it is unknown each subscription stands for one.
  var customerKey: String { customerTenantId ?? subscriptionId }
}
