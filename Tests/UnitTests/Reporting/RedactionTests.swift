import Files
import TestSupport
import Testing

@testable import Reporting

/// What `--redact` takes out is nowhere in the bytes.
struct RedactionTests {
  /// A document whose names and money occur nowhere else.
  private var secret: AtRiskDocument {
    var document = SampleScores.full
    document.subscriptions[0].identity.customerName = "SECRETCUSTOMER"
    document.subscriptions[0].identity.subscriptionName = "SECRETSUBSCRIPTION"
    document.subscriptions[0].identity.value = 987_654.25
    document.subscriptions[0].identity.currency = "XTS"
    document.subscriptions[0].expectedLoss = 123_456.75
    document.excluded[0].identity = document.subscriptions[0].identity
    return document
  }

  private func texts(_ redactions: Set<AtRiskDocument.Redaction>) throws -> [String] {
    let document = secret.redacted(redactions)
    let lists = try ExportedLists(document, formats: ["csv", "json", "html"])
    let books = try ExportedLists(document, formats: ["xlsx"])
    let sheets = try books.folder.names.filter { $0.hasSuffix(".xlsx") }.flatMap { name in
      try #require(ZipMember.all(of: contents(ofFile: books.folder[name]))).map {
        String(decoding: try #require($0.content), as: UTF8.self)
      }
    }
    return try [SampleScores.text(document)] + lists.texts.values + sheets
  }

  @Test func `names of customers and subscriptions`() throws {
    #expect(try texts([]).contains { $0.contains("SECRETCUSTOMER") })
    for text in try texts([.names]) {
      #expect(!text.contains("SECRET"))
    }
    #expect(try texts([.names]).contains { $0.contains("987654.25") })
  }

  @Test func `money`() throws {
    #expect(try texts([]).contains { $0.contains("987654.25") && $0.contains("123456.75") })
    for text in try texts([.revenue]) {
      #expect(!text.contains("987,654") && !text.contains("123,457"))
      #expect(!text.contains("987654") && !text.contains("123456.75") && !text.contains("XTS"))
    }
    #expect(try texts([.revenue]).contains { $0.contains("SECRETCUSTOMER") })
  }

  @Test func `a document without anything redacted is the same`() {
    #expect(secret.redacted([]) == secret)
  }

  @Test func `ids and the risk stay`() {
    let before = secret
    let after = before.redacted([.revenue, .names])
    #expect(
      after.subscriptions.map(\.identity.subscriptionId)
        == before.subscriptions.map(\.identity.subscriptionId))
    #expect(
      after.subscriptions.map(\.churnProbability)
        == before.subscriptions.map(\.churnProbability))
    #expect(after.subscriptions.map(\.reasons) == before.subscriptions.map(\.reasons))
  }
}
