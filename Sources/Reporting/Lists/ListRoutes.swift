/// Whom a list is for; two people of the same name have different addresses.
struct ListRecipient: Hashable, Comparable {
  var key: String
  /// Lower case; empty without one.
  var address = ""

  static func < (left: Self, right: Self) -> Bool {
    (left.key, left.address) < (right.key, right.address)
  }
}

/// On whose list a row stands.
///
/// Account managers of one name are told apart by their e-mail addresses; rows without an address go to the
/// one of that name, or to a list of their own when there are several.
struct ListRoutes {
  private let grouping: ListGrouping
  /// The different addresses of each account manager's name; empty where lists are not theirs.
  private let addresses: [String: Set<String>]

  init(_ document: AtRiskDocument, by grouping: ListGrouping) {
    self.grouping = grouping
    var addresses: [String: Set<String>] = [:]
    func add(_ identity: AtRiskDocument.Identity) {
      guard let name = grouping.key(of: identity), let email = identity.email, !email.isEmpty,
        addresses[name]?.contains(email) != true
      else { return }
      addresses[name, default: []].insert(email.lowercased())
    }
    if grouping == .accountManager {
      for place in document.subscriptions.indices { add(document.subscriptions[place].identity) }
      for place in document.excluded.indices { add(document.excluded[place].identity) }
    }
    self.addresses = addresses
  }

  /// Whose list a row stands on; nil: it belongs to nobody.
  func recipient(_ identity: AtRiskDocument.Identity) -> ListRecipient? {
    guard let key = grouping.key(of: identity) else { return nil }
    guard let known = addresses[key] else { return ListRecipient(key: key) }
    let only = known.count == 1 ? known.first : nil
    return ListRecipient(key: key, address: only ?? identity.email?.lowercased() ?? "")
  }
}
