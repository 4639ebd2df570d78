import Files
import History
import Testing

@testable import Simulation

struct RowBytesTests {
  private func text(_ write: (inout RowBytes) -> Void) -> String {
    var row = RowBytes()
    write(&row)
    return String(decoding: row.bytes, as: UTF8.self)
  }

  @Test(arguments: [
    (1, "0.0001"), (10, "0.001"), (10_000, "1"), (12_345, "1.2345"), (5_000, "0.5"),
    (10_000_100, "1000.01"), (200_000, "20"),
  ])
  func `writes quantities without trailing zeros`(tenThousandths: Int, expected: String) {
    #expect(text { $0.append(tenThousandths: tenThousandths) } == expected)
  }

  @Test func `writes days as naive midnights and the absence of one as null`() throws {
    let day = try #require(CalendarDay("2024-02-29"))
    #expect(text { $0.append(day) } == #""2024-02-29T00:00:00""#)
    #expect(text { $0.append(nil as CalendarDay?) } == "null")
  }

  @Test(arguments: [
    (0, "09:05:03"), (1, "09:05:03.0"), (2, "09:05:03.04"), (3, "09:05:03.047"),
  ])
  func `writes as many digits of a second as asked for`(digits: Int, expected: String) throws {
    let day = try #require(CalendarDay("2016-02-04"))
    let milliseconds = ((9 * 60 + 5) * 60 + 3) * 1000 + 47
    #expect(
      text { $0.append(day, milliseconds: milliseconds, fractionDigits: digits) }
        == "\"2016-02-04T\(expected)\"")
  }

  @Test func `escapes what customers are called`() throws {
    for name in CompanyName.hostile {
      let json = JSONText(name).bytes
      #expect(try JSONValue(parsing: json, path: "name") == .string(name))
    }
    #expect(JSONText(nil).bytes == Array("null".utf8))
  }
}
