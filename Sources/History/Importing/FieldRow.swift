internal import Files

/// A value of a row, whatever the file it comes from.
enum FieldValue: Hashable {
  case null
  case boolean(Bool)
  case integer(Int)
  case number(Double)
  /// Texts of JSON, and every value of a delimited file.
  case text(String)
  /// An object or an array where a plain value belongs.
  case nested
}

/// A row with its values by the position of their field; nil where the row has no such field.
///
/// Handy rather than fast: each text is a String. Usage lines, of which there are millions, are read
/// from the members of the JSON row instead.
struct FieldRow {
  /// 1-based.
  var line: Int
  var values: [FieldValue?]
  /// How the file writes dates and numbers.
  var texts: RegionalTexts
  /// Made from all that the row says, also in columns that are not read; 0 unless the loader asks.
  var number: UInt64 = 0

  /// The text of a field; nil when it is absent, null, empty or no plain value.
  func text(_ field: Int) -> String? {
    switch values[field] {
    case .text(let text):
      let trimmed = text.trimmingSpaces()
      return trimmed.isEmpty ? nil : trimmed
    case .integer(let integer): return String(integer)
    case .number(let number): return String(number)
    case .boolean(let boolean): return String(boolean)
    case .null, .nested, nil: return nil
    }
  }

  func date(_ field: Int) -> ParsedDate {
    switch values[field] {
    case nil, .null: .unset
    case .text(let text): texts.date(text, field: field)
    default: .invalid
    }
  }

  /// The first of a month, also written as the month alone.
  func month(_ field: Int) -> ParsedDate {
    if case .text(let text) = values[field] { texts.month(text, field: field) } else { date(field) }
  }

  func number(_ field: Int) -> ParsedNumber {
    switch values[field] {
    case .integer(let integer): .value(Double(integer))
    case .number(let number): .value(number)
    default: text(field).map { texts.number($0, field: field) } ?? .missing
    }
  }
}

/// A loader of rows that are read field by field.
protocol FieldRowLoader: RowLoader {
  var file: FileImport { get }
  /// Whether rows are told apart by everything they say.
  var numbersRows: Bool { get }
  func load(_ row: FieldRow) throws(HistoryError)
}

extension FieldRowLoader {
  var numbersRows: Bool { false }

  func load(_ row: JSONRowParser, line: Int) throws(HistoryError) {
    var fieldRow = FieldRow(
      line: line, values: Array(repeating: nil, count: fields.count), texts: file.texts)
    row.withRow { members, text in
      for index in members.indices {
        let member = members[index]
        guard member.field >= 0 else {
          file.note(unknownColumn: text.extracting(member.key))
          continue
        }
        // A field may go by several names in one row: an empty one takes nothing from the others.
        if fieldRow.text(member.field) != nil, member.isEmpty(text) { continue }
        fieldRow.values[member.field] =
          switch member.kind {
          case .null: .null
          case .bool: .boolean(member.integer != 0)
          case .integer: .integer(member.integer)
          case .number: .number(member.number)
          case .string: .text(String(copying: text.extracting(member.text)))
          case .object, .array: .nested
          }
      }
    }
    if numbersRows { fieldRow.number = row.withText { TextNumber($0).value } }
    try load(fieldRow)
  }
}

extension JSONMember {
  /// Whether the value is null, or a text of spaces.
  fileprivate func isEmpty(_ text: Span<UInt8>) -> Bool {
    switch kind {
    case .null: return true
    case .string:
      let value = text.extracting(self.text)
      for index in value.indices where value[index] > UInt8(ascii: " ") { return false }
      return true
    default: return false
    }
  }
}
