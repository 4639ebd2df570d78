import TestSupport
import Glibc

@testable import History

/// A folder for the exports and the store of one test, removed with everything in it at the end.
final class ExportFolder {
  let path: String

  init() {
    var template = Array("/tmp/churn-risk-history-XXXXXX".utf8CString)
    // SAFETY: mkdtemp changes the six last characters of the terminated string in place.
    let made = unsafe template.withUnsafeMutableBufferPointer {
      unsafe $0.baseAddress.map { unsafe mkdtemp($0) != nil } ?? false
    }
    precondition(made, "no temporary folder")
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit { Self.remove(path) }

  /// Links are removed and not followed.
  private static func remove(_ path: String) {
    // SAFETY: the string lives as a C string for the duration of the calls.
    guard unsafe unlink(path) != 0 else { return }
    for name in visibleNames(inFolder: path) ?? [] { remove("\(path)/\(name)") }
    _ = unsafe rmdir(path)
  }

  subscript(name: String) -> String { path + "/" + name }
  var storePath: String { self["store.sqlite"] }

  /// Writes a file, and the folders it is in.
  @discardableResult
  func write(_ name: String, _ text: String) -> String { write(name, bytes: Array(text.utf8)) }

  @discardableResult
  func write(_ name: String, bytes: [UInt8]) -> String {
    var folder = path
    for part in name.split(separator: "/").dropLast() {
      folder += "/\(part)"
      // SAFETY: the string lives as a C string for the duration of the call.
      _ = unsafe mkdir(folder, 0o700)
    }
    // SAFETY: the strings live as C strings for the duration of the call; the file is closed once.
    guard let file = unsafe fopen(self[name], "w") else { preconditionFailure("cannot write") }
    _ = unsafe bytes.withUnsafeBytes { unsafe fwrite($0.baseAddress, 1, $0.count, file) }
    _ = unsafe fclose(file)
    return self[name]
  }

  func bytes(_ name: String) -> [UInt8]? {
    guard let file = unsafe fopen(self[name], "r") else { return nil }
    defer { unsafe _ = fclose(file) }
    var bytes: [UInt8] = []
    while true {
      let byte = unsafe fgetc(file)
      if byte < 0 { return bytes }
      bytes.append(UInt8(byte))
    }
  }

  /// Sets the day of the last modification, at noon UTC.
  func setModificationDay(_ name: String, _ day: CalendarDay) {
    let noon = timespec(tv_sec: Int(day.daysSinceEpoch) * 86_400 + 43_200, tv_nsec: 0)
    // SAFETY: the array holds the two times the call reads.
    _ = unsafe utimensat(AT_FDCWD, self[name], [noon, noon], 0)
  }

  func permissions(_ name: String) -> UInt32 {
    var status = stat()
    // SAFETY: `status` outlives the call.
    return unsafe stat(self[name], &status) == 0 ? status.st_mode & 0o777 : 0
  }

  func has(_ name: String) -> Bool {
    // SAFETY: the string lives as a C string for the duration of the call.
    unsafe access(self[name], F_OK) == 0
  }

  // MARK: - The store

  /// Imports files by name into the folder's store.
  @discardableResult
  func `import`(
    _ names: String..., on day: String? = nil, source: String? = nil, dryRun: Bool = false,
    rejectsFile: String? = nil
  ) throws -> ImportReport {
    let store = try HistoryStore.open(
      storePath, for: dryRun ? .rehearsing : .importing, patience: 50)
    return try Importer(store).import(
      paths: names.map { self[$0] }, observedOn: day.flatMap { CalendarDay($0) }, source: source,
      rejectsFile: rejectsFile, dryRun: dryRun)
  }

  func reading() throws -> HistoryStore {
    try HistoryStore.open(storePath, for: .reading, patience: 50)
  }

  /// Everything that the store answers to its readers, as text.
  func logicalDump() throws -> String { try reading().logicalDump() }
}

extension HistoryStore {
  /// Every customer, in order.
  func customers() throws -> [CustomerHistory] {
    var all: [CustomerHistory] = []
    try forEachCustomerBatch(size: 3) { all += $0 }
    return all
  }

