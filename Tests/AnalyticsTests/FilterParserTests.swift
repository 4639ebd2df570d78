import History
import TestSupport
import Testing

@testable import Analytics

struct FilterParserTests {
  private static let fields = [
    AnalyticsField("customerName", .text, "A name", isBrief: true),
    AnalyticsField("subscriptionType", .caseSensitiveText, "A type"),
    AnalyticsField("id", .id, "An id"),
    AnalyticsField("licenseCount", .number, "A count"),
    AnalyticsField("autoRenewEnabled", .boolean, "A flag"),
    AnalyticsField("usageDate", .dateTime, "A day"),
  ]

  private func parse(_ text: String) throws -> Condition {
    try FilterParser.parse(text, fields: Self.fields, of: "things")
  }

  /// How a filter binds, with parentheses around everything.
  private func shape(_ text: String) throws -> String { shape(try parse(text)) }

  private func shape(_ condition: Condition) -> String {
    switch condition {
    case .all(let parts): "(" + parts.map(shape).joined(separator: " and ") + ")"
    case .any(let parts): "(" + parts.map(shape).joined(separator: " or ") + ")"
    case .compare(let field, _, let comparison, let value):
      "\(Self.fields[field].name) \(comparison) \(shown(value))"
    case .contains(let field, _, let text): "\(Self.fields[field].name) has \(text)"
    }
  }

  @Test func `and binds before or, parentheses before both`() throws {
    let (a, b, c) = ("licenseCount eq 1", "licenseCount eq 2", "licenseCount eq 3")
    #expect(try shape("\(a) or \(b) and \(c)") == "(\(a) or (\(b) and \(c)))")
    #expect(try shape("\(a) and \(b) or \(c)") == "((\(a) and \(b)) or \(c))")
    #expect(try shape("(\(a) or \(b)) and \(c)") == "((\(a) or \(b)) and \(c))")
    #expect(try shape("((\(a)))") == a)
    #expect(try shape("\(a) and \(b) and \(c)") == "(\(a) and \(b) and \(c))")
  }

