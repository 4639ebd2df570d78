import Learning
import Testing

struct MatrixTests {
  let matrix = Matrix(rows: [[1, 2, 3], [4, 5, 6]])

  @Test func `stores row after row`() {
    #expect(matrix.values == [1, 2, 3, 4, 5, 6])
    #expect(matrix[1, 0] == 4)
    #expect(matrix.column(2) == [3, 6])
  }

  @Test func `hands out rows as spans`() {
    #expect(matrix.withRow(1) { row in row.indices.map { row[$0] } } == [4, 5, 6])
    #expect(matrix.withRows(0..<2) { $0.count } == 6)
    #expect(matrix.withRows(2..<2) { $0.count } == 0)
  }

  @Test(arguments: [1, 2, 3, 7, 100]) func `fills blocks of any size once`(blockRows: Int) {
    var filled = Matrix(rowCount: 7, columnCount: 2)
    filled.fillRowBlocks(of: blockRows) { rows, elements in
      for (index, row) in rows.enumerated() {
        for column in 0..<2 { elements[index * 2 + column] += Double(10 * row + column) }
      }
    }
    let expected: [Double] = [0, 1, 10, 11, 20, 21, 30, 31, 40, 41, 50, 51, 60, 61]
    #expect(filled.values == expected)
  }

  @Test func `multiplies by a vector`() {
    #expect(matrix.product(with: [1, 0, -1]) == [-2, -2])
    #expect(Matrix(rowCount: 2, columnCount: 0).product(with: []) == [0, 0])
  }

  @Test func `refuses values that do not fill the shape`() async {
    await #expect(processExitsWith: .failure) {
      _ = Matrix(rowCount: 2, columnCount: 2, values: [1, 2, 3])
    }
  }
}
