package import Words

/// The days through which usage counts: sources that were exported on different days have different ones.
package struct UsageEnds: Sendable, Hashable {
  /// As `YYYY-MM-DD`.
  let first: String
  let last: String

  /// The day, or the first and the last one.
  package func text(in language: Language) -> String {
    first == last ? language.date(last) : "\(language.date(first)) – \(language.date(last))"
  }

  /// The same for programs and terminals, in English.
  package var text: String { first == last ? last : "\(first) to \(last), by source" }
}

extension AtRiskDocument {
  /// Of the scored rows; that of the whole document where no row has one.
  package var usageEnds: UsageEnds {
    var (first, last) = (dataThrough, dataThrough)
    // By place: to copy a row takes long.
    for place in subscriptions.indices {
      guard let day = subscriptions[place].identity.usageThrough else { continue }
      (first, last) = (min(first, day), max(last, day))
    }
    return UsageEnds(first: first, last: last)
  }
}

extension AtRiskDocument.Identity {
  /// When it was last used: never is said only where its usage would be known.
  package func lastUsed(in language: Language) -> String {
    lastUsageDate ?? language.label(usageThrough == nil ? .notKnown : .never)
  }
}
