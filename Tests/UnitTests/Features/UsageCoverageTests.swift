import Features
import History
import TestSupport
import Testing

@testable import Features

/// On which days a silence says something.
struct UsageCoverageTests: PastFixtures {
  private func coverage(_ numbers: some Sequence<Int>) throws -> UsageCoverage {
    try #require(UsageCoverage(numbers.map(day)))
  }

  private func covers(_ coverage: UsageCoverage, _ window: ClosedRange<Int>) -> Bool {
    coverage.covers(day(window.lowerBound)...day(window.upperBound))
  }

  @Test func `usage every day covers what lies between its first and its last day`() throws {
    let daily = try coverage(0...40)
    #expect(daily.usualStep == 1)
    #expect(covers(daily, 0...40))
    #expect(!covers(daily, -1...20))
    #expect(!covers(daily, 20...41))
  }

  @Test func `with usage every day one missing day is a hole`() throws {
    let daily = try coverage((0...40).filter { $0 != 20 })
    #expect(!covers(daily, 10...30))
    #expect(!covers(daily, 20...30))
    #expect(!covers(daily, 10...20))
    #expect(covers(daily, 10...19))
    #expect(covers(daily, 21...30))
  }

  @Test func `a second hole is found like the first`() throws {
    let daily = try coverage((0...100).filter { $0 != 20 && !(50...55).contains($0) })
    #expect(!covers(daily, 45...52))
    #expect(!covers(daily, 53...54))
    #expect(covers(daily, 21...49))
    #expect(covers(daily, 56...100))
  }

  @Test func `with usage once a week a missing week is a hole and six days are none`() throws {
    let weekly = Array(stride(from: 0, through: 280, by: 7))
    #expect(covers(try coverage(weekly), 1...100))
    let coverage = try coverage(weekly.filter { $0 != 56 } + [58]).usualStep
    #expect(coverage == 7)
    #expect(!covers(try self.coverage(weekly.filter { $0 != 56 }), 40...70))
    // 49 to 62: thirteen days.
    #expect(covers(try self.coverage((weekly.filter { $0 != 56 } + [62]).sorted()), 40...70))
  }

  @Test func `five steps of a hundred may be odd, six are usual`() throws {
    // 100 steps: 95 of one day and 5 of three, then 94 and 6.
    func usual(longer: Int) throws -> Int {
      var days = [0]
      for step in 0..<100 { days.append((days.last ?? 0) + (step < longer ? 3 : 1)) }
      return try coverage(days).usualStep
    }
    #expect(try usual(longer: 5) == 1)
    #expect(try usual(longer: 6) == 3)
  }

  @Test func `fewer than twenty steps have no hole`() throws {
    let short = try coverage(Array(0...18) + [60])
    #expect(short.usualStep == 42)
    #expect(covers(short, 10...50))
    #expect(!covers(try coverage(Array(0...19) + [60]), 10...50))
  }

  @Test func `one day covers itself, none nothing`() throws {
    #expect(UsageCoverage([]) == nil)
    let one = try coverage([5])
    #expect(covers(one, 5...5))
    #expect(!covers(one, 5...6))
  }
}
