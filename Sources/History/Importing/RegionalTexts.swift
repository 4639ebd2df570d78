internal import Files

// How one file writes dates and numbers.
//
//   03/04/2024  in a column with 25/12/2024 ──► the day comes first
//   03/04/2024  in a column without a date that tells ──► ambiguous: the row is rejected
//   1.234       in a column with 0,5 ──► 1234
//
// Nothing is read twice as long as dates are year-month-day and numbers plain. The first value that
// is not has all rows of the table looked at once, column by column. Dates of one column say nothing
// about another: a file put together by hand may have both orders, and a wrong month looks like churn.

/// Reads the dates and numbers of one file.
final class RegionalTexts {
  /// What all values of a column tell.
  struct Evidence: Hashable {
    private var dayFirst = false
    private var monthFirst = false
    private var comma = false
    private var point = false

    mutating func add(_ text: String) {
      switch RegionalDate(text)?.toldOrder {
      case .dayFirst: dayFirst = true
      case .monthFirst: monthFirst = true
      case nil: break
      }
      switch RegionalNumber(text)?.toldMark {
      case .comma: comma = true
      case .point: point = true
      case nil: break
      }
    }

    /// nil when no value tells, or some contradict others.
    var dateOrder: DateOrder? {
      dayFirst == monthFirst ? nil : dayFirst ? .dayFirst : .monthFirst
    }

    /// nil when no value tells, or some contradict others.
    var decimalMark: DecimalMark? { comma == point ? nil : comma ? .comma : .point }
  }

  private let dateOrder: DateOrder?
  private let delimiter: Character?
  private let gather: () -> [Evidence]
  private var gathered: [Evidence]?

  /// - Parameters:
  ///   - dateOrder: what the user says about all dates; nil lets each column tell.
  ///   - delimiter: of a table; a semicolon stands where the comma is a decimal mark.
  ///   - gather: looks at all rows: the evidence by the position of the field; empty without a table.
  init(
    dateOrder: DateOrder?, delimiter: Character? = nil, gather: @escaping () -> [Evidence] = { [] }
  ) {
    self.dateOrder = dateOrder
    self.delimiter = delimiter
    self.gather = gather
  }

  /// Reads a date of a field.
  func date(_ text: String, field: Int) -> ParsedDate {
    let plain = ParsedDate(text)
    guard plain == .invalid, let date = RegionalDate(text) else { return plain }
    return date.parsed(dateOrder ?? evidence(field)?.dateOrder)
  }

  /// Reads a date that stands for its month, or a month alone: the first of it.
  ///
  /// Of the two readings of 8/1/2026 the one that is the first of a month is meant, unless the user says
  /// which order the dates have.
  func month(_ text: String, field: Int) -> ParsedDate {
    let plain = ParsedDate(text)
    guard plain == .invalid else { return plain }
    if let date = RegionalDate(text) {
      return date.parsed(dateOrder ?? date.monthOrder ?? evidence(field)?.dateOrder)
    }
    let parts = text.trimmingSpaces().split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[0].utf8.count == 4, parts[1].utf8.count == 2 else {
      return plain
    }
    return ParsedDate("\(parts[0])-\(parts[1])-01")
  }

  /// Reads a number of a field.
  func number(_ text: String, field: Int) -> ParsedNumber {
    if !Self.mayBeRegional(text), let plain = parsedNumber(text) { return .value(plain) }
    guard let number = RegionalNumber(text) else {
      return parsedNumber(text).map { .value($0) } ?? .invalid
    }
    let mark = evidence(field)?.decimalMark ?? consensus ?? (delimiter == ";" ? .comma : nil)
    if let value = number.value(mark) { return .value(value) }
    // A single point is what the API and most programs write; a single comma is anybody's guess.
    if mark == nil { return parsedNumber(text).map { .value($0) } ?? .ambiguous }
    return .invalid
  }

  /// Whether a text has a comma, a space between digits, or may be a number of thousands.
  private static func mayBeRegional(_ text: String) -> Bool {
    var pointAt: Int?
    var count = 0
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): break
      case UInt8(ascii: "."):
        if pointAt != nil { return true }
        pointAt = count
      default: return true
      }
      count += 1
    }
    // Behind the point stand exactly three digits.
    return pointAt.map { count - $0 == 4 } ?? false
  }

  /// What the columns of the file agree on.
  private var consensus: DecimalMark? {
    let marks = Set(all.compactMap(\.decimalMark))
    return marks.count == 1 ? marks.first : nil
  }

  private func evidence(_ field: Int) -> Evidence? { field < all.count ? all[field] : nil }

  private var all: [Evidence] {
    if let gathered { return gathered }
    let found = gather()
    gathered = found
    return found
  }
}

/// What a number field says.
enum ParsedNumber: Hashable {
  case value(Double)
  /// Absent, null or empty.
  case missing
  /// A thousand, or one and a bit.
  case ambiguous
  case invalid

  /// Why a number cannot be used, in words that hold no value of the row.
  var problem: String {
    switch self {
    case .ambiguous: "the comma of the number may stand before decimals or thousands"
    default: "the number is missing or not a number"
    }
  }

  var value: Double? { if case .value(let value) = self { value } else { nil } }
}
