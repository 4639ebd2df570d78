import Features
import History
import Testing

@testable import Features

/// Market, product and partner.
struct CategoricalFeatureTests: PastFixtures {
  @Test func `levels are those of the newest row`() throws {
    let past = history(
      subscription("A") {
        $0.customerMarket = "FR"
        $0.productName = "Azure plan"
      }.seen(on: 0).seen(on: 7) { $0.customerMarket = "JP" })
    #expect(try level(CustomerMarket(), of: "A", in: past, on: 6) == "FR")
    #expect(try level(CustomerMarket(), of: "A", in: past, on: 7) == "JP")
    #expect(try level(ProductName(), of: "A", in: past, on: 7) == "Azure plan")
  }

  @Test func `a field that is not in the export is unknown`() throws {
    let past = history(subscription("A").seen(on: 0))
    #expect(try level(CustomerMarket(), of: "A", in: past, on: 0) == nil)
    #expect(try level(ProductName(), of: "A", in: past, on: 0) == nil)
    #expect(try level(PartnerId(), of: "A", in: past, on: 0) == nil)
  }

  @Test func `partner ids become digests`() {
    // FNV-1a 64 test vectors: Noll, "FNV hash", http://www.isthe.com/chongo/tech/comp/fnv/
    #expect(PartnerId.digest("") == "cbf29ce484222325")
    #expect(PartnerId.digest("a") == "af63dc4c8601ec8c")
    #expect(PartnerId.digest("foobar") == "85944171f73967e8")
  }

  @Test func `a digest ignores case and never shows the id`() throws {
    let past = history(subscription("A") { $0.partnerId = "4A2F-CONTOSO" }.seen(on: 0))
    let shown = try level(PartnerId(), of: "A", in: past, on: 0)
    #expect(shown == PartnerId.digest("4a2f-contoso"))
    #expect(shown?.count == 16)
    #expect(shown?.contains("contoso") == false)
  }
}
