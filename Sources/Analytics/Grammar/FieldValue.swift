package import History

/// A value of a row, or a literal of an expression.
package enum FieldValue: Sendable, Hashable {
  /// Nothing is known, or the source has none.
  case null
  case text(String)
  case number(Double)
  case boolean(Bool)
  /// A UTC calendar day; the history keeps no times of day.
  case day(CalendarDay)

  /// A text, or null.
  package init(_ text: String?) { self = text.map { .text($0) } ?? .null }
  /// A day, or null.
  package init(_ day: CalendarDay?) { self = day.map { .day($0) } ?? .null }
  /// A boolean, or null.
  package init(_ flag: Bool?) { self = flag.map { .boolean($0) } ?? .null }
  /// A number, or null; NaN is null.
  package init(_ number: Double?) {
    self = number.flatMap { $0.isNaN ? nil : .number($0) } ?? .null
  }
  /// A whole number, or null.
  package init(_ number: Int?) { self.init(number.map { Double($0) }) }

  /// Whether `left` stands before `right` in ascending order.
  ///
  /// Null comes first; texts by their Unicode scalars, so that no locale has a part in it.
  package static func isOrdered(_ left: FieldValue, _ right: FieldValue) -> Bool {
    switch (left, right) {
    case (.null, .null): false
    case (.text(let left), .text(let right)):
      left.utf8.lexicographicallyPrecedes(right.utf8)
    case (.number(let left), .number(let right)): left < right
    case (.boolean(let left), .boolean(let right)): !left && right
    case (.day(let left), .day(let right)): left < right
    default: left.rank < right.rank
    }
  }

  /// The place of a kind among the kinds.
  private var rank: Int {
    switch self {
    case .null: 0
    case .boolean: 1
    case .number: 2
    case .day: 3
    case .text: 4
    }
  }
}

/// What the values of a field are, and so how they are compared and written.
package enum FieldType: Sendable, Hashable {
  /// Compared in any case.
  case text
  /// Compared as it is written, as Microsoft says of `subscriptionType`.
  case caseSensitiveText
  /// A GUID or another id: compared by value, in any case.
  case id
  case number
  case boolean
  /// A UTC day; JSON writes it `2026-11-16T00:00:00`, as Partner Center does.
  case dateTime
  /// A UTC day; JSON writes it `2026-11-16`.
  case day

  package var isDate: Bool { self == .dateTime || self == .day }
  package var isText: Bool { self == .text || self == .caseSensitiveText || self == .id }

  /// The word for it in descriptions and messages.
  package var name: String {
    switch self {
    case .text: "text"
    case .caseSensitiveText: "text, case-sensitive"
    case .id: "id"
    case .number: "number"
    case .boolean: "true or false"
    case .dateTime, .day: "date"
    }
  }

  /// An example of a literal.
  var example: String {
    switch self {
    case .text, .caseSensitiveText: "a text in quotes, such as 'Contoso'"
    case .id: "an id in quotes, such as '4bf546b2-8998-4838-bee2-5f1bbe65a04f'"
    case .number: "a number, such as 12.5"
    case .boolean: "true or false, without quotes"
    case .dateTime, .day: "a date, such as '2026-01-31' or cast('2026-01-31', DateTime)"
    }
  }

  /// A text as it is compared.
  func folded(_ text: String) -> String {
    switch self {
    case .caseSensitiveText: text
    case .id: GUID(text)?.description ?? text.lowercased()
    default: text.lowercased()
    }
  }
}
