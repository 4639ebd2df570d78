import Learning
import Testing

struct DatasetTests {
  @Test func `lets every row stand alone without groups`() {
    let dataset = Dataset(columnNames: ["x"], columns: [.numeric([1, 2, 3])], labels: [1, 0, 1])
    #expect(dataset.rowCount == 3)
    #expect(dataset.group(ofRow: 2) == 2)
    #expect(dataset.positiveGroupCount(in: [0, 1, 2]) == 2)
  }

  @Test func `counts groups and not rows`() {
    let dataset = Dataset(
      columnNames: ["x"], columns: [.numeric([1, 2, 3, 4])], labels: [1, 1, 0, 1],
      groups: [7, 7, 8, 9])
    #expect(dataset.positiveGroupCount(in: 0..<4) == 2)
    #expect(dataset.positiveGroupCount(in: [1, 2]) == 1)
  }

  @Test func `refuses a label that is neither 0 nor 1`() async {
    await #expect(processExitsWith: .failure) {
      _ = Dataset(columnNames: ["x"], columns: [.numeric([1])], labels: [0.5])
    }
  }

  @Test func `refuses columns of different lengths`() async {
    await #expect(processExitsWith: .failure) {
      _ = Dataset(columnNames: ["x", "y"], columns: [.numeric([1]), .numeric([1, 2])])
    }
  }

  @Test func `refuses a code outside its levels`() async {
    await #expect(processExitsWith: .failure) {
      _ = Dataset(columnNames: ["k"], columns: [.categorical(codes: [1], levels: ["a"])])
    }
  }
}
