internal import History

// The filter of the Analytics API.
//
//   filter      = conjunction { "or" conjunction }
//   conjunction = condition { "and" condition }
//   condition   = "(" filter ")" | "contains" "(" field "," text ")" | field operator value
//   operator    = "eq" | "ne" | "gt" | "lt" | "ge" | "le"
//   value       = text | number | date | "true" | "false" | "null" | "cast" "(" text "," type ")"
//
// Names of fields, operators and the other words are taken in any case. What is written is never
// trusted: its length and the depth of its parentheses have a limit, so that neither time, memory nor
// the stack has none.
//
// Source: https://learn.microsoft.com/partner-center/developer/get-all-subscription-analytics and
// …/get-all-azure-usage-analytics, whose example has the parentheses and the cast.

/// Reads a filter against the fields of a resource.
struct FilterParser {
  /// The longest filter, in Unicode scalars.
  static let longest = 32_768
  /// How many parentheses may be open at once.
  static let deepest = 100

  private let source: SourceText
  private let fields: [AnalyticsField]
  private let scope: AnalyticsScope
  private let resource: String
  private var lexer: FilterLexer
  private var token: Token

  /// What a filter asks for.
  ///
  /// - Parameters:
  ///   - text: the filter.
  ///   - fields: that it may speak of.
  ///   - resource: their resource, for messages.
  ///   - scope: what the reader may see.
  /// - Returns: texts are folded as their fields compare them.
  /// - Throws: `QueryError` with the column of what is wrong, or of a field that the scope hides.
  static func parse(
    _ text: String, fields: [AnalyticsField], of resource: String,
    for scope: AnalyticsScope = .everything
  ) throws(QueryError) -> Condition {
    let count = text.unicodeScalars.count
    guard count <= longest else {
      throw QueryError(
        .filter,
        "The expression has \(count) characters; expected at most \(longest). Ask in several queries."
      )
    }
    var parser = try FilterParser(SourceText(text), fields, resource, scope)
    guard parser.token.kind != .end else {
      throw parser.expected("a condition, such as \(parser.example)")
    }
    let condition = try parser.filter(depth: 0)
    guard parser.token.kind == .end else {
      throw parser.token.kind == .rightParenthesis
        ? parser.wrong("This ')' closes nothing. Remove it, or open a '(' before.")
        : parser.expected("and, or, or the end of the expression")
    }
    return condition
  }

  private init(
    _ source: SourceText, _ fields: [AnalyticsField], _ resource: String,
    _ scope: AnalyticsScope
  ) throws(QueryError) {
    self.source = source
    self.scope = scope
    self.fields = fields
    self.resource = resource
    lexer = FilterLexer(source)
    token = try lexer.next()
  }

  /// The fields that the reader may see.
  private var shown: [AnalyticsField] { fields.filter(scope.shows) }

  /// A condition on the first field that a table shows.
  private var example: String {
    let field = shown.first { $0.isBrief && $0.type == .text } ?? fields[0]
    return "\(field.name) eq '…'"
  }

  // MARK: - And, or, parentheses

  private mutating func filter(depth: Int) throws(QueryError) -> Condition {
    var parts = [try conjunction(depth: depth)]
    while try takeWord("or") { parts.append(try conjunction(depth: depth)) }
    return parts.count == 1 ? parts[0] : .any(parts)
  }

  private mutating func conjunction(depth: Int) throws(QueryError) -> Condition {
    var parts = [try condition(depth: depth)]
    while try takeWord("and") { parts.append(try condition(depth: depth)) }
    return parts.count == 1 ? parts[0] : .all(parts)
  }

  private mutating func condition(depth: Int) throws(QueryError) -> Condition {
    switch token.kind {
    case .leftParenthesis:
      guard depth < Self.deepest else {
        throw wrong("More than \(Self.deepest) parentheses are open. Expected fewer.")
      }
      let opening = token
      try advance()
      let inner = try filter(depth: depth + 1)
      guard token.kind == .rightParenthesis else {
        throw expected(
          "and, or, or the ')' of the '(' in column \(source.column(at: opening.range.lowerBound))")
      }
      try advance()
      return inner
    case .word(let word):
      if word.lowercased() == "contains" { return try contains() }
      if word.lowercased() == "not" {
        throw wrong(
          "The grammar has no 'not'. Use ne, or turn the comparison round: not (a gt 1) is a le 1.")
      }
      return try comparison(word)
    default:
      throw expected("a field of \(resource), contains(…) or '('")
    }
  }

  // MARK: - Conditions

  private mutating func contains() throws(QueryError) -> Condition {
    try advance()
    try take(.leftParenthesis, "'(' after contains, as in contains(\(textField),'…')")
    guard case .word(let word) = token.kind else {
      throw expected("a field of \(resource), as in contains(\(textField),'…')")
    }
    let index = try field(word)
    guard fields[index].type.isText else {
      throw wrong(
        "contains looks into texts, and \(fields[index].name) is a \(fields[index].type.name). "
          + "Expected a field such as \(textField), or a comparison with eq.")
    }
    try advance()
    try take(.comma, "',' between the field and the text, as in contains(\(textField),'…')")
    guard case .text(let text) = token.kind else { throw expected("a text in quotes") }
    try advance()
    try take(.rightParenthesis, "')' at the end of contains(…)")
    let type = fields[index].type
    return .contains(
      field: index, type: type, type == .caseSensitiveText ? text : text.lowercased())
  }

