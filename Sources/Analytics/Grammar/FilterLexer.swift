/// A word of a filter.
struct Token: Equatable {
  enum Kind: Equatable {
    /// A name, an operator, `true`, `null` and the like.
    case word(String)
    /// What stands between quotes, with '' made one quote.
    case text(String)
    /// A number or a date without quotes.
    case number(String)
    case leftParenthesis, rightParenthesis, comma
    case end
  }

  var kind: Kind
  /// Where it begins and ends, in scalars.
  var range: Range<Int>

  /// How a message calls it.
  var shown: String {
    switch kind {
    case .word(let word), .number(let word): "'\(Self.short(word))'"
    case .text(let text): "the text '\(Self.short(text))'"
    case .leftParenthesis: "'('"
    case .rightParenthesis: "')'"
    case .comma: "','"
    case .end: "the end of the expression"
    }
  }

  static func short(_ text: String) -> String {
    text.unicodeScalars.count <= 60
      ? text : String(String.UnicodeScalarView(text.unicodeScalars.prefix(60))) + "…"
  }
}

/// Cuts a filter into words.
///
/// ```
/// contains(customerName,'O''Brien') and usageDate ge 2026-01-01
/// word    (word        ,text     )  word word     word number
/// ```
struct FilterLexer {
  let source: SourceText
  private var position = 0

  init(_ source: SourceText) { self.source = source }

  /// The next word; `.end` behind the last.
  ///
  /// - Throws: `QueryError` at a text that is not closed, and at a character of no word.
  mutating func next() throws(QueryError) -> Token {
    let scalars = source.scalars
    while position < scalars.count, scalars[position].properties.isWhitespace { position += 1 }
    let start = position
    guard start < scalars.count else { return Token(kind: .end, range: start..<start) }
    position += 1
    func token(_ kind: Token.Kind) -> Token { Token(kind: kind, range: start..<position) }
    switch scalars[start] {
    case "(": return token(.leftParenthesis)
    case ")": return token(.rightParenthesis)
    case ",": return token(.comma)
    case "'":
      let text = try quoted(from: start)
      return token(.text(text))
    case let scalar where Self.beginsWord(scalar):
      return token(.word(rest(from: start, while: Self.continuesWord)))
    case let scalar where Self.beginsNumber(scalar):
      return token(.number(rest(from: start, while: Self.continuesNumber)))
    case let scalar:
      throw QueryError(
        .filter, Self.complaint(about: scalar), in: source, at: start)
    }
  }

  private mutating func quoted(from start: Int) throws(QueryError) -> String {
    let scalars = source.scalars
    var text = String.UnicodeScalarView()
    while position < scalars.count {
      let scalar = scalars[position]
      position += 1
      guard scalar == "'" else {
        text.append(scalar)
        continue
      }
      guard position < scalars.count, scalars[position] == "'" else { return String(text) }
      text.append("'")
      position += 1
    }
    throw QueryError(
      .filter,
      "The text that begins here has no closing quote. Expected ' at its end; a quote inside a text is written twice, as in 'O''Brien'.",
      in: source, at: start)
  }

  private mutating func rest(
    from start: Int, while belongs: (Unicode.Scalar) -> Bool
  ) -> String {
    while position < source.scalars.count, belongs(source.scalars[position]) { position += 1 }
    var text = String.UnicodeScalarView()
    text.append(contentsOf: source.scalars[start..<position])
    return String(text)
  }

  private static func complaint(about scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "\"", "‘", "’", "“", "”", "`":
      "Texts stand in single quotes: expected ' here."
    case "=", "!", "<", ">", "&", "|":
      "Operators are words. Expected eq, ne, gt, lt, ge, le, and or or."
    default:
      "This character belongs to no word. Expected a field, an operator, a value or a parenthesis."
    }
  }

  private static func beginsWord(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isAlphabetic || scalar == "_"
  }

  private static func continuesWord(_ scalar: Unicode.Scalar) -> Bool {
    beginsWord(scalar) || isDigit(scalar) || scalar == "." || scalar == "@"
      || scalar.properties.generalCategory == .nonspacingMark
  }

  private static func beginsNumber(_ scalar: Unicode.Scalar) -> Bool {
    isDigit(scalar) || scalar == "-" || scalar == "+" || scalar == "."
  }

  private static func continuesNumber(_ scalar: Unicode.Scalar) -> Bool {
    beginsNumber(scalar) || scalar == ":" || scalar.properties.isAlphabetic
  }

  private static func isDigit(_ scalar: Unicode.Scalar) -> Bool {
    ("0"..."9").contains(scalar)
  }
}
