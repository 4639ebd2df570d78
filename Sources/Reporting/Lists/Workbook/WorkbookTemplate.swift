internal import CXLSXWriter
internal import Files
internal import Glibc
internal import Synchronization
internal import Words

/// A workbook of libxlsxwriter with everything but the rows: sheets, headings, formats, widths, frozen
/// header, filters, colour scale, and the sheet "About".
///
/// Row 2 of each sheet has an empty cell of each column, which tells the number of the column's format.
@safe final class WorkbookTemplate {
  // SAFETY: the book owns its sheets and formats; it is freed by `close`, behind which nothing is
  // called, or in `deinit`.
  private var book: UnsafeMutablePointer<lxw_workbook>?
  private let descriptor: Int32
  private var formats: [ListColumn.Kind: UnsafeMutablePointer<lxw_format>] = unsafe [:]
  private var failure: lxw_error?

  /// Held while a book is written: the library writes its day through `gmtime`, whose result all threads
  /// share, so that two books at once now and then have the wrong one.
  private static let closing = Mutex(())

  /// - Throws: `FileError` when there is no memory.
  init() throws(FileError) {
    descriptor = workbook_memory_file()
    // SAFETY: the path is copied; it names the file in memory for as long as the descriptor is open.
    unsafe book = descriptor < 0 ? nil : workbook_new("/proc/self/fd/\(descriptor)")
    guard unsafe book != nil else { throw Self.failed("no memory for a workbook") }
  }

  deinit {
    // SAFETY: closing frees the book; what it writes goes to our own file.
    if let book = unsafe book { Self.closing.withLock { _ in unsafe _ = workbook_close(book) } }
    if descriptor >= 0 { Glibc.close(descriptor) }
  }

  /// Title, maker and day, which is the only time in the file.
  func describe(title: String, language: Language, secondsSinceEpoch: Int64) {
    let maker = "\(Product.name) \(Product.version)"
    // SAFETY: the strings are copied.
    note(
      unsafe workbook_describe(
        book, SheetText.fitting(title), Product.name,
        "\(language.label(.aboutMadeBy)) \(maker)", secondsSinceEpoch))
  }

  /// Adds a sheet for a table.
  ///
  /// - Parameters:
  ///   - sheet: its table gives headings, formats and widths.
  ///   - language: of the headings.
  ///   - bands: probabilities from which a row is medium and high, for the colour scale.
  func add(_ sheet: WorkbookSheet, _ language: Language, bands: (medium: Double, high: Double)?) {
    // SAFETY: names and headings are copied; the sheet belongs to the book.
    guard let page = unsafe workbook_add_worksheet(book, sheet.name) else {
      failure = LXW_ERROR_MEMORY_MALLOC_FAILED
      return
    }
    let lastRow = UInt32(max(1, sheet.rowCount))
    let heading = unsafe headingFormat
    for (index, column) in sheet.table.columns.enumerated() {
      let number = UInt16(index)
      let isLink = index == sheet.linkColumn
      let format = unsafe isLink ? linkFormat : self.format(column.kind)
      unsafe note(worksheet_set_column(page, number, number, column.width, nil))
      unsafe note(worksheet_write_string(page, 0, number, language.label(column.title), heading))
      unsafe note(worksheet_write_blank(page, 1, number, format))
      if column.kind == .probability, let bands {
        let highest = min(1, max(0.5, bands.high * 2))
        unsafe note(worksheet_colour_scale(page, lastRow, number, bands.high, highest))
      }
    }
    unsafe worksheet_freeze_panes(page, 1, UInt16(sheet.frozenColumns))
    unsafe note(
      worksheet_autofilter(page, 0, 0, lastRow, UInt16(max(1, sheet.table.columns.count) - 1)))
    unsafe worksheet_set_landscape(page)
    unsafe worksheet_set_paper(page, 9)  // A4
    unsafe worksheet_fit_to_pages(page, 1, 0)
    // Left, right, top and bottom, in inches.
    unsafe worksheet_set_margins(page, 0.4, 0.4, 0.5, 0.5)
    unsafe note(worksheet_repeat_rows(page, 0, 0))
    let lastColumn = UInt16(max(1, sheet.printedColumns) - 1)
    unsafe note(worksheet_print_area(page, 0, 0, lastRow, lastColumn))
  }

