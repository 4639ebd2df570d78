import Files
import TestSupport
import Testing

@testable import Access

struct ActivityEntryTests {
  private static func read(_ line: [UInt8]) throws -> ActivityEntry? {
    ActivityEntry(try JSONValue(parsing: line, path: "line"))
  }

  @Test func `a line has these members in this order`() {
    let line = String(decoding: Sample.entry(100).line, as: UTF8.self)
    #expect(
      line == #"{"time":"2026-11-26T19:36:35.123Z","token":"0123456789ab","name":"Power BI","#
        + #""role":"reportViewer","via":"bearer","peer":"127.0.0.1","method":"GET","#
        + #""action":"subscriptions","query":"top=100","status":200,"rows":100,"bytes":2048,"#
        + #""milliseconds":1.25}"# + "\n")
  }

  @Test func `what is not known is null, and comes back as nil`() throws {
    var entry = Sample.entry()
    (entry.token, entry.name, entry.role, entry.rows) = (nil, nil, nil, nil)
    entry.via = .none
    let line = entry.line
    for field in ["token", "name", "role", "rows"] {
      #expect(String(decoding: line, as: UTF8.self).contains("\"\(field)\":null"))
    }
    #expect(try Self.read(line) == entry)
    #expect(entry.json.object?.members.map(\.key) == ActivityEntry.fields)
  }

  @Test func `hostile texts stay in their line, and come back`() throws {
    for text in HostileNames.all where text.utf8.count < 64 {
      var entry = Sample.entry(query: text)
      (entry.name, entry.peer, entry.method, entry.action) = (text, text, text, text)
      let line = entry.line
      #expect(line.count { $0 == UInt8(ascii: "\n") } == 1, "\(text.debugDescription)")
      #expect(!line.contains(0x1B))
      #expect(try Self.read(line) == entry)
    }
  }

  @Test func `long texts are cut, also in the middle of a character`() throws {
    var entry = Sample.entry(query: String(repeating: "é", count: 1 << 20))
    entry.peer = "a" + String(repeating: "é", count: 100)
    (entry.method, entry.action) = (entry.peer, entry.peer)
    entry.name = String(repeating: "\u{1}", count: 10_000)
    let read = try #require(try Self.read(entry.line))
    #expect(read.query == String(repeating: "é", count: 1_024) + "…")
    #expect(read.peer == "a" + String(repeating: "é", count: 31) + "\u{FFFD}…")
    // What a reader takes in one line is more than that.
    #expect(entry.line.count < 1 << 16)
  }

  @Test func `the longest entry fits into a line of a reader`() {
    let worst = String(repeating: "\u{1}", count: 1 << 16)
    var entry = Sample.entry(query: worst)
    (entry.name, entry.peer, entry.method, entry.action) = (worst, worst, worst, worst)
    entry.token = worst
    #expect(entry.line.count < 1 << 16)
  }

  @Test func `a token that strayed into any text is written without its secret`() throws {
    let token = Sample.token("0123456789ab")
    var entry = Sample.entry(query: "access_token=\(token)&top=1")
    (entry.name, entry.peer, entry.method, entry.action) = (token, token, token, token)
    let line = String(decoding: entry.line, as: UTF8.self)
    #expect(!line.contains(Sample.secret))
    #expect(line.contains("access_token=crt_0123456789ab_…&top=1"))
    // Nor any part of it, wherever the text is cut.
    for length in 1_900..<2_100 {
      entry.query = String(repeating: "x", count: length) + token
      let line = String(decoding: entry.line, as: UTF8.self)
      #expect(!line.contains(Sample.secret.prefix(4)))
    }
  }

  @Test func `a time that is no number is 0, and thousandths are enough`() {
    var entry = Sample.entry()
    for (given, written) in [(Double.nan, 0.0), (.infinity, 0), (1.23456, 1.235), (0.0004, 0)] {
      entry.milliseconds = given
      #expect(entry.json["milliseconds"]?.double == written)
    }
  }

  @Test(arguments: ActivityEntry.fields)
  func `without a member a line is none, unless it may be null`(
    field: String
  ) throws {
    var object = try #require(Sample.entry().json.object)
    object[field] = nil
    let isOptional = ["token", "name", "role", "rows"].contains(field)
    #expect((ActivityEntry(JSONValue.object(object)) != nil) == isOptional)
  }
}
