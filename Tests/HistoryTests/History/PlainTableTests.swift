import Files
import ForkJoin
import TestSupport
import Testing

@testable import History

/// The fast path of usage tables against the path that reads row by row.
@Suite(.serialized) struct PlainTableTests {
  private static let header = [
    "customerTenantId", "customerName", "subscriptionId", "subscriptionName", "usageDate",
    "resourceLocation", "meterCategory", "meterSubcategory", "meterUnit", "reservationOrderId",
    "reservationId", "consumptionMeterId", "serviceType", "quantity", "partnerTenantId", "note",
  ]

  /// Rows of which some are odd, wrong, of no use or repeated; when not plain, the last one has the whole
  /// table read carefully.
  private static func table(
    _ count: Int, seed: UInt64, separator: String, lineEnd: String, isPlain: Bool
  ) -> String {
    var generator = SeededGenerator(seed: seed)
    var lines = [header.joined(separator: separator)]
    for number in 0..<count {
      let id = Int.random(in: 1...40, using: &generator)
      let date = day("2025-01-01") + Int.random(in: 0..<70, using: &generator)
      let quantity = Double(Int.random(in: 0...4_000, using: &generator)) / 8
      var fields = [
        "\(guid(900 + id % 7))", "Customer \(id % 7)", "\(guid(id))", "S\(id)",
        "\(date)T00:00:00", "useast", "Meter \(Int.random(in: 0...5, using: &generator))", "None",
        "\"10\(separator)000s\"", "", "", "", "", "\(quantity)", "", "x",
      ]
      let draw = Int.random(in: 0...30, using: &generator)
      switch isPlain ? draw : number < count - 1 ? 30 : 31 + draw % 6 {
      case 0: fields[1] = "\"Cust \"\"omer\"\"\""
      case 1: fields[13] = "-\(quantity)"
      case 2: fields[4] = "2025-02-30"
      case 3: fields[2] = ""
      case 4: fields[2] = "no id"
      case 5: fields[2] = "\(GUID.zero)"
      case 6: fields.removeLast(3)
      case 7: fields.removeLast(Int.random(in: 4...15, using: &generator))
      case 8: fields.append("")
      case 9: fields.append("more")
      case 10: fields[13] = "\"\(quantity)\""
      case 11: fields[13] = "1e-3"
      case 12: fields[13] = " 5 "
      case 13: fields[13] = ""
      case 14: fields[13] = "none"
      case 15: fields[2] = " {\(guid(id))} "
      case 16: fields[7] = "in\"side"
      case 17: fields[7] = "\"\""
      case 18: fields[14] = "P"
      case 19: fields[14] = "Q"
      case 20: fields = [" "]
      case 21: fields = []
      case 22: fields[7] = "r\re"
      case 23: fields[13] = "123456789012345678901234.5"
      case 24: fields[4] = "0001-01-01T00:00:00"
      case 25: fields = ["sep=;"]
      case 26: fields[6] = "Größe"
      case 27: fields = header
      case 28: fields[7] = "\"No\"\"ne\"\"\""
      case 29: fields[7] = "No\"\"ne\"\""
      case 31: fields[7] = "\"a line\nand another\""
      case 32: fields[7] = "\"open"
      case 33: fields[7] = "\"closed\" and more"
      case 34: fields[4] = "03/04/2025"
      case 35: fields[13] = "\"1,5\""
      case 36: fields[7] = String(repeating: "long ", count: 300_000)
      default: break
      }
      lines.append(fields.joined(separator: separator))
    }
    let text = lines.joined(separator: lineEnd)
    return seed.isMultiple(of: 2) ? text + lineEnd : text
  }

  /// What is left when a loader is not known to take blocks.
  private final class CarefulLoader: FieldRowLoader {
    private let base: any FieldRowLoader

    init(_ base: any FieldRowLoader) { self.base = base }

    var fields: [[String]] { base.fields }
    var file: FileImport { base.file }
    func load(_ row: FieldRow) throws(HistoryError) { try base.load(row) }
    func finish() throws(HistoryError) { try base.finish() }
  }

  /// What an import of a table says and leaves behind; nil when it asks to be read carefully.
  private static func attempt(_ path: String, isCareful: Bool) throws -> [String]? {
    let store = try HistoryStore.inMemory(for: "")
    let observedOn = day("2025-03-01")
    let transaction = try ImportTransaction(store, observedOn: observedOn)
    var rejections: [Rejection] = []
    let file = FileImport(
      path: "", transaction: transaction, namedSource: nil, onRejection: { rejections.append($0) })
    var reader = try RowReader(path: path, isCareful: isCareful)
    var loader = AzureUsageAnalytics().loader(file)
    if isCareful, let base = loader as? any FieldRowLoader { loader = CarefulLoader(base) }
    guard try reader.load(into: loader, file, progress: { _ in }) else {
      #expect(rejections.isEmpty)
      return nil
    }
    try loader.finish()
    let identity = ImportIdentity(
      source: file.source, resource: .usage, observedOn: observedOn, sha256: reader.sha256)
    try transaction.commit(
      ImportRow(id: 1, identity: identity, format: "", file: "", dayOrigin: .option),
      notes: file.notes)
    try store.refresh()
    return [
      try store.logicalDump(), "\(file.rowsAccepted) \(file.rowsRejected) \(file.rowsIgnored)",
      "\(transaction.usage)", "\(rejections)", "\(file.notes)", file.source,
      "\(file.rowsOfOtherPartners)", reader.sha256,
    ]
  }

