import Testing

@testable import Learning

struct DisjointSetsTests {
  @Test func `is represented by its smallest member`() {
    var sets = DisjointSets(count: 6)
    sets.join(5, 3)
    sets.join(3, 4)
    #expect((0..<6).map { sets.representative(of: $0) } == [0, 1, 2, 3, 3, 3])
    sets.join(0, 5)
    #expect(sets.representative(of: 4) == 0)
    #expect(sets.largestCount == 4)
  }

  @Test func `joining twice changes nothing`() {
    var sets = DisjointSets(count: 3)
    sets.join(0, 1)
    sets.join(1, 0)
    #expect(sets.largestCount == 2)
    #expect(DisjointSets(count: 0).largestCount == 0)
  }
}
