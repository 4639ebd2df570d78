import Files
import TestSupport
import Testing
import Words

@testable import Reporting

/// Rows as they are written are read without a search, and any other spelling is left to the parser.
struct SpelledJSONTests {
  private func rows(_ document: AtRiskDocument) throws -> [[UInt8]] {
    let lines = try SampleScores.text(document).split(separator: "\n")
    return lines.filter { $0.hasPrefix("    {\"rank\"") }.map { line in
      Array((line.hasSuffix(",") ? line.dropLast() : line).dropFirst(4).utf8)
    }
  }

  private func spelled(_ row: [UInt8]) -> AtRiskDocument.Row? {
    var json = SpelledJSON(row)
    return AtRiskDocument.Row(&json, in: 0..<row.count)
  }

  private func parsed(_ row: [UInt8]) -> AtRiskDocument.Row? {
    JSONView.Parser().view(row.span).flatMap { AtRiskDocument.Row($0) }
  }

  @Test func `each row has a line, and is read as by its keys`() throws {
    let rows = try rows(SampleScores.full)
    #expect(rows.count == 2)
    for (row, expected) in zip(rows, SampleScores.full.subscriptions) {
      #expect(spelled(row) == expected)
      #expect(parsed(row) == expected)
    }
  }

  @Test(arguments: SampleScores.hostileNames)
  func `names of any letters`(name: String) throws {
    var document = SampleScores.document([SampleScores.row(1)])
    document.subscriptions[0].identity.customerName = name
    document.subscriptions[0].reasons = [
      AtRiskDocument.Reason(
        feature: "productName", family: "partnerMarket", value: nil, contribution: 0.5,
        text: name, message: Message(.product, texts: [.level: name]))
    ]
    let row = try #require(try rows(document).first)
    #expect(parsed(row) == document.subscriptions[0])
    let read = spelled(row)
    #expect(read == nil || read == document.subscriptions[0])
  }

  @Test(arguments: [
    0, -0.0, 1, -1, 0.1, 812.5, .leastNonzeroMagnitude, .greatestFiniteMagnitude,
    9_007_199_254_740_992, 1e21, 0.30000000000000004, -2.2250738585072014e-308,
    123_456_789_012_345_680,
  ])
  func `numbers to the last bit`(number: Double) throws {
    var document = SampleScores.document([SampleScores.row(1)])
    document.subscriptions[0].logOdds = number
    let row = try #require(try rows(document).first)
    #expect(spelled(row)?.logOdds?.bitPattern == number.bitPattern)
  }

  @Test func `a changed byte is read as by the parser, or left to it`() throws {
    var generator = SeededGenerator(seed: 1)
    let rows = try rows(SampleScores.full)
    var read = 0
    for row in rows {
      for place in row.indices {
        for replacement in [UInt8.random(in: 0...255, using: &generator), 0x20, 0x30, 0x22] {
          var changed = row
          changed[place] = replacement
          guard let spelled = spelled(changed) else { continue }
          read += 1
          #expect(parsed(changed) == spelled, "\(String(decoding: changed, as: UTF8.self))")
        }
        // Cut off behind any byte it is no row.
        #expect(spelled(Array(row[..<place])) == nil)
      }
    }
    #expect(read > 500)
  }

  @Test func `equal words share their memory, different ones of a length do not`() {
    let texts = ["a text of some length", "a text of some lenGth", "a text of some length"]
    let text = "{\"a\": \"\(texts[0])\", \"b\": \"\(texts[1])\", \"c\": \"\(texts[2])\"}"
    var json = SpelledJSON(Array(text.utf8))
    json.begin(0..<text.utf8.count)
    var words: [String] = []
    json.key("a")
    words.append(json.word())
    json.key("b")
    words.append(json.word())
    json.key("c")
    words.append(json.word())
    let isAll = json.finish()
    #expect(words == texts && isAll)
  }

  @Test(arguments: [
    "01", "-", "1.", ".5", "+1", "1e", "1e+", "0x1", "--1", "1.5.2", "1_0", "nan", "Infinity",
    "1e999",
  ])
  func `what is no number is refused`(text: String) {
    let row = "{\"a\": \(text)}"
    var json = SpelledJSON(Array(row.utf8))
    json.begin(0..<row.utf8.count)
    json.key("a")
    _ = json.number()
    let isAll = json.finish()
    #expect(!isAll)
  }
}
