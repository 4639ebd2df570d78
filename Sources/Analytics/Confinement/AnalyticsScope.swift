package import History

// What one reader may learn of a partner.
//
//   query ──read for the scope──► a hidden field in it: refused, so that no filter answers by yes and no
//   source ──────────────────────► rows of other subscriptions: gone before filters, groups and counts
//                                  hidden fields: gone before pages are ordered and groups are made
//
// Both carry the scope, and `AnalyticsResource.answer` takes only a pair of the same.

/// What a field tells that not every reader may know.
package enum Sensitivity: Sendable, Hashable {
  /// Money: costs, values, expected losses, and what they are counted in.
  case revenue
  /// Names that customers chose, and persons. Tenant ids stay, as they do when scores are redacted.
  case personal
}

/// What a reader may see.
package struct AnalyticsScope: Sendable, Hashable {
  /// The subscriptions that exist for the reader; nil = all.
  package var subscriptions: Set<GUID>?
  /// What is kept from the reader.
  package var hidden: Set<Sensitivity>

  /// Some subscriptions without some kinds of fields.
  package init(subscriptions: Set<GUID>? = nil, hidden: Set<Sensitivity> = []) {
    self.subscriptions = subscriptions
    self.hidden = hidden
  }

  /// Every subscription with every field.
  package static let everything = AnalyticsScope()

  /// Whether a subscription exists for the reader.
  func includes(_ id: GUID) -> Bool { subscriptions?.contains(id) ?? true }

  /// Whether a field is told.
  func shows(_ field: AnalyticsField) -> Bool {
    field.sensitivity.map { !hidden.contains($0) } ?? true
  }
}

extension Sensitivity {
  /// For a sentence.
  var words: String {
    switch self {
    case .revenue: "money"
    case .personal: "names and persons"
    }
  }
}

extension AnalyticsField {
  /// Says that the reader may not ask about the field; nil where it is shown.
  func refusal(to scope: AnalyticsScope) -> String? {
    guard let sensitivity, scope.hidden.contains(sensitivity) else { return nil }
    return "\(name) tells of \(sensitivity.words), which the role of this reader may not see. "
      + "Expected other fields: leave it out, or let somebody ask whose role may see it."
  }
}
