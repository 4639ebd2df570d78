internal import Files
internal import Words

/// One sheet of a workbook: a table, and the page of each row's subscription.
struct WorkbookSheet: Sendable {
  /// At most 31 characters.
  let name: String
  let table: ListTable
  /// How many columns stay in view beside the others: those up to the customer.
  let frozenColumns: Int
  /// How many columns are printed; the rest would make them unreadable.
  let printedColumns: Int
  /// The column of `subscriptionName`, whose cells lead to the Azure portal; nil without links.
  let linkColumn: Int?
  private let idColumn: Int?
  private let tenantColumn: Int?

  /// What a sheet of Excel holds: rows below the header, and links.
  static let mostRows = 1_048_575
  static let mostLinks = 65_530

  /// - Parameters:
  ///   - name: at most 31 characters.
  ///   - original: its rows, in the words of programs.
  ///   - leading: names of columns that come first and are printed, in this order.
  ///   - language: of the sheet.
  init(_ name: String, _ original: ListTable, leading: [String], _ language: Language) {
    self.name = name
    let table = original.arranged(first: leading)
    self.table = table.translated(to: language)
    printedColumns = table.columns.count { leading.contains($0.name) }
    frozenColumns = table.columns.firstIndex { $0.name == "customerName" }.map { $0 + 1 } ?? 0
    let idColumn = table.columns.firstIndex { $0.name == "subscriptionId" }
    self.idColumn = idColumn
    linkColumn = idColumn == nil ? nil : table.columns.firstIndex { $0.name == "subscriptionName" }
    tenantColumn = table.columns.firstIndex { $0.name == "customerTenantId" }
  }

  var rowCount: Int { min(table.rowCount, Self.mostRows) }

  /// Rows of a piece: enough to compress well, few enough that all threads have some.
  static let rowsOfPiece = 512

  /// The rows as XML and the links in them.
  struct Piece: Sendable {
    var rows = DeflatedText.Piece([])
    /// `<hyperlink>` elements, and the relationships that they name.
    var links: [UInt8] = []
    var relationships: [UInt8] = []
  }

  /// Makes rows; the first row of data is row 2 of the sheet.
  ///
  /// - Parameters:
  ///   - range: items of the table.
  ///   - styles: of each column, as the template has them.
  /// - Returns: the rows, compressed, with their links.
  func piece(_ range: Range<Int>, styles: [SheetStyle]) -> Piece {
    var piece = Piece()
    var xml: [UInt8] = []
    xml.reserveCapacity(range.count * 2_300)
    for item in range {
      guard let cells = table.rows(item).first else { continue }
      let number = Array(String(item + 2).utf8)
      xml.append(contentsOf: "<row r=\"".utf8)
      xml.append(contentsOf: number)
      xml.append(contentsOf: "\">".utf8)
      for (index, cell) in cells.enumerated() {
        SheetCell(cell, kind: table.columns[index].kind).append(
          to: &xml, row: number, style: styles[index])
      }
      xml.append(contentsOf: "</row>".utf8)
      if item < Self.mostLinks { addLink(of: cells, row: number, styles, to: &piece) }
    }
    piece.rows = DeflatedText.Piece(xml)
    return piece
  }

  private func addLink(
    of cells: [ListTable.Cell], row: [UInt8], _ styles: [SheetStyle], to piece: inout Piece
  ) {
    guard let idColumn, let linkColumn, case .text(let id) = cells[idColumn] else { return }
    // A subscription without a name is reached through its id.
    var cell = linkColumn
    if case .empty = cells[linkColumn] { cell = idColumn }
    let tenant: String? =
      if let tenantColumn, case .text(let text) = cells[tenantColumn] { text } else { nil }
    guard let address = SubscriptionPage.azurePortal(subscription: id, tenant: tenant) else {
      return
    }
    piece.links.append(contentsOf: "<hyperlink ref=\"".utf8)
    piece.links.append(contentsOf: styles[cell].letters)
    piece.links.append(contentsOf: row)
    piece.links.append(contentsOf: "\" r:id=\"rId".utf8)
    piece.links.append(contentsOf: row)
    piece.links.append(contentsOf: "\"/>".utf8)
    piece.relationships.append(contentsOf: "<Relationship Id=\"rId".utf8)
    piece.relationships.append(contentsOf: row)
    piece.relationships.append(
      contentsOf: """
        " Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink" Target="
        """.utf8)
    SheetText.append(address, to: &piece.relationships)
    piece.relationships.append(contentsOf: "\" TargetMode=\"External\"/>".utf8)
  }
}

/// How the template has a column: its letters, and the number of its cells' format.
struct SheetStyle: Sendable {
  let letters: [UInt8]
  let number: [UInt8]
}
