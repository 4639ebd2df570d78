import TestSupport
import Files
import FoundationEssentials
import History

@testable import Simulation

/// A folder for one simulation, removed with everything in it.
final class SimulationScratch {
  let path = FileManager.default.temporaryDirectory.path + "/churn-risk-\(UUID().uuidString)"

  deinit { try? FileManager.default.removeItem(atPath: path) }

  subscript(name: String) -> String { path + "/" + name }

  /// Every file below the folder by its relative path.
  func files() throws -> [String: [UInt8]] {
    var files: [String: [UInt8]] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: path) {
      var isFolder = false
      _ = FileManager.default.fileExists(atPath: self[name], isDirectory: &isFolder)
      guard !isFolder else { continue }
      files[name] = FileManager.default.contents(atPath: self[name]).map { Array($0) }
    }
    return files
  }

  static func table(_ bytes: [UInt8]) throws -> [[String]] {
    var reader = try DelimitedReader(bytes: bytes, path: "table")
    var rows: [[String]] = []
    while let (_, fields) = try reader.next() { rows.append(fields) }
    return rows
  }
}

/// What a simulation wrote, read back from its files and nothing else.
struct SimulatedPartner {
  /// The fields of a subscription row that tests look at.
  enum Field: Int, CaseIterable {
    case partnerTenantId, customerTenantId, customerName, id, status, subscriptionType, partnerId
    case autoRenewEnabled, providerName, creationDate, effectiveStartDate, commitmentEndDate
    case currentStateEndDate, trialToPaidConversionDate, trialStartDate, trialEndDate
    case lastUsageDate, deprovisionedDate, lastRenewalDate, licenseCount, churnRisk

    static let names = allCases.map { ["\($0)"] }
  }

  struct Row {
    var day: CalendarDay
    /// By `Field`; nil is null or absent, numbers and booleans are as written.
    var texts: [String?]

    subscript(field: Field) -> String? { texts[field.rawValue] }
    func date(_ field: Field) -> CalendarDay? {
      self[field].flatMap { CalendarDay(String($0.prefix(10))) }
    }
    var isAzure: Bool { self[.subscriptionType] == "Azure" }
  }

  struct Line: Hashable {
    var subscriptionId: String
    var customerTenantId: String
    var customerName: String
    var usageDate: CalendarDay
  }

  /// Ascending.
  var exportDays: [CalendarDay] = []
  var rows: [CalendarDay: [Row]] = [:]
  var lines: [CalendarDay: [Line]] = [:]
  /// Without the header.
  var truth: [[String]] = []
  var summary = SimulationSummary()

  /// Written and read once for all tests; small, because the tests run without optimisation.
  static let small = Result { () throws -> SimulatedPartner in
    var parameters = SimulationParameters(subscriptions: 240, weeks: 40)
    parameters.windDownPerWeek = 0.004
    return try SimulatedPartner(parameters)
  }

  init(_ parameters: SimulationParameters) throws {
    let scratch = SimulationScratch()
    summary = try Simulation(parameters).write(to: scratch.path)
    let names = try FileManager.default.contentsOfDirectory(atPath: scratch.path)
    exportDays = names.compactMap { CalendarDay($0) }.sorted()
    for day in exportDays {
      rows[day] = try Self.rows(ofFile: scratch["\(day)/subscriptions.json"], day)
      lines[day] = try Self.lines(ofFile: scratch["\(day)/usage.jsonl.gz"])
    }
    truth = try Array(
      SimulationScratch.table(contents(ofFile: scratch["truth.csv"])).dropFirst())
  }

  var allRows: [Row] { exportDays.flatMap { rows[$0] ?? [] } }

  /// Rows of each Azure subscription, by id, in the order of their days.
  var azureHistories: [[Row]] {
    Dictionary(grouping: allRows.filter(\.isAzure)) { $0[.id] ?? "" }
      .sorted { $0.key < $1.key }.map(\.value)
  }

  private static func rows(ofFile path: String, _ day: CalendarDay) throws -> [Row] {
    var rows: [Row] = []
    let envelope = try JSONEnvelope(contents(ofFile: path), path: path)
    try envelope.forEachRow(using: JSONRowParser(fields: Field.names)) { _, _, parser in
      var texts = [String?](repeating: nil, count: Field.allCases.count)
      for index in 0..<parser.count where parser[index].field >= 0 && !parser.isNull(index) {
        texts[parser[index].field] =
          parser.string(index) ?? parser.bool(index).map { "\($0)" }
          ?? parser.int(index).map { "\($0)" }
      }
      rows.append(Row(day: day, texts: texts))
    }
    return rows
  }

  private static func lines(ofFile path: String) throws -> [Line] {
    var reader = try LineReader(ByteSource(path: path))
    let names = ["subscriptionId", "customerTenantId", "customerName", "usageDate"]
    let parser = JSONRowParser(fields: names.map { [$0] })
    var lines: [Line] = []
    while let line = try reader.next() {
      guard case .bytes(let range) = line else { continue }
      reader.withLine(range) { _ = parser.parse($0) }
      let texts = names.indices.map {
        parser.index(ofField: $0).flatMap { parser.string($0) } ?? ""
      }
      lines.append(
        Line(
          subscriptionId: texts[0], customerTenantId: texts[1], customerName: texts[2],
          usageDate: CalendarDay(String(texts[3].prefix(10))) ?? CalendarDay(daysSinceEpoch: 0)))
    }
    return lines
  }
}
