/// One feature of every row of a dataset, by reference: nothing is copied to make one.
enum FeatureColumn: Sendable {
  /// Numbers; NaN when missing.
  case numbers([Double])

  /// A number per level: that of code c is `table[c + 1]`.
  case numberOfLevel(codes: [Int32], table: [Double])

  /// A bin per level: that of code c is `table[c + 1]`; 0 when training did not show it.
  case level(codes: [Int32], table: [UInt8])

  /// The number of a row; of a categorical feature its bin.
  func value(_ row: Int) -> Double {
    switch self {
    case .numbers(let values): values[row]
    case .numberOfLevel(let codes, let table): table[Int(codes[row]) + 1]
    case .level(let codes, let table): Double(table[Int(codes[row]) + 1])
    }
  }

  /// Adds the bins of some rows, shifted, to one word per row.
  ///
  /// - Parameters:
  ///   - rows: Row numbers.
  ///   - mapper: Of the same kind.
  ///   - shift: Where in the word the byte goes, 0, 8 … 56.
  ///   - words: The byte is 0 before.
  ///   - start: The word of the first row.
  ///   - stride: Words from one row to the next.
  func addBins(
    rows: Span<Int>, mapper: BinMapper, shift: UInt64, to words: inout MutableSpan<UInt64>,
    at start: Int, stride: Int
  ) {
    switch (self, mapper) {
    case (.numbers(let values), .numeric(let ends)):
      let values = values.span
      RankSearch(ends).forEachRank(values, rows: rows) { index, rank in
        words[start + index * stride] |= UInt64(rank) << shift
      }
    case (.numberOfLevel(let codes, let table), .numeric(let ends)):
      let search = RankSearch(ends)
      let bins = table.map { UInt64(search.rank($0)) << shift }
      let (codes, lookup) = (codes.span, bins.span)
      for index in rows.indices {
        words[start + index * stride] |= lookup[Int(codes[rows[index]]) + 1]
      }
    case (.level(let codes, let table), .categorical):
      let (codes, table) = (codes.span, table.span)
      for index in rows.indices {
        words[start + index * stride] |= UInt64(table[Int(codes[rows[index]]) + 1]) << shift
      }
    default: preconditionFailure("Learning: the mapper is not of the kind of the feature")
    }
  }
}
