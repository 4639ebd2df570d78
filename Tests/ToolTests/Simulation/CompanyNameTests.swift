import Testing

@testable import Simulation

struct CompanyNameTests {
  @Test(arguments: Market.all.map(\.code))
  func `varies within a market`(code: String) throws {
    let market = try #require(Market.all.first { $0.code == code })
    var chance = SplitMix64(seed: 3)
    let names = Set((0..<200).map { _ in CompanyName.drawn(market.language, from: &chance) })
    #expect(names.count > 120)
    #expect(names.allSatisfy { !$0.isEmpty && $0.count < 60 })
  }

  @Test func `takes the same number of draws for every name`() {
    for language in [CompanyName.Language.english, .japanese, .french, .finnish] {
      var (used, counted) = (SplitMix64(seed: 8), SplitMix64(seed: 8))
      for _ in 0..<50 {
        _ = CompanyName.drawn(language, from: &used)
        for _ in 0..<5 { _ = counted.next() }
        #expect(used == counted)
      }
    }
  }

  @Test func `puts no Latin vowel between ideographs`() {
    var chance = SplitMix64(seed: 5)
    for _ in 0..<100 {
      let name = CompanyName.drawn(.japanese, from: &chance)
      #expect(name.utf8.allSatisfy { $0 >= 0x80 })
    }
  }

  @Test func `has a hostile name for every way to be read as something else`() {
    // Spreadsheet formulas (OWASP: a cell that begins with = + - @), markup, quotes, control and
    // bidirectional characters.
    for start in ["=", "+", "-", "@", "<", "'"] {
      #expect(CompanyName.hostile.contains { $0.hasPrefix(start) })
    }
    for part in ["\"", ",", "\t", "\u{202E}", "&", "<script>"] {
      #expect(CompanyName.hostile.contains { $0.contains(part) })
    }
  }
}
