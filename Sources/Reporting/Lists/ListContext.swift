/// What a list for people says about itself besides its rows.
package struct ListContext: Sendable, Hashable {
  /// In which order its rows stand.
  var order = ListSort.probability
  /// The names of all formats that are written.
  var formats: [String] = []
  /// How many rows are at risk, or were, and yet not listed, for each reason.
  var notListed: [ListingReason: Int] = [:]
}

extension ListFormat {
  /// Most formats hold rows and nothing else.
  package func telling(_ context: ListContext) -> any ListFormat { self }
}

/// Which list of an export one is.
struct ListIdentity: Hashable {
  private let kind: RiskList.Kind
  private let key: String?
  private let email: String?

  init(_ list: RiskList) {
    kind = list.kind
    key = list.key
    email = list.email?.lowercased()
  }

  /// The list that rows of somebody stand on; nil: of nobody.
  init(of recipient: ListRecipient?) {
    kind = recipient == nil ? .unassigned : .list
    key = recipient?.key
    email = recipient.flatMap { $0.address.isEmpty ? nil : $0.address }
  }

  private init(_ kind: RiskList.Kind) {
    self.kind = kind
    key = nil
    email = nil
  }

  static let all = ListIdentity(.all)
}

extension AtRiskDocument.Row {
  /// Why it is on the list or not, as the catalog names it; nil in scores without decisions.
  ///
  /// A row of low risk that stays asks for other words than one that is still at risk.
  var listingWord: String? {
    listing.map { $0.reason == .stays && !isAtRisk ? "staysLow" : $0.reason.rawValue }
  }
}

extension AtRiskDocument {
  /// How many rows each list would have besides its own, had nothing kept them from it.
  ///
  /// Rows of low risk are not counted: nobody expects them.
  func notListed(by grouping: ListGrouping) -> [ListIdentity: [ListingReason: Int]] {
    let routes = ListRoutes(self, by: grouping)
    var counts: [ListIdentity: [ListingReason: Int]] = [:]
    for place in subscriptions.indices {
      guard let listing = subscriptions[place].listing, !listing.isListed,
        listing.reason != .lowRisk
      else { continue }
      let recipient = routes.recipient(subscriptions[place].identity)
      for list in [.all, ListIdentity(of: recipient)] {
        counts[list, default: [:]][listing.reason, default: 0] += 1
      }
    }
    return counts
  }
}
