/// By what the lists are split: one file for each value.
package enum ListGrouping: String, CaseIterable, Sendable {
  case accountManager, partnerId, customerMarket

  /// The value of a row, or nil: then it goes to the unassigned.
  func key(of row: AtRiskDocument.Row) -> String? {
    let value =
      switch self {
      case .accountManager: row.identity.accountManager
      case .partnerId: row.identity.partnerId
      case .customerMarket: row.identity.customerMarket
      }
    return value.flatMap { $0.isEmpty ? nil : $0 }
  }
}

/// One list: the rows that one person works through.
package struct RiskList: Sendable {
  package enum Kind: String, Sendable {
    case all, list, unassigned, summary, reasons, withoutUsage, lost
  }

  package var kind: Kind
  /// The value the list was split by; nil for `all` and `unassigned`.
  package var key: String?
  /// Of the account manager, when the list is one's.
  package var email: String?
  package var rows: [AtRiskDocument.Row]
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
  /// Splits the rows into `all` (every scored row), one list of the rows that are to be worked through for
  /// each key, and `unassigned`.
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
    let atRisk = subscriptions.filter(\.isListed)
    let addresses = grouping == .accountManager ? Self.addresses(atRisk) : [:]
    var byRecipient: [ListRecipient: [Row]] = [:]
    var unassigned: [Row] = []
    for row in atRisk {
      guard let key = grouping.key(of: row) else {
        unassigned.append(row)
        continue
      }
      let known = addresses[key, default: []]
      let only = known.count == 1 ? known.first : nil
      let address = only ?? row.identity.email?.lowercased() ?? ""
      byRecipient[ListRecipient(key: key, address: known.isEmpty ? "" : address), default: []]
        .append(row)
    }
    func limited(_ rows: [Row]) -> [Row] {
      let sorted = order.sorted(rows)
      return capacity.map { Array(sorted.prefix($0)) } ?? sorted
    }
    return [RiskList(kind: .all, key: nil, rows: subscriptions)]
      + byRecipient.sorted { $0.key < $1.key }.map { recipient, rows in
        let email =
          grouping == .accountManager ? rows.lazy.compactMap(\.identity.email).first : nil
        return RiskList(kind: .list, key: recipient.key, email: email, rows: limited(rows))
      }
      + [RiskList(kind: .unassigned, key: nil, rows: limited(unassigned))]
  }

  /// The different addresses of each account manager's name.
  private static func addresses(_ rows: [Row]) -> [String: Set<String>] {
    var addresses: [String: Set<String>] = [:]
    for row in rows {
      guard let name = ListGrouping.accountManager.key(of: row),
        let email = row.identity.email, !email.isEmpty
      else { continue }
      addresses[name, default: []].insert(email.lowercased())
    }
    return addresses
  }
}
