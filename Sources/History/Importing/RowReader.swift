internal import Files

// The rows of one file, from its bytes to a loader.
//
//   ByteSource ──► head ──► encoding, shape and columns ──► format
//        └──► JSON Lines      line by line, memory bounded
//        └──► JSON document   whole in memory, row by row
//        └──► delimited       in blocks as long as every row is plain; else whole in memory, row by row
//
// The head that was read to recognise the file is read on from there, so standard input works too.

/// Reads a file once, first to recognise it and then to load it.
struct RowReader {
  let path: String
  let head: FileHead
  /// What the text is written in; it is read as UTF-8.
  private(set) var encoding = TextEncoding.utf8
  /// Whether the file names a further page.
  private(set) var hasNextLink = false
  /// The cloud that the address of the next page tells.
  private(set) var cloud: NationalCloud?
  /// Whether it is an answer without any row, as the last page of one may be.
  private(set) var isEmptyPage = false
  /// The rows that all pages have together, where the file says so.
  private(set) var totalCount: Int?
  /// Why nothing of the file can be read as JSON, although it begins like that; else nil.
  private(set) var damage: HistoryError?
  /// Whether it looks like an export all the same.
  private(set) var isDamagedExport = false
  private let source: ByteSource
  /// Whether no row is taken before all of them were seen, where they may tell about each other.
  private let isCareful: Bool
  private var content: Content

  private enum Content {
    /// The bytes read so far.
    case begun([UInt8])
    case document(JSONEnvelope)
  }

  /// Opens a file and looks at its first rows.
  ///
  /// A document that is no JSON is no error yet: it may be something else that begins with a bracket.
  ///
  /// - Parameters:
  ///   - path: The file, or `-`.
  ///   - isCareful: True where `load` has said that it must be.
  /// - Throws: `.missing`, or `.unusable` when it cannot be read or inflated.
  init(path: String, isCareful: Bool = false) throws(HistoryError) {
    self.path = path
    self.isCareful = isCareful
    do throws(FileError) {
      source = try ByteSource(path: path)
      var bytes: [UInt8] = []
      while bytes.count < ShapeDetector.headLength,
        try source.read(upTo: ShapeDetector.headLength - bytes.count, into: &bytes) > 0
      {}
      let found = TextEncoding(of: bytes)
      if found == .utf16LittleEndian || found == .utf16BigEndian {
        // Only tables need more than two bytes a character to be told; these are for every shape.
        let isWhole = try Self.readRest(of: source, into: &bytes)
        let raw = bytes
        do throws(FileError) {
          guard isWhole else { throw Self.tooLarge(path) }
          bytes = try found.utf8(raw, path: path)
          encoding = found
        } catch {
          let beginning = found.beginning(Array(raw.prefix(ExportTraces.bytesLookedAt)))
          head = FileHead(shape: .delimited, columns: [])
          content = .begun(beginning)
          isDamagedExport = ExportTraces.are(in: beginning)
          damage = HistoryError(error)
          return
        }
      }
      let shape = ShapeDetector.shape(of: bytes)
      let columns: Set<String>
      switch shape {
      case .jsonLines: columns = ShapeDetector.columns(ofJSONLines: bytes)
      case .delimited:
        columns = ShapeDetector.columns(
          ofDelimited: encoding == .utf8 ? found.beginning(bytes) : bytes, path: path)
      case .jsonDocument:
        let isWhole = try Self.readRest(of: source, into: &bytes)
        // The bytes themselves are handed on, not copied.
        let beginning = Array(bytes.prefix(ExportTraces.bytesLookedAt))
        do throws(FileError) {
          guard isWhole else { throw Self.tooLarge(path) }
          let envelope = try JSONEnvelope(bytes, path: path)
          head = FileHead(shape: shape, columns: ShapeDetector.columns(of: envelope))
          hasNextLink = envelope.nextLink?.isEmpty == false
          cloud = envelope.nextLink.flatMap { NationalCloud(address: $0) }
          totalCount = envelope.totalCount
          isEmptyPage = envelope.rowCount == 0 && ShapeDetector.hasEnvelopeKey(beginning)
          content = .document(envelope)
        } catch {
          head = FileHead(shape: shape, columns: [])
          content = .begun(beginning)
          damage = HistoryError(error)
          isDamagedExport = ExportTraces.are(in: beginning)
        }
        return
      }
      head = FileHead(shape: shape, columns: columns)
      content = .begun(bytes)
      if shape == .jsonLines, columns.isEmpty {
        isDamagedExport = ExportTraces.are(in: Array(bytes.prefix(ExportTraces.bytesLookedAt)))
        if isDamagedExport { damage = Self.noRowIsJSON(path) }
      }
    } catch {
      throw HistoryError(error)
    }
  }

