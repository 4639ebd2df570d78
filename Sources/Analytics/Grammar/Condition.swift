internal import History

/// How a field is compared with a value.
package enum Comparison: String, Sendable, Hashable, CaseIterable {
  case eq, ne, gt, lt, ge, le

  /// Whether it asks for an order and not only for equality.
  var isOrder: Bool { self != .eq && self != .ne }
}

/// What a row must meet.
///
/// Fields are positions in their resource's list. Texts are folded as their field compares them.
///
/// Null is a value: `eq null` and `ne null` ask for it, `ne 'x'` holds for it, and no order and no
/// `contains` does. So every condition is true or false, as in OData.
/// Source: OData 4.01 part 2, §5.1.1.1, https://docs.oasis-open.org/odata/odata/v4.01/
package indirect enum Condition: Sendable, Hashable {
  /// `and`: all hold; none is true.
  case all([Condition])
  /// `or`: any holds; none is false.
  case any([Condition])
  case compare(field: Int, type: FieldType, Comparison, FieldValue)
  case contains(field: Int, type: FieldType, String)

  static let always = Condition.all([])
  static let never = Condition.any([])

  /// Whether a row meets it.
  ///
  /// - Parameter value: the value of a field.
  /// - Returns: true or false, never unknown.
  package func holds(_ value: (Int) -> FieldValue) -> Bool {
    switch self {
    case .all(let parts): parts.allSatisfy { $0.holds(value) }
    case .any(let parts): parts.contains { $0.holds(value) }
    case .compare(let field, let type, let comparison, let literal):
      Self.compare(value(field), comparison, literal, type)
    case .contains(let field, let type, let part):
      Self.contains(value(field), part, type)
    }
  }

  private static func contains(_ value: FieldValue, _ part: String, _ type: FieldType) -> Bool {
    guard case .text(let text) = value else { return false }
    return part.isEmpty || type.folded(text).utf8.contains(part.utf8)
  }

  private static func compare(
    _ value: FieldValue, _ comparison: Comparison, _ literal: FieldValue, _ type: FieldType
  ) -> Bool {
    if comparison.isOrder {
      switch (value, literal) {
      case (.day(let left), .day(let right)): return isTrue(comparison, left, right)
      case (.number(let left), .number(let right)): return isTrue(comparison, left, right)
      default: return false
      }
    }
    let isSame: Bool
    if case .text(let text) = value, case .text(let other) = literal {
      isSame = type.folded(text) == other
    } else {
      isSame = value == literal
    }
    return isSame == (comparison == .eq)
  }

  private static func isTrue<Value: Comparable>(
    _ comparison: Comparison, _ left: Value, _ right: Value
  ) -> Bool {
    switch comparison {
    case .eq: left == right
    case .ne: left != right
    case .gt: left > right
    case .lt: left < right
    case .ge: left >= right
    case .le: left <= right
    }
  }

  // MARK: - What is known beforehand

  /// Every field it speaks of.
  package var fields: Set<Int> {
    switch self {
    case .all(let parts), .any(let parts):
      parts.reduce(into: []) { $0.formUnion($1.fields) }
    case .compare(let field, _, _, _), .contains(let field, _, _): [field]
    }
  }

  /// What is left to ask once some fields are known.
  ///
  /// - Parameter known: the value of a field; nil for one that is not known yet.
  /// - Returns: `always`, `never`, or a condition on the other fields.
  package func specialised(_ known: (Int) -> FieldValue?) -> Condition {
    switch self {
    case .all(let parts):
      var left: [Condition] = []
      for part in parts {
        let part = part.specialised(known)
        if part == .never { return .never }
        if part != .always { left.append(part) }
      }
      return left.count == 1 ? left[0] : .all(left)
    case .any(let parts):
      var left: [Condition] = []
      for part in parts {
        let part = part.specialised(known)
        if part == .always { return .always }
        if part != .never { left.append(part) }
      }
      return left.count == 1 ? left[0] : .any(left)
    case .compare(let field, _, _, _), .contains(let field, _, _):
      guard let value = known(field) else { return self }
      return holds { _ in value } ? .always : .never
    }
  }

  /// Days outside of which it cannot hold, whatever the other fields are.
  ///
  /// - Parameter field: a field of days.
  /// - Returns: nil when it never holds.
  func days(ofField field: Int) -> ClosedRange<CalendarDay>? {
    switch self {
    case .all(let parts):
      var range: ClosedRange<CalendarDay>? = Self.everyDay
      for part in parts {
        guard let known = range, let other = part.days(ofField: field),
          known.overlaps(other)
        else { return nil }
        range = known.clamped(to: other)
      }
      return range
    case .any(let parts):
      return parts.lazy.compactMap { $0.days(ofField: field) }.reduce(nil) { range, other in
        guard let range else { return other }
        return min(range.lowerBound, other.lowerBound)...max(range.upperBound, other.upperBound)
      }
    case .compare(field, _, let comparison, .day(let day)):
      let (first, last) = (Self.everyDay.lowerBound, Self.everyDay.upperBound)
      switch comparison {
      case .eq: return day...day
      case .ne: return Self.everyDay
      case .gt: return day + 1...last
      case .ge: return day...last
      case .lt: return first...day - 1
      case .le: return first...day
      }
    default: return Self.everyDay
    }
  }

  /// From before any literal to behind any; literals have years 1 … 9999.
  static let everyDay =
    CalendarDay(daysSinceEpoch: -1_000_000)...CalendarDay(daysSinceEpoch: 4_000_000)
}

extension Sequence<UInt8> {
  /// Whether the bytes of a text stand in these.
  fileprivate func contains(_ part: String.UTF8View) -> Bool {
    let (bytes, wanted) = (Array(self), Array(part))
    guard let first = wanted.first, bytes.count >= wanted.count else { return wanted.isEmpty }
    return (0...bytes.count - wanted.count).contains { start in
      bytes[start] == first && bytes[start..<start + wanted.count].elementsEqual(wanted)
    }
  }
}
