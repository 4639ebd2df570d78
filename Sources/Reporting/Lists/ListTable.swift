internal import Files
internal import Words

/// A table as every format writes it: named and typed columns, and rows that are made when needed.
///
/// The reasons of 100,000 subscriptions are 700,000 rows; all at once they would fill the memory.
struct ListTable: Sendable {
  typealias Cell = DelimitedWriter.Cell

  struct Column: Sendable {
    let name: String
    let kind: ListColumn.Kind
    let title: LabelKey
    let width: Double

    init(_ name: String, _ kind: ListColumn.Kind, _ title: LabelKey, _ width: Double) {
      self.name = name
      self.kind = kind
      self.title = title
      self.width = width
    }

    /// The column's words for people; what is no word of ours stays as it is.
    func shown(_ word: String, in language: Language) -> String {
      switch title {
      case .riskBand: language.band(word)
      case .change: language.change(word)
      case .nextDeadlineKind: language.deadlineKind(word)
      case .listedBecause: language.listing(word)
      case .status: language.status(word)
      case .trialStatus: language.trialPhase(word)
      case .valueBasis: language.valueBasis(word)
      case .list:
        switch RiskList.Kind(rawValue: word) {
        case .all: language.label(.sheetAll)
        case .unassigned: language.label(.unassigned)
        case .list: language.label(.list)
        default: word
        }
      default: word
      }
    }
  }

  let columns: [Column]
  /// What the rows are about, in their order; each may have several rows.
  let itemCount: Int
  let rowCount: Int
  /// The rows of an item, as programs read them.
  let rows: @Sendable (_ item: Int) -> [[Cell]]

  /// The table as people read it: our own words in a language.
  func translated(to language: Language) -> ListTable {
    ListTable(columns: columns, itemCount: itemCount, rowCount: rowCount) { item in
      rows(item).map { cells in
        zip(columns, cells).map { column, cell in
          switch cell {
          case .text(let text): .text(column.shown(text, in: language))
          case .word(let word): .word(column.shown(word, in: language))
          default: cell
          }
        }
      }
    }
  }

  /// The columns of `ListColumn`, one row a subscription.
  static func list(_ rows: [AtRiskDocument.Row], of document: AtRiskDocument) -> ListTable {
    // The header alone: the rows of the whole document need not be held by each list.
    var header = document
    header.subscriptions = []
    header.excluded = []
    return ListTable(
      columns: ListColumn.all.map { Column($0.name, $0.kind, $0.title, $0.width) },
      itemCount: rows.count, rowCount: rows.count
    ) { [header] item in
      let row = rows[item]
      return [ListColumn.all.map { $0.cell(row, header) }]
    }
  }
}