  /// Every contact, whichever file it is from.
  private func contactRows() throws -> [String] {
    let ids = try customers().flatMap { $0.subscriptions.map(\.id) }
    guard let end = CalendarDay("9999-12-31") else { return [] }
    return ids.flatMap { contacts.contacts(about: $0, through: end) }.map { "\($0)" }
  }

  /// The same wherever the store is.
  func logicalDump() throws -> String {
    var lines = sources.map { "\($0)" } + meters.map { "\($0)" } + exclusions.map { "\($0)" }
    lines += owners.rules.map { "\($0)" }
    lines += try contactRows()
    lines += try customers().map { "\($0)" }
    lines.append("\(try status())")
    lines += try events().map { "\($0)" }
    lines += try usageNames().map { "\($0)" }.sorted()
    lines += try ContextTable.all.flatMap { try contextRows($0.resource) }.map {
      "\($0.table.resource) \($0.source) \($0.observedOn) \($0.values)"
    }.sorted()
    let folder = path.split(separator: "/").dropLast().joined(separator: "/")
    return lines.joined(separator: "\n").replacing("/" + folder, with: "")
  }
}

/// A row of the subscription analytics, with the members given last, as JSON.
func subscriptionRow(
  _ id: Int, tenant: Int = 1, status: String = "ACTIVE", _ more: String...
) -> String {
  let members =
    [
      "\"customerTenantId\":\"\(guid(900 + tenant).description.uppercased())\"",
      "\"customerName\":\"Customer \(tenant)\"", "\"customerMarket\":\"US\"",
      "\"id\":\"\(guid(id).description.uppercased())\"", "\"status\":\"\(status)\"",
      "\"productName\":\"AZURE PLAN\"", "\"subscriptionType\":\"Azure\"",
      "\"autoRenewEnabled\":true",
    ] + more
  return "{\(members.joined(separator: ","))}"
}

/// A row of the Azure usage analytics, as JSON.
func usageRow(
  _ id: Int, _ day: String, _ quantity: String, meter: String = "Compute", tenant: Int = 1
) -> String {
  """
  {"customerTenantId":"\(guid(900 + tenant).description.uppercased())","customerName":"Customer \
  \(tenant)","subscriptionId":"\(guid(id).description.uppercased())","subscriptionName":"S\(id)",\
  "usageDate":"\(day)T00:00:00","resourceLocation":"useast","meterCategory":"\(meter)",\
  "meterSubcategory":"None","meterUnit":"10,000s","reservationOrderId":"","reservationId":"",\
  "consumptionMeterId":"","serviceType":"","quantity":\(quantity)}
  """
}

/// A row of Microsoft Graph's billing usage, as JSON.
func graphRow(
  _ id: Int, _ day: String, quantity: String, cost: String?, resource: String = "vm-a",
  currency: String = "EUR", charge: String = "new", _ more: String...
) -> String {
  let total = cost.map { "\"BillingPreTaxTotal\":\($0)," } ?? ""
  let added = more.map { "," + $0 }.joined()
  return """
    {"PartnerId":"\(guid(800))","CustomerId":"\(guid(901))","CustomerName":"Contoso",\
    "SubscriptionId":"\(guid(7))","EntitlementId":"\(guid(id))","EntitlementDescription":"Prod",\
    "UsageDate":"\(day)T00:00:00Z","MeterCategory":"Virtual Machines","MeterSubCategory":"Dv3",\
    "MeterName":"D2 v3","MeterId":"m-1","Unit":"1 Hour","ResourceLocation":"westeurope",\
    "ResourceURI":"/\(resource)","ChargeType":"\(charge)","Quantity":\(quantity),\(total)\
    "BillingCurrency":"\(currency)"\(added)}
    """
}

/// Rows in the envelope of the analytics API.
func envelope(_ rows: [String], nextLink: String = "null", totalCount: Int? = nil) -> String {
  let total = totalCount.map { ",\"TotalCount\":\($0)" } ?? ""
  return "{\"Value\":[\(rows.joined(separator: ","))],\"@nextLink\":\(nextLink)\(total)}"
}

/// Rows as JSON Lines.
func jsonLines(_ rows: [String]) -> String { rows.map { $0 + "\n" }.joined() }
