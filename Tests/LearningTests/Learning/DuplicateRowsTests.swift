import Learning
import Testing

struct DuplicateRowsTests {
  let dataset = Dataset(
    columnNames: ["x", "k"],
    columns: [
      .numeric([1, 1, .nan, .nan, 1, 0, -0.0]),
      .categorical(codes: [0, 0, 1, 1, 1, -1, -1], levels: ["a", "b"]),
    ], labels: [0, 1, 0, 0, 1, 1, 0])

  @Test func `compares features, not labels; unknown equals unknown; 0 equals -0`() {
    #expect(
      DuplicateRows.firstOccurrences(dataset, rows: Array(0..<7)) == [0, 0, 2, 2, 4, 5, 5])
  }

  @Test func `answers with positions, not row numbers`() {
    #expect(DuplicateRows.firstOccurrences(dataset, rows: [6, 3, 5, 2]) == [0, 1, 0, 1])
  }

  @Test func `finds twins in other rows only`() {
    #expect(
      DuplicateRows.haveTwin(dataset, rows: [0, 1, 2, 4], in: [3, 5]) == [
        false, false, true, false,
      ])
  }
}