  /// Whether there is nothing in the file.
  var isEmpty: Bool {
    switch content {
    case .begun(let bytes): !bytes.contains { $0 > UInt8(ascii: " ") }
    case .document(let envelope): envelope.rowCount == 0
    }
  }

  /// SHA-256 of the file's own bytes; known when all of them were read.
  var sha256: String { source.sha256 }

  /// Whether something that is no gzip follows the gzip data.
  var hasTrailingGarbage: Bool { source.hasTrailingGarbage }

  /// Hands every row to the loader.
  ///
  /// - Parameters:
  ///   - loader: Of the format that recognised the head.
  ///   - file: Takes the rows that cannot be read at all.
  ///   - progress: Called now and then with the rows read so far.
  /// - Returns: false when the rows are not what they seemed to be: whatever was done with them must be
  ///   taken back, and the file read carefully.
  /// - Throws: `.unusable` when the file is cut off or damaged, and what the loader throws.
  mutating func load(
    into loader: any RowLoader, _ file: FileImport, progress: (Int) -> Void
  ) throws(HistoryError) -> Bool {
    switch content {
    case .document(let envelope):
      content = .begun([])
      try load(envelope, into: loader, file, progress)
    case .begun(var bytes):
      content = .begun([])
      if head.shape == .jsonLines {
        try loadLines(bytes, into: loader, file, progress)
      } else if !isCareful, encoding == .utf8, let blocks = loader as? any BlockLoader,
        let isPlain = try loadPlainTable(bytes, into: blocks, file, progress)
      {
        return isPlain
      } else {
        do throws(FileError) {
          guard try Self.readRest(of: source, into: &bytes) else { throw Self.tooLarge(path) }
          if encoding == .utf8 {
            // Told anew by the whole text: the first umlaut may come late.
            encoding = TextEncoding(of: bytes)
            bytes = try encoding.utf8(bytes, path: path)
          }
        } catch {
          throw HistoryError(error)
        }
        try loadDelimited(bytes, into: loader, file, progress)
      }
    }
    return true
  }

  private static let rowsBetweenProgress = 1 << 16

  /// A document or a table is held whole in memory, so it may not be larger than this, in bytes.
  private static let largestDocument = 2_000_000_000
  /// The longest field of a row in a document.
  private static let longestField = 1 << 20

  /// Reads on to the end; false when there is more than is held in memory.
  private static func readRest(
    of source: ByteSource, into bytes: inout [UInt8]
  ) throws(FileError) -> Bool {
    while try source.read(upTo: 1 << 20, into: &bytes) > 0 {
      guard bytes.count <= largestDocument else { return false }
    }
    return true
  }

  private static func noRowIsJSON(_ path: String) -> HistoryError {
    HistoryError(
      .unusable, path: path, line: 1, what: "none of the first rows is valid JSON",
      expected: "one JSON object a line", remedy: "Download the file again.")
  }

  private static func tooLarge(_ path: String) -> FileError {
    FileError(
      kind: .unusable, path: path, what: "the document is larger than 2 GB",
      expected: "documents that fit into memory",
      remedy: "Export it as JSON Lines, which may be of any size, or in pages.")
  }

  // MARK: - JSON

  private func loadLines(
    _ head: [UInt8], into loader: any RowLoader, _ file: FileImport, _ progress: (Int) -> Void
  ) throws(HistoryError) {
    let parser = JSONRowParser(fields: loader.fields)
    func load(_ bytes: Span<UInt8>, line: Int) throws(HistoryError) {
      if parser.parse(bytes) == .object || Self.isRepaired(parser, file) {
        try loader.load(parser, line: line)
      } else if !Self.isBlank(bytes) {
        try reject(parser, line: line, file)
      }
    }
    if let loader = loader as? any BlockLoader {
      try loadBlocks(head, into: loader, file, progress) { (bytes, line) throws(HistoryError) in
        try load(bytes, line: line)
      }
      return
    }
    var lines = LineReader(source, startingWith: head)
    while let line = try Self.next(&lines) {
      switch line {
      case .tooLong(let length): try file.rejectLongLine(line: lines.lineNumber, length: length)
      case .bytes(let range):
        let number = lines.lineNumber
        try lines.withLine(range) { (bytes) throws(HistoryError) in
          try load(bytes, line: number)
        }
      }
      if lines.lineNumber & (Self.rowsBetweenProgress - 1) == 0 { progress(lines.lineNumber) }
    }
  }

