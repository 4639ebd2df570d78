import History
import TestSupport

@testable import Analytics

/// A filter made up by chance, with a second way of evaluating it: no parser, no folding beforehand, no
/// shortcut.
indirect enum RandomFilter {
  case both(RandomFilter, RandomFilter)
  case either(RandomFilter, RandomFilter)
  case compare(AnalyticsField, String, FieldValue)
  case contains(AnalyticsField, String)

  /// Makes up a filter; `values` tells what rows have in a field, to compare with what occurs.
  init(
    depth: Int, _ fields: [AnalyticsField], _ values: (AnalyticsField) -> [FieldValue],
    _ random: inout SeededGenerator
  ) {
    if depth > 0, Int.random(in: 0..<3, using: &random) > 0 {
      let left = RandomFilter(depth: depth - 1, fields, values, &random)
      let right = RandomFilter(depth: depth - 1, fields, values, &random)
      self = Bool.random(using: &random) ? .both(left, right) : .either(left, right)
      return
    }
    let field = fields[Int.random(in: fields.indices, using: &random)]
    let literal = values(field).randomElement(using: &random) ?? .null
    if field.type.isText, case .text(let text) = literal, Int.random(in: 0..<3, using: &random) == 0
    {
      let start = Int.random(in: 0...text.count, using: &random)
      self = .contains(
        field,
        Self.recased(String(text.dropFirst(start).prefix(2)), of: field, &random))
      return
    }
    let names = FilterParser.comparisons(of: field.type).map(\.rawValue)
    let isNull = literal == .null || Int.random(in: 0..<8, using: &random) == 0
    let name = (isNull ? ["eq", "ne"] : names).randomElement(using: &random) ?? "eq"
    if isNull {
      self = .compare(field, name, .null)
    } else if case .text(let text) = literal {
      self = .compare(field, name, .text(Self.recased(text, of: field, &random)))
    } else {
      self = .compare(field, name, literal)
    }
  }

  private static func recased(
    _ text: String, of field: AnalyticsField, _ random: inout SeededGenerator
  ) -> String {
    switch Int.random(in: 0..<3, using: &random) {
    case 0: text.uppercased()
    case 1: text.lowercased()
    default: text
    }
  }

  /// The filter as somebody would write it.
  func text(_ random: inout SeededGenerator) -> String {
    func word(_ text: String) -> String {
      Bool.random(using: &random) ? text : text.uppercased()
    }
    switch self {
    case .both(let left, let right):
      // What binds weaker needs parentheses; what does not may have them.
      let parts = [left, right].map { part in
        if case .either = part { return "(\(part.text(&random)))" }
        return Bool.random(using: &random) ? part.text(&random) : "( \(part.text(&random)) )"
      }
      return parts.joined(separator: " \(word("and")) ")
    case .either(let left, let right):
      return "\(left.text(&random)) \(word("or")) \(right.text(&random))"
    case .contains(let field, let part):
      return "\(word("contains"))(\(word(field.name)), \(Self.quoted(part)))"
    case .compare(let field, let name, let value):
      let literal: String
      switch value {
      case .null: literal = word("null")
      case .text(let text): literal = Self.quoted(text)
      case .number(let number): literal = "\(number)"
      case .boolean(let flag): literal = word("\(flag)")
      case .day(let day):
        literal =
          ["\(day)", "'\(day)'", "cast('\(day)', DateTime)", "'\(day)T00:00:00'"]
          .randomElement(using: &random) ?? ""
      }
      return "\(word(field.name)) \(word(name)) \(literal)"
    }
  }

  private static func quoted(_ text: String) -> String {
    "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''") + "'"
  }

  /// Whether a row meets it, looked up by the names of its fields.
  func holds(_ row: [String: FieldValue]) -> Bool {
    switch self {
    case .both(let left, let right): return left.holds(row) && right.holds(row)
    case .either(let left, let right): return left.holds(row) || right.holds(row)
    case .contains(let field, let part):
      guard case .text(let text)? = row[field.name] else { return false }
      let isCased = field.type == .caseSensitiveText
      let (whole, wanted) = isCased ? (text, part) : (text.lowercased(), part.lowercased())
      return wanted.isEmpty || whole.indices.contains { whole[$0...].hasPrefix(wanted) }
    case .compare(let field, let name, let literal):
      let value = row[field.name] ?? .null
      func isSame() -> Bool {
        guard case .text(let left) = value, case .text(let right) = literal else {
          return value == literal
        }
        return field.type == .caseSensitiveText
          ? left == right : left.lowercased() == right.lowercased()
      }
      if name == "eq" { return isSame() }
      if name == "ne" { return !isSame() }
      guard let left = Self.number(value), let right = Self.number(literal) else { return false }
      switch name {
      case "gt": return left > right
      case "lt": return left < right
      case "ge": return left >= right
      default: return left <= right
      }
    }
  }

  private static func number(_ value: FieldValue) -> Double? {
    switch value {
    case .number(let number): number
    case .day(let day): Double(day.daysSinceEpoch)
    default: nil
    }
  }
}
