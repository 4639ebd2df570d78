import History
import TestSupport
import Testing

@testable import Analytics

struct ConditionTests {
  private func compare(
    _ value: FieldValue, _ comparison: Comparison, _ literal: FieldValue,
    _ type: FieldType = .number
  ) -> Bool {
    Condition.compare(field: 0, type: type, comparison, literal).holds { _ in value }
  }

  @Test func `null is equal to null alone, and nothing is before or after it`() {
    #expect(compare(.null, .eq, .null))
    #expect(!compare(.null, .ne, .null))
    #expect(!compare(.null, .eq, .number(1)))
    #expect(compare(.null, .ne, .number(1)))
    #expect(compare(.number(1), .ne, .null))
    for order in [Comparison.gt, .lt, .ge, .le] { #expect(!compare(.null, order, .number(1))) }
    #expect(!Condition.contains(field: 0, type: .text, "").holds { _ in .null })
  }

  @Test func `numbers and days are compared by all six`() {
    for (left, right, holding) in [
      (1.0, 2.0, [Comparison.ne, .lt, .le]), (2, 2, [.eq, .ge, .le]), (3, 2, [.ne, .gt, .ge]),
    ] {
      for comparison in Comparison.allCases {
        let isExpected = holding.contains(comparison)
        #expect(compare(.number(left), comparison, .number(right)) == isExpected)
        let (early, late) = (day("2026-01-10") + Int(left), day("2026-01-10") + Int(right))
        #expect(compare(.day(early), comparison, .day(late), .day) == isExpected)
      }
    }
  }

  @Test func `texts are compared in any case, but for those that have one`() {
    #expect(compare(.text("CONTOSO Ü"), .eq, .text("contoso ü"), .text))
    #expect(!compare(.text("CONTOSO"), .ne, .text("contoso"), .text))
    #expect(!compare(.text("azure"), .eq, .text("Azure"), .caseSensitiveText))
    #expect(Condition.contains(field: 0, type: .text, "brie").holds { _ in .text("O'BRIEN") })
    #expect(Condition.contains(field: 0, type: .text, "").holds { _ in .text("") })
    #expect(!Condition.contains(field: 0, type: .text, "ab").holds { _ in .text("a b") })
    #expect(Condition.contains(field: 0, type: .text, "b").holds { _ in .text("ab") })
  }

  @Test func `the days a filter can hold on are those of all its parts, or of any`() throws {
    func days(_ filter: String) throws -> String? {
      let fields = [
        AnalyticsField("d", .day, ""), AnalyticsField("n", .number, ""),
      ]
      return try FilterParser.parse(filter, fields: fields, of: "things").days(ofField: 0).map {
        range in
        (range.lowerBound == Condition.everyDay.lowerBound ? "" : "\(range.lowerBound)") + ".."
          + (range.upperBound == Condition.everyDay.upperBound ? "" : "\(range.upperBound)")
      }
    }
    #expect(try days("n eq 1") == "..")
    #expect(try days("d ge 2026-01-05") == "2026-01-05..")
    #expect(try days("d gt 2026-01-05 and d lt 2026-01-09") == "2026-01-06..2026-01-08")
    #expect(try days("d eq 2026-01-05 or d eq 2026-02-05") == "2026-01-05..2026-02-05")
    #expect(try days("d eq 2026-01-05 and d eq 2026-02-05") == nil)
    #expect(try days("(d eq 2026-01-05 or n eq 1) and d le 2026-03-01") == "..2026-03-01")
    #expect(try days("d ne 2026-01-05") == "..")
    #expect(try days("d eq null") == "..")
  }

  @Test func `what is known beforehand leaves the rest to ask`() {
    let known = Condition.compare(field: 0, type: .number, .eq, .number(1))
    let open = Condition.compare(field: 1, type: .number, .eq, .number(1))
    func rest(_ condition: Condition, _ value: Double) -> Condition {
      condition.specialised { $0 == 0 ? .number(value) : nil }
    }
    #expect(rest(.all([known, open]), 1) == open)
    #expect(rest(.all([known, open]), 2) == .never)
    #expect(rest(.any([known, open]), 1) == .always)
    #expect(rest(.any([known, open]), 2) == open)
    #expect(rest(known, 1) == .always)
    #expect(rest(known, 2) == .never)
    #expect(rest(open, 1) == open)
  }
}
