/// A sentence with places for values, as translators write it.
///
/// ```
///   {share:percent}                 a value in a format; without one, a number
///   {count|# licence|# licences}    the form for the number, which # stands for
///   {count|=0 No licence|# licence|# licences}     =0: for exactly this number
/// ```
/// There are as many forms as the language has: two in English and French, one in Japanese and Chinese.
/// `days`, `ago` and `left` are forms of the language's grammar.
typealias Template = [TemplatePiece]

enum TemplatePiece: Sendable, Hashable {
  case literal(String)
  case value(Argument.Name, ValueFormat)
  case plural(Argument.Name, PluralForms)
}

/// How a value is shown.
enum ValueFormat: String, Sendable, Hashable, CaseIterable {
  /// At most one decimal.
  case number
  /// Two decimals.
  case hundredths
  /// A share as a percentage.
  case percent
  /// A share as a percentage with one decimal, to stand beside others.
  case exact
  /// "3 days", "today" or "3 days ago", "in 3 days".
  case days, ago, left
  /// An ISO day as the language writes it.
  case date
  /// What somebody else wrote, made harmless.
  case text

  var takesText: Bool { self == .date || self == .text }
}

/// The forms of a word by number; `#` is the number.
struct PluralForms: Sendable, Hashable {
  /// For exactly these numbers, before the forms are asked.
  var exact: [Double: [String]] = [:]
  /// In the order of the language's plural rule; each split at `#`.
  var forms: [[String]] = []

  /// `=0 none|# day|# days`.
  init(_ text: Substring) {
    for form in text.split(separator: "|", omittingEmptySubsequences: false) {
      if form.first == "=", let space = form.firstIndex(of: " "),
        let number = Double(form[form.index(after: form.startIndex)..<space])
      {
        exact[number] = Self.parts(form[form.index(after: space)...])
      } else {
        forms.append(Self.parts(form))
      }
    }
  }

  private static func parts(_ form: Substring) -> [String] {
    form.split(separator: "#", omittingEmptySubsequences: false).map(String.init)
  }
}

extension Template {
  /// Takes a template apart; one of our own that is malformed is a programming error.
  init(_ text: String) {
    self = []
    var rest = text[...]
    while let open = rest.firstIndex(of: "{") {
      if open > rest.startIndex { append(.literal(String(rest[..<open]))) }
      guard let close = rest[open...].firstIndex(of: "}") else {
        preconditionFailure("Words: a brace is not closed in '\(text)'")
      }
      append(Self.piece(rest[rest.index(after: open)..<close], of: text))
      rest = rest[rest.index(after: close)...]
    }
    if !rest.isEmpty { append(.literal(String(rest))) }
  }

  private static func piece(_ inner: Substring, of text: String) -> TemplatePiece {
    let end = inner.firstIndex { $0 == ":" || $0 == "|" } ?? inner.endIndex
    guard let name = Argument.Name(rawValue: String(inner[..<end])) else {
      preconditionFailure("Words: no argument is called '\(inner[..<end])' in '\(text)'")
    }
    guard end < inner.endIndex else { return .value(name, .number) }
    let rest = inner[inner.index(after: end)...]
    if inner[end] == "|" { return .plural(name, PluralForms(rest)) }
    guard let format = ValueFormat(rawValue: String(rest)) else {
      preconditionFailure("Words: no format is called '\(rest)' in '\(text)'")
    }
    return .value(name, format)
  }

  /// Whether every place has a value of its kind.
  func isSatisfied(by arguments: [Argument]) -> Bool {
    allSatisfy { piece in
      switch piece {
      case .literal: true
      case .value(let name, let format): arguments.has(name, asText: format.takesText)
      case .plural(let name, _): arguments.has(name, asText: false)
      }
    }
  }
}

extension [Argument] {
  fileprivate func has(_ name: Argument.Name, asText: Bool) -> Bool {
    contains { argument in
      guard argument.name == name else { return false }
      switch argument.value {
      case .number(let number): return !asText && number.isFinite
      case .text: return asText
      }
    }
  }
}
