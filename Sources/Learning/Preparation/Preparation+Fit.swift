internal import ForkJoin

extension Preparation {
  /// Learns the preparation from training rows.
  ///
  /// - Parameters:
  ///   - dataset: The table; labels are not looked at.
  ///   - rows: Training rows, at least one; no other row is read.
  ///   - options: Limits.
  /// - Returns: A preparation whose design columns have mean 0 and deviation 1 over `rows`.
  package static func fit(
    _ dataset: Dataset, rows: [Int], options: PreparationOptions = .standard
  ) -> Preparation {
    precondition(!rows.isEmpty, "Learning: no training rows")
    let times = CrowdedTimes(dataset, rows: rows, fewestRows: options.minimumLevelRows)
    // Raw columns are independent of each other until duplicates are looked for.
    let drafts = concurrentMap(count: dataset.columns.count) { raw in
      ColumnDraft(dataset, raw: raw, rows: rows, times: times, options: options)
    }
    var preparation = Preparation(columnNames: dataset.columnNames)
    var nameOfContent: [ColumnContent: String] = [:]
    for draft in drafts {
      preparation.dropped += draft.dropped
      var isUsed = false
      for candidate in draft.candidates {
        let name = candidate.column.name(ofRaw: draft.name)
        if let earlier = nameOfContent[candidate.content] {
          preparation.dropped.append(
            DroppedColumn(name: name, reason: .duplicate, duplicateOf: earlier))
          if let category = candidate.column.category { preparation.absorbed.append(category) }
        } else {
          nameOfContent[candidate.content] = name
          preparation.designColumns.append(candidate.column)
          isUsed = true
        }
      }
      if isUsed, let transform = draft.transform { preparation.transforms.append(transform) }
    }
    return preparation
  }
}

/// What a column holds in the training rows, as a fingerprint: equal columns have equal ones, and
/// different columns share a 64-bit hash, a mean and a deviation only by a chance of 2⁻⁶⁴ a pair.
struct ColumnContent: Hashable, Sendable {
  let hash: UInt64
  let mean: Double
  let deviation: Double

  /// - Parameter values: At least one, no NaN.
  init(_ values: [Double]) {
    mean = relaxedSum(values) / Double(values.count)
    let center = mean
    let squares = values.map { ($0 - center) * ($0 - center) }
    deviation = (relaxedSum(squares) / Double(values.count)).squareRoot()
    // Adding 0 turns -0 into 0: equal numbers must hash alike.
    hash = values.reduce(0) { SplitMix64.mix($0 ^ ($1 + 0).bitPattern) }
  }
}

/// The design columns that one raw column could give, before duplicates are dropped.
struct ColumnDraft: Sendable {
  let name: String
  private(set) var transform: NumericTransform?
  private(set) var candidates: [(column: DesignColumn, content: ColumnContent)] = []
  private(set) var dropped: [DroppedColumn] = []
  private let raw: Int
  private let options: PreparationOptions

  init(
    _ dataset: Dataset, raw: Int, rows: [Int], times: CrowdedTimes?, options: PreparationOptions
  ) {
    name = dataset.columnNames[raw]
    self.raw = raw
    self.options = options
    if let times, times.areTold(by: dataset.columns[raw], rows: rows) {
      dropped.append(DroppedColumn(name: name, reason: .knownAtFewTimes))
      return
    }
    switch dataset.columns[raw] {
    case .numeric(let values): draft(numbers: rows.map { values[$0] })
    case .categorical(let codes, let levels):
      draft(codes: rows.map { Int(codes[$0]) }, levels: levels)
    }
  }

  private mutating func draft(numbers: [Double]) {
    let known = numbers.filter { !$0.isNaN }
    guard isMostlyKnown(known.count, of: numbers.count) else { return }
    let (transform, knots) = NumericTransform.learn(known: known, rawColumn: raw, options: options)
    self.transform = transform
    let x = numbers.map { transform($0) }
    add(DesignColumn(rawColumn: raw, term: .value), x)
    for knot in knots {
      add(DesignColumn(rawColumn: raw, term: .hinge, knot: knot), x.map { max($0 - knot, 0) })
    }
    addIfFrequent(
      DesignColumn(rawColumn: raw, term: .missing), count: numbers.count - known.count,
      numbers.map { $0.isNaN ? 1 : 0 })
  }

  private mutating func draft(codes: [Int], levels: [String]) {
    // Counts by code + 1: first the unknown ones, then level by level.
    var counts = [Int](repeating: 0, count: levels.count + 1)
    for code in codes { counts[code + 1] += 1 }
    guard isMostlyKnown(codes.count - counts[0], of: codes.count) else { return }
    let isOwn = counts.map { $0 >= options.minimumLevelRows }
    for (code, level) in levels.enumerated() where isOwn[code + 1] {
      add(
        DesignColumn(rawColumn: raw, term: .level, level: level),
        codes.map { $0 == code ? 1 : 0 })
    }
    if isOwn[0] {
      add(DesignColumn(rawColumn: raw, term: .unknown), codes.map { $0 == -1 ? 1 : 0 })
    }
    addIfFrequent(
      DesignColumn(rawColumn: raw, term: .pool),
      count: codes.count { !isOwn[$0 + 1] },
      codes.map { isOwn[$0 + 1] ? 0 : 1 })
  }

  /// Drops the raw column, and answers false, when it is unknown in (nearly) all training rows.
  private mutating func isMostlyKnown(_ knownCount: Int, of count: Int) -> Bool {
    let isKnown = knownCount > 0 && Double(knownCount) >= options.minimumKnownShare * Double(count)
    if !isKnown { dropped.append(DroppedColumn(name: name, reason: .unknown)) }
    return isKnown
  }

  private mutating func addIfFrequent(_ column: DesignColumn, count: Int, _ values: [Double]) {
    if count >= options.minimumLevelRows {
      add(column, values)
    } else if count > 0 {
      dropped.append(DroppedColumn(name: column.name(ofRaw: name), reason: .rare))
    }
  }

  /// Adds a column with its mean and deviation, or drops it when it is constant.
  ///
  /// Both are finite: numbers whose squares overflow have been through the logarithm.
  private mutating func add(_ column: DesignColumn, _ values: [Double]) {
    let content = ColumnContent(values)
    let first = values[0]
    guard content.deviation > 0, values.contains(where: { $0 != first }) else {
      dropped.append(DroppedColumn(name: column.name(ofRaw: name), reason: .constant))
      return
    }
    var column = column
    (column.mean, column.deviation) = (content.mean, content.deviation)
    candidates.append((column, content))
  }
}
