import Learning
import Testing

struct ForwardSplitsTests {
  /// 40 times of 50 rows; a group is one row, so positives are counted by row.
  let dataset = LearningSample.dataset(rows: 2000, seed: 5, rowsPerTime: 50)
  let rows = Array(0..<2000)

  @Test(arguments: [1, 3, 10])
  func `never lets an analysis row know the window`(embargo: Int32) throws {
    let times = try #require(dataset.times)
    let splits = ForwardSplits(embargo: embargo).splits(dataset, rows: rows)
    #expect(splits.count == 6)
    for split in splits {
      let origin = try #require(split.origin)
      #expect(!split.analysis.isEmpty && !split.assessment.isEmpty)
      #expect(split.analysis.allSatisfy { times[$0] + embargo <= origin })
      #expect(split.assessment.allSatisfy { times[$0] >= origin })
      #expect(dataset.positiveGroupCount(in: split.assessment) >= 10)
    }
  }

  @Test func `assesses each row at most once, up to the last time`() {
    let splits = ForwardSplits(embargo: 4).splits(dataset, rows: rows)
    let assessed = splits.flatMap(\.assessment)
    #expect(Set(assessed).count == assessed.count)
    #expect(assessed == assessed.sorted())
    #expect(assessed.last == 1999)
    // A quarter of the rows, ten times, then the embargo: the first origin is 9 + 4.
    #expect(splits[0].origin == 13)
  }

  @Test func `an embargo of zero still hides the row's own time`() {
    let splits = ForwardSplits(embargo: 0).splits(dataset, rows: rows)
    for split in splits { #expect(Set(split.analysis).isDisjoint(with: split.assessment)) }
    #expect(splits.count == 6)
  }

  @Test func `joins windows with too few positive groups`() {
    // One positive group per time. Ten must come before the first origin, which leaves 30 times:
    // six windows of five positives each are joined two by two.
    let sparse = Dataset(
      columnNames: ["x"], columns: [.numeric((0..<400).map(Double.init))],
      labels: (0..<400).map { $0 % 10 == 0 ? 1 : 0 },
      times: (0..<400).map { Int32($0 / 10) })
    let splits = ForwardSplits(embargo: 1).splits(sparse, rows: Array(0..<400))
    #expect(splits.map(\.origin) == [10, 20, 30])
    for split in splits { #expect(sparse.positiveGroupCount(in: split.assessment) >= 10) }
    #expect(splits.last?.assessment.last == 399)
  }

  @Test func `one leaver seen every week counts once`() {
    let panel = Dataset(
      columnNames: ["x"], columns: [.numeric((0..<400).map(Double.init))],
      labels: (0..<400).map { $0 % 10 == 0 ? 1 : 0 },
      groups: (0..<400).map { Int32($0 % 10) }, times: (0..<400).map { Int32($0 / 10) })
    #expect(ForwardSplits(embargo: 1).splits(panel, rows: Array(0..<400)).isEmpty)
  }

  @Test func `uses the rows given and no others`() {
    let odd = rows.filter { !$0.isMultiple(of: 2) }
    for split in ForwardSplits(embargo: 2).splits(dataset, rows: odd) {
      #expect((split.analysis + split.assessment).allSatisfy { !$0.isMultiple(of: 2) })
    }
  }
}