  private static func outcome(_ path: String, isCareful: Bool) throws -> [String] {
    if let outcome = try attempt(path, isCareful: isCareful) { return outcome }
    return try #require(try attempt(path, isCareful: true))
  }

  private static func isReadInBlocks(_ path: String) throws -> Bool {
    try attempt(path, isCareful: false) != nil
  }

  @Test(arguments: UInt64(1)...6)
  func `says and stores what the careful path does, for any number of threads`(
    seed: UInt64
  ) throws {
    defer { ThreadCount.set(0) }
    let folder = ExportFolder()
    let text = Self.table(
      4_000, seed: seed, separator: [",", ";", "\t"][Int(seed % 3)],
      lineEnd: seed % 4 < 2 ? "\n" : "\r\n", isPlain: true)
    let path = folder.write("usage.csv", (seed == 5 ? "\u{FEFF}\n" : "") + text)
    #expect(try Self.isReadInBlocks(path))
    let careful = try Self.outcome(path, isCareful: true)
    for threads in [1, 2, 3] {
      ThreadCount.set(threads)
      let fast = try Self.outcome(path, isCareful: false)
      for (left, right) in zip(careful, fast) { #expect(left == right) }
    }
  }

  /// The odd rows are the last ones, so that everything before them is known to be plain.
  @Test(arguments: UInt64(1)...60)
  func `what one row tells about others has the table read carefully`(seed: UInt64) throws {
    let folder = ExportFolder()
    let text = Self.table(
      40, seed: seed, separator: seed % 3 == 0 ? ";" : ",", lineEnd: seed % 2 == 0 ? "\n" : "\r\n",
      isPlain: false)
    let path = folder.write("usage.csv", text)
    #expect(
      try Self.outcome(path, isCareful: true) == Self.outcome(path, isCareful: false))
  }

  @Test(
    arguments: [
      "\"two\nlines\"", "\"open", "\"closed\" more", String(repeating: "x", count: 1 << 21),
    ])
  func `a row that is not a line by itself is not read in blocks`(field: String) throws {
    let folder = ExportFolder()
    let header = "subscriptionId,usageDate,meterCategory,quantity\n"
    let row = "\(guid(1)),2025-01-01,Storage,1\n"
    #expect(try Self.isReadInBlocks(folder.write("plain.csv", header + row)))
    let text = header + row + "\(guid(1)),2025-01-01,\(field),2\n" + row
    #expect(try !Self.isReadInBlocks(folder.write("odd.csv", text)))
  }

  @Test(
    arguments: [
      ("1.5", true), ("1.500", false), ("1.500\n1.5", true), ("1,5", false), ("\"1,5\"", false),
      ("1.000.000", false), ("1 000", false), ("none", true), ("", true), ("1e5", true),
      (".125", false),
    ])
  func `a number that tells about others, or asks them, is not read in blocks`(
    number: String, isPlain: Bool
  ) throws {
    let folder = ExportFolder()
    let rows = number.split(separator: "\n", omittingEmptySubsequences: false).map {
      "\(guid(1));2025-01-01;Storage;\($0)\n"
    }
    // One row that can be used, because a table without any is another matter.
    let text =
      "subscriptionId;usageDate;meterCategory;quantity\n\(guid(1));2025-01-01;Storage;7\n"
      + rows.joined()
    #expect(try Self.isReadInBlocks(folder.write("usage.csv", text)) == isPlain)
  }

  @Test(
    arguments: [
      ("2025-01-01", true), ("2025-01-01T10:00:00Z", true), ("2025-02-30", true), ("", true),
      ("none", true), ("03/04/2025", false), ("2025-13-01", false), ("20250101", false),
    ])
  func `a date that another region writes is not read in blocks`(
    date: String, isPlain: Bool
  ) throws {
    let folder = ExportFolder()
    let text = "subscriptionId,usageDate,meterCategory,quantity\n\(guid(1)),\(date),Storage,1\n"
    #expect(try Self.isReadInBlocks(folder.write("usage.csv", text)) == isPlain)
  }

  @Test func `text that is no UTF-8 late in the file is not read in blocks`() throws {
    let folder = ExportFolder()
    let header = "subscriptionId,usageDate,meterCategory,quantity\n"
    let row = "\(guid(1)),2025-01-01,Storage,1\n"
    let text = header + String(repeating: row, count: 20_000)
    let path = folder.write("usage.csv", bytes: Array(text.utf8) + [0xE4, 0x0A])
    #expect(try !Self.isReadInBlocks(path))
  }

  @Test func `a gzipped table is read in blocks, and standard input is not`() throws {
    let folder = ExportFolder()
    let text = "subscriptionId,usageDate,meterCategory,quantity\n\(guid(1)),2025-01-01,Storage,1\n"
    try writeFile(folder["usage.csv.gz"], gzip: true) { try $0.write(text) }
    #expect(try Self.isReadInBlocks(folder["usage.csv.gz"]))
    #expect(try folder.import("usage.csv.gz", on: "2025-03-01").files[0].rowsAccepted == 1)
  }
}
