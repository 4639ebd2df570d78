package import Features
package import Files
internal import ForkJoin
package import History

/// The labelled table of past days for any other tool, with the part that each row plays.
package struct LabelledPanel: Sendable {
  package let table: FeatureTable
  package let fold: ForwardFold
  /// Names of the columns that the recipe uses, in the order of the catalog.
  package let featureNames: [String]
  package let landmarks: [CalendarDay]
  /// Rows left out, because what came of them was not seen.
  package let immatureRows: Int

  /// Builds the rows of every subscription on every landmark of the range whose outcome is known.
  ///
  /// - Parameters:
  ///   - history: everything seen.
  ///   - recipe: labels, rows and features.
  ///   - range: the landmarks.
  ///   - lagDays: reporting lag in days.
  ///   - origin: the first day of the judged rows; nil = chosen.
  ///   - progress: called with what is done and what there is in all.
  /// - Throws: `RiskModelError` when the range lies outside of the history, the horizon is shorter than
  ///   the exports' spacing, the origin lies outside of the range, or no outcome is known yet; and what
  ///   reading the history throws.
  package init(
    history: some HistorySource, recipe: TrainingRecipe, range: LandmarkRange, lagDays: Int,
    origin: CalendarDay? = nil,
    progress: @escaping (_ done: Int, _ total: Int?) -> Void = { _, _ in }
  ) throws {
    let sources = history.sources
    let days = try range.days(sources)
    let today = try HistorySpan(sources).last
    let definition = recipe.definition
    if let spacing = Landmarks.medianSpacing(sources, through: today),
      definition.horizonDays < spacing
    {
      throw RiskModelError.horizonShorterThanSpacing(
        horizonDays: definition.horizonDays, spacingDays: spacing)
    }
    if let origin, origin < range.from || origin > range.to {
      throw RiskModelError.originOutsideRange(origin, from: range.from, to: range.to)
    }
    let panel = try Panel(
      history: CountedHistory(RememberedHistory(history), progress), landmarks: days, lag: lagDays,
      rules: StandingRules(
        exclusions: history.exclusions, minimumTenureDays: recipe.minimumTenureDays, today: today),
      definition: definition, knownThrough: today)
    let wait = definition.horizonDays + definition.reactivationGraceDays + lagDays
    guard panel.table.count > 0 else {
      throw RiskModelError.noOriginToJudge([
        panel.immatureRows > 0
          ? "No window from \(days[0]) on has been seen to its end: the first takes a complete export on "
            + "\(days[0] + wait) or later" + Self.incompleteExports(sources, from: days[0] + wait)
          : "Nobody was to be scored on any of \(days.count) days"
      ])
    }
    table = panel.table
    landmarks = panel.landmarks
    immatureRows = panel.immatureRows
    featureNames = recipe.featureNames(among: FeatureCatalog.descriptions.map(\.name))
    fold = ForwardFold(panel.table, embargoDays: max(1, wait), origin: origin)
  }

  /// Said where there are exports from a day on, and all of them are incomplete; else empty.
  private static func incompleteExports(_ sources: [Source], from day: CalendarDay) -> String {
    let late = sources.flatMap(\.days).filter { $0.day >= day }
    guard !late.isEmpty, late.allSatisfy({ !$0.isComplete }) else { return "" }
    return
      ", and of the \(counted(late.count, "export")) since then none is complete: 'churn-risk status' "
      + "says why"
  }

  /// Writes `subscriptionId,landmark,FEATURE…,churn,fold`, a row each, by customer, landmark and id.
  ///
  /// Unknown numbers and levels are empty. A level that reads as a number gets `id-` in front, so that
  /// no tool takes names for numbers.
  ///
  /// - Throws: what writing throws.
  package func write(to file: OutputFile) throws(FileError) {
    var rows = DelimitedWriter(file)
    try rows.write(["subscriptionId", "landmark"] + featureNames + ["churn", "fold"])
    let names = Set(featureNames)
    let numeric = zip(table.numeric, FeatureCatalog.numeric)
      .filter { names.contains($0.1.description.name) }.map(\.0)
    let categorical = zip(table.categorical, FeatureCatalog.categorical)
      .filter { names.contains($0.1.description.name) }.map { LevelCells($0.0) }
    let blockCount = (table.count + Self.blockRows - 1) / Self.blockRows
    // A few blocks at a time, so that the text of a large panel never stands in memory as a whole.
    for first in stride(from: 0, to: blockCount, by: Self.blocksAtOnce) {
      let blocks = concurrentMap(count: min(Self.blocksAtOnce, blockCount - first)) { block in
        text(ofBlock: first + block, numeric, categorical)
      }
      for block in blocks { try rows.write(block) }
    }
  }

  private static let blockRows = 1_024
  private static let blocksAtOnce = 16

  private func text(
    ofBlock block: Int, _ numeric: [[Double]], _ categorical: [LevelCells]
  ) -> DelimitedRows {
    var rows = DelimitedRows()
    for row in block * Self.blockRows..<min((block + 1) * Self.blockRows, table.count) {
      rows.append(field: table.rows[row].subscriptionId.description)
      rows.append(field: table.rows[row].landmark.description)
      for column in numeric { rows.append(column[row]) }
      for column in categorical { rows.append(cell: column[row]) }
      rows.append(Int(table.labels[row]))
      rows.append(Int(fold.folds[row]))
      rows.endRow()
    }
    return rows
  }

  static func text(_ level: String) -> String {
    // Digests are hexadecimal, and some of them have digits alone.
    let isDigest = level.utf8.count == 16 && level.allSatisfy(\.isHexDigit)
    return isDigest || Double(level) != nil ? "id-\(level)" : level
  }

  /// What a reader must know.
  package var attention: [Attention] {
    var remarks: [Attention] = []
    func add(_ code: String, _ text: String) {
      remarks.append(Attention(code, text, severity: .information))
    }
    if immatureRows > 0 {
      add(
        "immatureRows",
        "\(counted(immatureRows, "row")) left out: the window has not been seen to its end.")
    }
    if fold.origin == nil {
      add(
        "noForwardFold",
        "Every row is in fold -1, which trains only: no day leaves lost and kept rows on both sides."
      )
    }
    if fold.keepsTwins {
      add(
        "twinsKept",
        "\(fold.twins) of the training rows have an exact twin among the judged ones, more than half of "
          + "them. They stay: figures on the judged rows are a little too good.")
    } else if fold.twins > 0 {
      add(
        "twinsSetAside",
        "\(fold.twins) training rows with an exact twin among the judged ones are in fold -2.")
    }
    return remarks
  }
}

/// A column of levels, each made into a cell once.
private struct LevelCells: Sendable {
  private let codes: [Int32]
  private let cells: [[UInt8]]

  init(_ column: LevelColumn) {
    codes = column.codes
    cells = column.levels.map { Array(DelimitedWriter.textField(LabelledPanel.text($0)).utf8) }
  }

  /// Empty for an unknown level.
  subscript(row: Int) -> [UInt8] { codes[row] < 0 ? [] : cells[Int(codes[row])] }
}