  private var textField: String {
    (shown.first { $0.isBrief && $0.type == .text } ?? shown.first { $0.type == .text })?.name
      ?? fields[0].name
  }

  private mutating func comparison(_ word: String) throws(QueryError) -> Condition {
    let index = try field(word)
    let field = fields[index]
    try advance()
    let allowed = Self.comparisons(of: field.type)
    let list = Self.list(allowed.map(\.rawValue))
    guard case .word(let name) = token.kind,
      let comparison = Comparison(rawValue: name.lowercased())
    else {
      throw expected("\(list) after \(field.name)\(field.type.isText ? ", or contains(…)" : "")")
    }
    guard allowed.contains(comparison) else {
      throw wrong(
        "'\(name)' does not apply to \(field.name), which is a \(field.type.name). Expected \(list)"
          + (field.type.isText ? ", or contains(\(field.name),'…')." : "."))
    }
    try advance()
    let place = token
    let value = try value(for: field)
    guard value != .null || !comparison.isOrder else {
      throw QueryError(
        .filter, "Nothing is before or after null. Expected \(field.type.example).", in: source,
        at: place.range.lowerBound)
    }
    return .compare(field: index, type: field.type, comparison, value)
  }

  /// The operators that make sense for a type.
  static func comparisons(of type: FieldType) -> [Comparison] {
    type == .number || type.isDate ? Comparison.allCases : [.eq, .ne]
  }

  private func field(_ word: String) throws(QueryError) -> Int {
    guard let index = fields.firstIndex(where: { $0.isNamed(word) }) else {
      throw wrong(AnalyticsField.unknown(word, among: shown, of: resource))
    }
    if let message = fields[index].refusal(to: scope) { throw wrong(message).forbidden }
    return index
  }

  // MARK: - Values

  private mutating func value(for field: AnalyticsField) throws(QueryError) -> FieldValue {
    let place = token
    func mismatch() -> QueryError {
      QueryError(
        .filter,
        "\(field.name) is a \(field.type.name), and \(place.shown) is none. Expected \(field.type.example)"
          + " or null.", in: source, at: place.range.lowerBound)
    }
    switch token.kind {
    case .text(let text):
      try advance()
      if field.type.isText { return .text(field.type.folded(text)) }
      if field.type.isDate, let day = Self.day(text) { return .day(day) }
      throw mismatch()
    case .number(let text):
      try advance()
      if field.type == .number, let number = parsedNumber(text), number.isFinite {
        return .number(number)
      }
      if field.type.isDate, let day = Self.day(text) { return .day(day) }
      // The reference calls mpnId a text, and its answers write it as a number.
      if field.type == .id { return .text(field.type.folded(text)) }
      throw mismatch()
    case .word(let word):
      switch word.lowercased() {
      case "null":
        try advance()
        return .null
      case "true" where field.type == .boolean, "false" where field.type == .boolean:
        try advance()
        return .boolean(word.lowercased() == "true")
      case "cast" where field.type.isDate: return .day(try cast(for: field))
      default: throw mismatch()
      }
    default: throw expected("\(field.type.example) or null")
    }
  }

  /// The types that a date is cast to in Microsoft's examples, and their kin.
  private static let dateTypes = [
    "datetime", "datetimeoffset", "date", "edm.datetime", "edm.datetimeoffset", "edm.date",
  ]

  private mutating func cast(for field: AnalyticsField) throws(QueryError) -> CalendarDay {
    let form = "as in cast('2026-01-31', DateTime)"
    try advance()
    try take(.leftParenthesis, "'(' after cast, \(form)")
    guard case .text(let text) = token.kind else { throw expected("a date in quotes, \(form)") }
    guard let day = Self.day(text) else {
      throw wrong("\(token.shown) is no date. Expected a date, \(form).")
    }
    try advance()
    try take(.comma, "',' between date and type, \(form)")
    guard case .word(let type) = token.kind, Self.dateTypes.contains(type.lowercased()) else {
      throw expected("DateTime, Edm.DateTimeOffset or Date, \(form)")
    }
    try advance()
    try take(.rightParenthesis, "')' at the end of cast(…)")
    return day
  }

  /// The UTC day of a date with or without a time.
  ///
  /// The years that stand for "unset" and "no end" elsewhere are what they say here.
  static func day(_ text: String) -> CalendarDay? {
    switch ParsedDate(text) {
    case .day(let day): day
    case .unset, .noEnd: CalendarDay(String(text.trimmingSpaces().prefix(10)))
    case .ambiguous, .invalid: nil
    }
  }

  // MARK: - Words

  private mutating func advance() throws(QueryError) { token = try lexer.next() }

  private mutating func take(_ kind: Token.Kind, _ what: String) throws(QueryError) {
    guard token.kind == kind else { throw expected(what) }
    try advance()
  }

  /// Takes an operator between conditions where it stands here.
  private mutating func takeWord(_ word: String) throws(QueryError) -> Bool {
    guard case .word(let found) = token.kind, found.lowercased() == word else { return false }
    try advance()
    return true
  }

  private func wrong(_ message: String) -> QueryError {
    QueryError(.filter, message, in: source, at: token.range.lowerBound)
  }

  private func expected(_ what: String) -> QueryError {
    wrong("Expected \(what); found \(token.shown).")
  }

  static func list(_ words: [String]) -> String {
    words.count < 2
      ? words.joined() : words.dropLast().joined(separator: ", ") + " or " + words[words.count - 1]
  }
}