  /// Adds the sheet of headings and sentences.
  func addAbout(_ sections: [ListAbout.Section], _ language: Language) {
    // SAFETY: as above.
    guard let page = unsafe workbook_add_worksheet(book, language.label(.about)) else {
      failure = LXW_ERROR_MEMORY_MALLOC_FAILED
      return
    }
    let (labels, texts) = (30, 90)
    unsafe note(worksheet_set_column(page, 0, 0, Double(labels), nil))
    unsafe note(worksheet_set_column(page, 1, 1, Double(texts), nil))
    unsafe worksheet_set_paper(page, 9)
    unsafe worksheet_fit_to_pages(page, 1, 0)
    let (heading, label, text) = unsafe (sectionFormat, labelFormat, wrappedFormat)
    var row: UInt32 = 0
    for section in sections {
      unsafe note(worksheet_write_string(page, row, 0, Self.plain(section.title), heading))
      row += 1
      for line in section.lines {
        unsafe note(worksheet_write_string(page, row, 0, Self.plain(line.label), label))
        unsafe note(worksheet_write_string(page, row, 1, Self.plain(line.text), text))
        let lines = max(
          RowHeight.lines(line.label, width: labels), RowHeight.lines(line.text, width: texts))
        unsafe note(worksheet_set_row(page, row, RowHeight.points(lines: lines), nil))
        row += 1
      }
      row += 1
    }
  }

  /// Ends the workbook.
  ///
  /// - Returns: the bytes of the file.
  /// - Throws: `FileError` when the library met an error.
  func close() throws(FileError) -> [UInt8] {
    // SAFETY: the book is not used any more, which `book = nil` makes sure.
    let result = Self.closing.withLock { _ in unsafe workbook_close(book) }
    unsafe book = nil
    guard result == LXW_NO_ERROR, failure == nil else {
      // SAFETY: the library's messages are static.
      let message = unsafe String(cString: lxw_strerror(failure ?? result))
      throw Self.failed("libxlsxwriter: \(message)")
    }
    return try contents(ofFile: "/proc/self/fd/\(descriptor)")
  }

  private func note(_ result: lxw_error) {
    if result != LXW_NO_ERROR, failure == nil { failure = result }
  }

  private static func failed(_ what: String) -> FileError {
    FileError(
      kind: .unwritable, path: "workbook", what: what,
      remedy: "Free some space and memory, or choose another format.")
  }

  /// A text that the library takes: no control characters, not too long.
  private static func plain(_ text: String) -> String {
    let visible = text.unicodeScalars.filter { $0.value >= 0x20 || $0 == "\n" || $0 == "\t" }
    return SheetText.fitting(String(String.UnicodeScalarView(visible)))
  }

  // MARK: - Formats

  private func format(_ kind: ListColumn.Kind) -> UnsafeMutablePointer<lxw_format>? {
    if let known = unsafe formats[kind] { return unsafe known }
    // SAFETY: formats belong to the book, which lives as long as this object.
    guard let format = unsafe workbook_add_format(book) else { return nil }
    switch kind {
    case .day: unsafe format_set_num_format(format, "yyyy-mm-dd")
    case .probability: unsafe format_set_num_format(format, "0.0%")
    case .number: unsafe format_set_num_format(format, "#,##0.00")
    case .count: unsafe format_set_num_format(format, "#,##0")
    case .flag: unsafe format_set_num_format(format, "General")
    case .text, .id:
      unsafe format_set_num_format(format, "@")
      // A little to the right of the numbers before it.
      unsafe format_set_align(format, 1)
      unsafe format_set_indent(format, 1)
    }
    unsafe formats[kind] = format
    return unsafe format
  }

  // SAFETY: as in `format`; C functions that set a property of it.
  private lazy var linkFormat: UnsafeMutablePointer<lxw_format>? = unsafe added {
    unsafe format_set_font_color($0, 0x05_63C1)
    unsafe format_set_underline($0, 1)
    unsafe format_set_num_format($0, "@")
  }

  private lazy var headingFormat: UnsafeMutablePointer<lxw_format>? = unsafe added {
    unsafe format_set_bold($0)
    unsafe format_set_font_color($0, 0xFF_FFFF)
    unsafe format_set_bg_color($0, 0x1F_3A5F)
    unsafe format_set_align($0, 10)  // vertically centred
  }

  private lazy var sectionFormat: UnsafeMutablePointer<lxw_format>? = unsafe added {
    unsafe format_set_bold($0)
    unsafe format_set_font_size($0, 13)
  }

  private lazy var labelFormat: UnsafeMutablePointer<lxw_format>? = unsafe added {
    unsafe format_set_align($0, 8)  // top
    unsafe format_set_text_wrap($0)
    unsafe format_set_font_color($0, 0x40_4040)
  }

  private lazy var wrappedFormat: UnsafeMutablePointer<lxw_format>? = unsafe added {
    unsafe format_set_align($0, 8)
    unsafe format_set_text_wrap($0)
  }

  private func added(
    _ set: (UnsafeMutablePointer<lxw_format>) -> Void
  ) -> UnsafeMutablePointer<lxw_format>? {
    // SAFETY: as in `format`.
    guard let format = unsafe workbook_add_format(book) else { return nil }
    unsafe set(format)
    return unsafe format
  }
}