  private func loadBlocks<Loader: BlockLoader>(
    _ head: [UInt8], into loader: Loader, _ file: FileImport, _ progress: (Int) -> Void,
    _ readCarefully: (Span<UInt8>, Int) throws(HistoryError) -> Void
  ) throws(HistoryError) {
    let reader = BlockReader(loader: loader, file: file, isProvisional: false) {
      JSONLinesParser(fields: loader.fields, laxFields: loader.laxFields)
    }
    _ = try reader.load(source, startingWith: head, progress: progress, readCarefully)
  }

  private static func next(_ lines: inout LineReader) throws(HistoryError) -> LineReader.Line? {
    do throws(FileError) {
      return try lines.next()
    } catch {
      throw HistoryError(error)
    }
  }

  private static func isBlank(_ line: Span<UInt8>) -> Bool {
    for index in line.indices where line[index] > UInt8(ascii: " ") { return false }
    return true
  }

  private func load(
    _ envelope: JSONEnvelope, into loader: any RowLoader, _ file: FileImport,
    _ progress: (Int) -> Void
  ) throws(HistoryError) {
    do {
      try envelope.forEachRow(using: JSONRowParser(fields: loader.fields)) { index, line, row in
        if row.outcome != .object, !Self.isRepaired(row, file) {
          try reject(row, line: row.errorPosition.line, file)
        } else if row.members.contains(where: { $0.text.count > Self.longestField }) {
          try file.reject(line: line, column: "", "a field of the row is longer than 1 MiB")
          try loader.noteRejected(row)
        } else {
          try loader.load(row, line: line)
        }
        if index & (Self.rowsBetweenProgress - 1) == 0 { progress(index) }
      }
    } catch let error as HistoryError {
      throw error
    } catch {
      throw HistoryError(.failed, path: path, what: "reading the rows failed")
    }
  }

  /// Reads a row anew without halves of characters; false when that is not what is wrong with it.
  private static func isRepaired(_ row: JSONRowParser, _ file: FileImport) -> Bool {
    guard case .invalid = row.outcome,
      let text = row.withText({ LoneSurrogates.replaced(in: $0) })
    else { return false }
    let before = row.errorPosition
    guard JSONRowParser().parse(text.span) == .object else { return false }
    row.parse(text.span, from: before)
    file.repairedRows += 1
    return true
  }

  private func reject(
    _ row: JSONRowParser, line: Int, _ file: FileImport
  ) throws(HistoryError) {
    switch row.outcome {
    case .invalid(let error):
      try file.reject(
        line: line, column: "byte \(row.errorPosition.column)", "not valid JSON: \(error.what)")
    case .other, .object:
      try file.reject(line: line, column: "", "the row is not a JSON object")
    }
  }

  // MARK: - Delimited text

  private func loadDelimited(
    _ bytes: [UInt8], into loader: any RowLoader, _ file: FileImport, _ progress: (Int) -> Void
  ) throws(HistoryError) {
    guard let loader = loader as? any FieldRowLoader else {
      preconditionFailure("\(type(of: loader)) recognised delimited text but cannot read it")
    }
    var reader: DelimitedReader
    let header: [String]
    do throws(FileError) {
      reader = try DelimitedReader(bytes: bytes, path: path)
      header = try reader.next()?.fields ?? []
    } catch {
      throw HistoryError(error)
    }
    let columns = Self.columns(of: loader, in: header, file)
    let texts = RegionalTexts(dateOrder: file.dateOrder, delimiter: reader.delimiter) { [reader] in
      Self.evidence(reader, columns)
    }
    var count = 0
    while try Self.loadRow(of: &reader, header.count, columns, texts, into: loader, file) {
      count += 1
      if count & (Self.rowsBetweenProgress - 1) == 0 { progress(count) }
    }
  }

