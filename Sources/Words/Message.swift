/// A sentence that is not yet in any language: which one, and what it speaks of.
///
/// ```
///   Message(.silentUsualGap, [.days: 46, .usualGapDays: 2])
///   en  No usage for 46 days; its usual gap is 2 days
///   ja  46日間使用なし（通常の間隔は2日）
/// ```
package struct Message: Sendable, Hashable {
  package let key: MessageKey
  package let arguments: [Argument]

  /// A message from the program itself, whose arguments are those of the key.
  ///
  /// - Parameters:
  ///   - key: the sentence.
  ///   - numbers: its numbers; days, counts, shares 0 … 1.
  ///   - texts: its texts; dates are ISO days.
  package init(
    _ key: MessageKey, _ numbers: KeyValuePairs<Argument.Name, Double> = [:],
    texts: KeyValuePairs<Argument.Name, String> = [:]
  ) {
    self.key = key
    arguments =
      numbers.map { Argument(name: $0.key, value: .number($0.value)) }
      + texts.map { Argument(name: $0.key, value: .text($0.value)) }
  }

  /// A message from a file; nil when an argument that it needs is missing or of another kind.
  ///
  /// - Parameters:
  ///   - key: the sentence.
  ///   - arguments: in any order.
  package init?(key: MessageKey, arguments: [Argument]) {
    self.key = key
    self.arguments = arguments
    guard Language.en.book.messages[key]?.isSatisfied(by: arguments) ?? false else { return nil }
  }
}

/// One value of a message.
package struct Argument: Sendable, Hashable {
  /// What a value is called in templates and in at-risk.json; units are part of the name.
  package enum Name: String, Sendable, Hashable, CaseIterable {
    case days, usualGapDays, windowDays
    case count, countBefore
    case share, partnerShare, mediumShare
    case times, lines, value
    case level, feature
    /// An ISO day.
    case date
    /// Of labels.
    case rows, high, medium, low, text
    /// Of remarks.
    case critical
  }

  package enum Value: Sendable, Hashable {
    case number(Double)
    case text(String)
  }

  package let name: Name
  package let value: Value

  package init(name: Name, value: Value) {
    self.name = name
    self.value = value
  }
}
