/// A table in plain text.
///
/// ```
/// Rank  Customer      Risk
/// ────  ────────  ────────
///    1  日本電気    41.2 %
///    2  Contoso…     8.0 %
/// ```
///
/// Widths are those of the terminal (East Asian wide characters take two columns, combining marks
/// none). Cells are hostile text: control and bidirectional characters never reach the output.
public struct Table: Sendable {
  /// On which side of its column a cell stands.
  public enum Alignment: Sendable {
    /// For words.
    case left
    /// For numbers.
    case right
  }

  /// A column's heading and how it behaves.
  public struct Column: Sendable {
    /// The heading.
    public var title: String
    /// Where cells and heading stand.
    public var alignment: Alignment
    /// How narrow the column may get when the table is too wide; nil keeps it whole.
    public var minimumWidth: Int?

    /// Describes a column.
    ///
    /// - Parameters:
    ///   - title: the heading.
    ///   - alignment: right for numbers.
    ///   - minimumWidth: ≥ 1; longer cells are then cut with `…`. Nil: never cut.
    public init(_ title: String, alignment: Alignment = .left, minimumWidth: Int? = nil) {
      precondition(minimumWidth.map { $0 >= 1 } ?? true, "A column needs a width of at least 1.")
      self.title = title
      self.alignment = alignment
      self.minimumWidth = minimumWidth
    }
  }

  private let columns: [Column]
  private var rows: [[String]] = []
  private static let gap = "  "

  /// An empty table.
  public init(columns: [Column]) { self.columns = columns }

  /// Adds a row.
  ///
  /// - Parameter cells: one per column.
  public mutating func add(_ cells: [String]) {
    precondition(
      cells.count == columns.count, "\(cells.count) cells in a table of \(columns.count) columns.")
    rows.append(cells.map { $0.neutralised() })
  }

  /// The table as lines, each ended by a line feed; without rows, heading and line alone.
  ///
  /// - Parameter maximumWidth: columns to fit into where the minimum widths allow it; nil for no
  ///   limit, as for output that goes to a file.
  /// - Returns: heading, line and rows, without trailing spaces.
  public func rendered(maximumWidth: Int? = nil) -> String {
    let titles = columns.map { $0.title.neutralised() }
    let widths = fittedWidths(titles: titles, maximumWidth: maximumWidth)
    let rule = widths.map { String(repeating: "─", count: $0) }.joined(separator: Self.gap)
    return line(titles, widths) + rule + "\n" + rows.reduce("") { $0 + line($1, widths) }
  }

  private func line(_ cells: [String], _ widths: [Int]) -> String {
    var text = ""
    for index in columns.indices {
      let cell = cells[index].truncated(toWidth: widths[index])
      text += index == 0 ? "" : Self.gap
      text += cell.padded(toWidth: widths[index], columns[index].alignment)
    }
    while text.last == " " { text.removeLast() }
    return text + "\n"
  }

  /// Natural widths, then the widest shrinkable column loses a column until the table fits.
  private func fittedWidths(titles: [String], maximumWidth: Int?) -> [Int] {
    var widths = columns.indices.map { index in
      rows.reduce(titles[index].displayWidth) { max($0, $1[index].displayWidth) }
    }
    guard let maximumWidth else { return widths }
    var excess = widths.reduce(0, +) + Self.gap.count * (columns.count - 1) - maximumWidth
    while excess > 0 {
      let shrinkable = widths.indices.filter { index in
        columns[index].minimumWidth.map { widths[index] > $0 } ?? false
      }
      guard let widest = shrinkable.max(by: { widths[$0] < widths[$1] }) else { break }
      widths[widest] -= 1
      excess -= 1
    }
    return widths
  }
}