  @Test func `names, operators and words are taken in any case`() throws {
    #expect(
      try parse(
        "LICENSECOUNT EQ 1 And AutoRenewEnabled nE TRUE oR usagedate GE Cast('2026-01-01',dateTIME)"
      )
        == parse(
          "licenseCount eq 1 and autoRenewEnabled ne true or usageDate ge cast('2026-01-01', DateTime)"
        ))
    #expect(try shape("CONTAINS(customername,'X')") == "customerName has x")
    #expect(try shape("id eq NULL") == "id eq -")
  }

  @Test func `texts are folded as their field compares them`() throws {
    #expect(try shape("customerName eq 'ConTOSO Ü'") == "customerName eq contoso ü")
    #expect(try shape("subscriptionType eq 'Azure'") == "subscriptionType eq Azure")
    #expect(try shape("contains(subscriptionType,'Az')") == "subscriptionType has Az")
    #expect(
      try shape("id eq '{4BF546B2-8998-4838-BEE2-5F1BBE65A04F}'")
        == "id eq 4bf546b2-8998-4838-bee2-5f1bbe65a04f")
    // The answers of the search analytics write an id as a number.
    #expect(try shape("id eq 2604568") == "id eq 2604568")
  }

  @Test func `a quote inside a text is written twice, and other signs stand for themselves`() throws
  {
    #expect(try shape("customerName eq 'O''Brien'") == "customerName eq o'brien")
    #expect(try shape("customerName eq ''''") == "customerName eq '")
    #expect(try shape("customerName eq ''") == "customerName eq ")
    #expect(try shape("customerName eq 'a) or (b \" ,'") == "customerName eq a) or (b \" ,")
    #expect(try shape("customerName eq '日本電気 eq'") == "customerName eq 日本電気 eq")
    #expect(try shape("\tcustomerName\n eq\u{A0}'x' ") == "customerName eq x")
  }

  @Test(
    arguments: [
      "'2026-01-31'", "2026-01-31", "'2026-01-31T00:00:00'", "2026-01-31T00:00:00.0000000Z",
      "'2026-01-30T23:00:00-05:00'", "cast('2026-01-31', DateTime)",
      "cast('2026-01-31T00:00:00Z',Edm.DateTimeOffset)", "cast( '2026-01-31' , edm.date )",
    ]) func `a date has many forms`(text: String) throws
  {
    #expect(try shape("usageDate le \(text)") == "usageDate le 2026-01-31")
  }

  @Test func `the years that stand for unset and no end elsewhere are plain years here`() throws {
    #expect(try shape("usageDate gt '0001-01-01T00:00:00'") == "usageDate gt 0001-01-01")
    #expect(try shape("usageDate lt 9999-12-31") == "usageDate lt 9999-12-31")
  }

  @Test(
    arguments: [("12", 12.0), ("-0.5", -0.5), ("+3", 3), ("1e3", 1_000), (".25", 0.25)])
  func `a number has a decimal point`(text: String, number: Double) throws {
    #expect(
      try parse("licenseCount lt \(text)")
        == .compare(field: 3, type: .number, .lt, .number(number)))
  }

  /// Every way to be wrong: the filter, the column, and what the message must say.
  static let mistakes: [(filter: String, column: Int, message: String)] = [
    ("", 1, "Expected a condition, such as customerName eq '…'; found the end"),
    ("   ", 4, "Expected a condition"),
    ("custmerName eq 'x'", 1, "'custmerName' is no field of things. Did you mean 'customerName'?"),
    ("zzzzzzzzzzz eq 1", 1, "Expected one of: customerName, subscriptionType"),
    ("licenseCount = 1", 14, "Operators are words. Expected eq"),
    ("licenseCount", 13, "Expected eq, ne, gt, lt, ge or le after licenseCount; found the end"),
    ("licenseCount 5", 14, "Expected eq, ne, gt"),
    ("licenseCount eqq 5", 14, "found 'eqq'"),
    ("licenseCount eq", 16, "Expected a number, such as 12.5 or null; found the end"),
    ("licenseCount eq '5'", 17, "licenseCount is a number, and the text '5' is none"),
    ("licenseCount eq 1,5", 18, "Expected and, or, or the end of the expression; found ','"),
    ("licenseCount eq 1-2", 17, "licenseCount is a number, and '1-2' is none"),
    ("licenseCount eq 1e999", 17, "'1e999' is none"),
    ("licenseCount eq true", 17, "Expected a number"),
    ("licenseCount gt null", 17, "Nothing is before or after null"),
    (
      "customerName gt 'x'", 14,
      "'gt' does not apply to customerName, which is a text. Expected eq or ne, or contains(customerName,'…')."
    ),
    ("customerName eq x", 17, "customerName is a text, and 'x' is none"),
    ("customerName eq 'x", 17, "has no closing quote"),
    ("customerName eq 'x' and customerName eq 'y", 41, "has no closing quote"),
    ("customerName eq \"x\"", 17, "Texts stand in single quotes"),
    ("customerName eq 'x' customerName eq 'y'", 21, "Expected and, or, or the end"),
    (
      "customerName eq 'x' and", 24, "Expected a field of things, contains(…) or '('; found the end"
    ),
    ("and customerName eq 'x'", 1, "'and' is no field of things"),
    ("'x' eq customerName", 1, "Expected a field of things"),
    ("(customerName eq 'x'", 21, "the ')' of the '(' in column 1"),
    ("customerName eq 'x')", 20, "This ')' closes nothing"),
    ("()", 2, "Expected a field"),
    ("not customerName eq 'x'", 1, "The grammar has no 'not'"),
    ("autoRenewEnabled eq 'true'", 21, "Expected true or false, without quotes or null"),
    ("autoRenewEnabled gt true", 18, "Expected eq or ne."),
    ("usageDate ge 'yesterday'", 14, "Expected a date, such as '2026-01-31'"),
    ("usageDate ge 2026-02-30", 14, "Expected a date"),
    ("usageDate ge cast 5", 19, "Expected '(' after cast"),
    ("usageDate ge cast(5, DateTime)", 19, "Expected a date in quotes"),
    ("usageDate ge cast('5', DateTime)", 19, "the text '5' is no date"),
    ("usageDate ge cast('2026-01-01')", 31, "Expected ',' between date and type"),
    ("usageDate ge cast('2026-01-01', Int)", 33, "Expected DateTime, Edm.DateTimeOffset or Date"),
    ("usageDate ge cast('2026-01-01', Date", 37, "Expected ')' at the end of cast"),
    ("contains customerName", 10, "Expected '(' after contains"),
    (
      "contains('x', customerName)", 10,
      "Expected a field of things, as in contains(customerName,'…')"
    ),
    ("contains(nome,'x')", 10, "'nome' is no field"),
    ("contains(licenseCount,'x')", 10, "contains looks into texts, and licenseCount is a number"),
    ("contains(customerName 'x')", 23, "Expected ',' between the field and the text"),
    ("contains(customerName,x)", 23, "Expected a text in quotes"),
    ("contains(customerName,'x'", 26, "Expected ')' at the end of contains"),
    ("customerName eq 'x' ; drop", 21, "This character belongs to no word"),
    // Columns count characters: two of these are one each, though they have several scalars.
    ("customerName eq '👩‍👩‍👧é' oder", 22, "found 'oder'"),
  ]

  @Test(arguments: mistakes) func `every mistake is told with its column`(
    mistake: (filter: String, column: Int, message: String)
  ) {
    let error = #expect(throws: QueryError.self) { try parse(mistake.filter) }
    #expect(error?.column == mistake.column, "\(mistake.filter): \(error?.description ?? "")")
    #expect(error?.message.contains(mistake.message) == true, "\(error?.message ?? "")")
    #expect(error?.text == mistake.filter)
  }

  @Test func `what has no end, no bottom or no length ends in an error and not in a crash`() {
    func message(_ text: String) -> String {
      do {
        _ = try parse(text)
        return ""
      } catch {
        return "\(error)"
      }
    }
    let longest = FilterParser.longest
    #expect(message(String(repeating: "(", count: 1_000_000)).contains("1000000 characters"))
    #expect(message(String(repeating: "(", count: longest)).contains("More than 100 parentheses"))
    #expect(message(String(repeating: "'", count: longest - 1)).contains("no closing quote"))
    let nested =
      String(repeating: "(", count: 100) + "id eq null" + String(repeating: ")", count: 100)
    #expect(message(nested) == "")
    #expect(message("(\(nested))").contains("column 101: More than 100"))
    // Many conditions are no depth.
    #expect(message("id eq null" + String(repeating: " and id eq null", count: 2_000)) == "")
  }
}