  /// Loads a table in blocks.
  ///
  /// - Returns: whether it was plain to its end; nil when nothing was done, because the header tells that
  ///   it cannot be.
  private func loadPlainTable<Loader: BlockLoader>(
    _ head: [UInt8], into loader: Loader, _ file: FileImport, _ progress: (Int) -> Void
  ) throws(HistoryError) -> Bool? {
    var header: [String] = []
    let table = PlainTable(path: path, head: head, loader) { titles in
      header = titles
      return Self.columns(of: loader, in: titles, nil)
    }
    guard let table, let careful = loader as? any FieldRowLoader else { return nil }
    let columns = Self.columns(of: loader, in: header, file)
    let reader = BlockReader(loader: loader, file: file, isProvisional: true) {
      DelimitedLinesParser(table.layout)
    }
    file.holdRejections()
    let isPlain = try reader.load(
      source, startingWith: table.beginning, firstLine: table.line, progress: progress
    ) { (bytes, line) throws(HistoryError) in
      var rows = DelimitedReader(rows: Array(copying: bytes), from: line, as: table.reader)
      while try Self.loadRow(of: &rows, header.count, columns, file.texts, into: careful, file) {}
    }
    if isPlain { try file.releaseRejections() }
    return isPlain
  }

  /// Loads the next row, or says why it cannot be read; false behind the last.
  private static func loadRow(
    of reader: inout DelimitedReader, _ columnCount: Int, _ columns: [[Int]],
    _ texts: RegionalTexts, into loader: any FieldRowLoader, _ file: FileImport
  ) throws(HistoryError) -> Bool {
    let row: (line: Int, fields: [String])?
    do throws(FileError) {
      row = try reader.next()
    } catch {
      try file.reject(line: error.line ?? 0, column: "", error.what)
      return true
    }
    guard let row else { return false }
    if row.fields.count > columnCount, row.fields[columnCount...].contains(where: { $0 != "" }) {
      try file.reject(line: row.line, column: "", "the row has more fields than the header")
      return true
    }
    let values = columns.map { Self.value(of: $0, in: row.fields) }
    let number = loader.numbersRows ? TextNumber(row.fields).value : 0
    try loader.load(FieldRow(line: row.line, values: values, texts: texts, number: number))
    return true
  }

  /// The columns of each field of a loader; tells the file the columns that no field goes by.
  private static func columns(
    of loader: any RowLoader, in header: [String], _ file: FileImport?
  ) -> [[Int]] {
    var columns = [[Int]](repeating: [], count: loader.fields.count)
    let fieldsByName = Dictionary(
      loader.fields.enumerated().flatMap { field, names in
        names.map { (HeaderNames.canonical($0), field) }
      }, uniquingKeysWith: { first, _ in first })
    file?.isTable = true
    var names: Set<String> = []
    for (column, title) in header.enumerated() {
      let name = title.trimmingSpaces()
      let canonical = HeaderNames.canonical(name)
      if let field = fieldsByName[canonical] {
        columns[field].append(column)
        if !names.insert(canonical).inserted { file?.note(repeatedColumn: name) }
      } else {
        file?.note(unknownColumn: name.utf8Span.span)
      }
    }
    return columns
  }

  /// The value of a field that stands in some columns: of several the first that is not empty.
  private static func value(of columns: [Int], in fields: [String]) -> FieldValue? {
    guard let first = columns.first else { return nil }
    let filled =
      columns.count == 1
      ? first
      : columns.first { $0 < fields.count && !fields[$0].trimmingSpaces().isEmpty } ?? first
    return filled < fields.count ? .text(fields[filled]) : .null
  }

  /// What the values of each field tell about how the table writes dates and numbers.
  private static func evidence(
    _ reader: DelimitedReader, _ columns: [[Int]]
  ) -> [RegionalTexts.Evidence] {
    var reader = reader
    var evidence = [RegionalTexts.Evidence](repeating: .init(), count: columns.count)
    while true {
      do throws(FileError) {
        guard let row = try reader.next() else { return evidence }
        for (field, columns) in columns.enumerated() {
          if case .text(let text) = value(of: columns, in: row.fields) {
            evidence[field].add(text)
          }
        }
      } catch {
        // The row will be rejected when its turn comes.
        continue
      }
    }
  }
}
