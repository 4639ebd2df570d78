internal import Files
internal import Words

// How a workbook comes about:
//
//   libxlsxwriter ──► template: sheets, formats, filters, colour scale, About, with no rows
//                        │ members of the zip archive, the sheets inflated
//   the tables ──rows──► between `<sheetData>` and `</sheetData>`, on all threads, compressed apart
//                        ▼
//                     the archive, with the times of 1980
//
// The rows do not go through the library: it would compress them with zlib on one core (60 % of its
// time), keep them twice in temporary files, and say nothing when the disk is full.

/// A workbook of tables with a sheet "About".
struct Workbook {
  let sheets: [WorkbookSheet]
  let about: [ListAbout.Section]
  let title: String
  let language: Language
  let secondsSinceEpoch: Int64
  /// From which probability a row is medium and high; nil without probabilities.
  let bands: (medium: Double, high: Double)?

  /// Writes the file; the same content gives the same bytes.
  ///
  /// - Throws: `FileError` when it cannot be written.
  func write(to output: inout OutputFile) throws {
    let template = try WorkbookTemplate()
    template.describe(title: title, language: language, secondsSinceEpoch: secondsSinceEpoch)
    for sheet in sheets { template.add(sheet, language, bands: bands) }
    template.addAbout(about, language)
    guard let members = ZipMember.all(of: try template.close()) else { throw Self.unexpected }
    var zip = ZipWriter(output, path: title)
    for member in members {
      if let index = sheets.indices.first(where: {
        member.name == "xl/worksheets/sheet\($0 + 1).xml"
      }) {
        try write(sheets[index], number: index + 1, member, to: &zip)
      } else {
        try zip.add(member)
      }
    }
    try zip.finish()
  }

  private func write(
    _ sheet: WorkbookSheet, number: Int, _ member: ZipMember, to zip: inout ZipWriter
  ) throws {
    guard let xml = member.content, let frame = SheetFrame(xml, sheet) else {
      throw Self.unexpected
    }
    var text = DeflatedText(frame.before)
    var (links, relationships): ([UInt8], [UInt8]) = ([], [])
    try inOrder(count: sheet.rowCount, size: WorkbookSheet.rowsOfPiece) { range in
      sheet.piece(range, styles: frame.styles)
    } take: { piece in
      text.append(piece.rows)
      links += piece.links
      relationships += piece.relationships
    }
    text.append(DeflatedText.Piece(frame.afterRows))
    if !links.isEmpty {
      text.append(
        DeflatedText.Piece(Array("<hyperlinks>".utf8) + links + Array("</hyperlinks>".utf8)))
    }
    text.append(DeflatedText.Piece(frame.afterLinks))
    try zip.add(member.name, text)
    if !relationships.isEmpty {
      let list =
        Array(
          """
          <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
          <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
          """.utf8) + relationships + Array("</Relationships>".utf8)
      try zip.add("xl/worksheets/_rels/sheet\(number).xml.rels", DeflatedText(list))
    }
  }

  private static var unexpected: FileError {
    FileError(
      kind: .unwritable, path: "workbook", what: "libxlsxwriter wrote another form of sheets",
      expected: "version 1.1", remedy: "Choose another format, and tell us your version.")
  }
}

/// A sheet of the template, cut where rows and links go.
private struct SheetFrame {
  let before: [UInt8]
  let afterRows: [UInt8]
  let afterLinks: [UInt8]
  let styles: [SheetStyle]

  /// Nil when the sheet has another form than expected.
  init?(_ xml: [UInt8], _ sheet: WorkbookSheet) {
    let text = String(decoding: xml, as: UTF8.self)
    guard let sample = text.firstRange(of: "<row r=\"2\""),
      let end = text.firstRange(of: "</sheetData>"),
      let margins = text.firstRange(of: "<pageMargins"), sample.upperBound < end.lowerBound,
      end.upperBound <= margins.lowerBound
    else { return nil }
    let cells = text[sample.lowerBound..<end.lowerBound]
    var styles: [SheetStyle] = []
    for index in sheet.table.columns.indices {
      let letters = Self.letters(index)
      guard let cell = cells.firstRange(of: "<c r=\"\(letters)2\" s=\"") else { return nil }
      let number = cells[cell.upperBound...].prefix { $0.isNumber }
      styles.append(SheetStyle(letters: Array(letters.utf8), number: Array(number.utf8)))
    }
    self.styles = styles
    let last = "\(Self.letters(sheet.table.columns.count - 1))\(sheet.rowCount + 1)"
    var head = String(text[..<sample.lowerBound])
    if let dimension = head.firstRange(of: "<dimension ref=\""),
      let close = head[dimension.upperBound...].firstIndex(of: "\"")
    {
      head.replaceSubrange(dimension.upperBound..<close, with: "A1:\(last)")
    }
    before = Array(head.utf8)
    // What stands between links and margins belongs behind the links.
    let options = text.firstRange(of: "<printOptions")?.lowerBound ?? margins.lowerBound
    let links = min(options, margins.lowerBound)
    afterRows = Array(text[end.lowerBound..<links].utf8)
    afterLinks = Array(text[links...].utf8)
  }

  /// A, B, … Z, AA.
  private static func letters(_ index: Int) -> String {
    var (rest, letters) = (index + 1, "")
    while rest > 0 {
      rest -= 1
      letters = String(UnicodeScalar(UInt8(ascii: "A") + UInt8(rest % 26))) + letters
      rest /= 26
    }
    return letters
  }
}
