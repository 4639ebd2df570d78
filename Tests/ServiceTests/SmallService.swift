import Access
import Files
import Glibc
import HTTPServer
import History
import Service
import TestSupport
import UsagePage

/// A service over two exports of three subscriptions, two of which Dana looks after, and scores of two.
final class SmallService {
  let folder: TemporaryFolder
  let service: Service
  /// Tokens by role.
  private(set) var tokens: [Role: String] = [:]
  /// What whoever runs it was told.
  let messages = Messages()

  init(listen: String = "127.0.0.1:0", isBehindProxy: Bool = false) throws {
    let folder = TemporaryFolder()
    self.folder = folder
    try Self.write(
      folder["2026-01-05.json"],
      Self.envelope([Self.row(1), Self.row(2), Self.row(3, status: "SUSPENDED")]))
    try Self.write(
      folder["2026-01-12.json"], Self.envelope([Self.row(1), Self.row(2), Self.row(3)]))
    try Self.write(
      folder["usage-2026-01-12.json"],
      Self.envelope([
        Self.usage(1, "2026-01-07", 5), Self.usage(1, "2026-01-08", 7),
        Self.usage(2, "2026-01-08", 11),
      ]))
    try Self.write(
      folder["owners.csv"],
      "customerTenantId,accountManager,email\n\(guid(1_001)),Dana,d@b.example\n"
        + "\(guid(1_003)),Dana,d@b.example\n\(guid(1_002)),Lee,l@b.example\n")
    try Self.importFiles(
      ["2026-01-05.json", "2026-01-12.json", "usage-2026-01-12.json", "owners.csv"], of: folder)
    try Self.write(folder["at-risk.json"], Self.scores(of: [1, 2]))
    for role in Role.allCases {
      let request = TokenRequest(
        name: "The \(role.rawValue)", role: role,
        accountManager: role == .salesAgent ? "Dana" : nil,
        expiresOn: nil)
      tokens[role] = try TokenFile.add(
        request, to: folder["tokens.json"], on: UTCTime.now().day
      ).token
    }
    let messages = messages
    service = try Service(Self.settings(folder, listen, isBehindProxy)) { messages.add($0) }
  }

  deinit {
    service.stop()
    // A folder inside of the test's own.
    let activity = ActivityFolder(folder["activity"])
    for day in activity.days { unsafe unlink(activity.file(of: day)) }
    unsafe rmdir(activity.path)
  }

  private static func settings(
    _ folder: TemporaryFolder, _ listen: String, _ isBehindProxy: Bool
  ) throws -> ServiceSettings {
    guard let address = ListenAddress(listen) else { preconditionFailure("no address") }
    return ServiceSettings(
      places: DataPlaces(
        store: folder["h.sqlite"], scores: folder["at-risk.json"],
        page: PageFiles(model: folder["model"]), owners: nil),
      address: address, tokens: folder["tokens.json"], activity: ActivityFolder(folder["activity"]),
      tls: nil, isBehindProxy: isBehindProxy, threads: 2)
  }

  /// Asks for something, as a role or as nobody.
  func get(
    _ target: String, as role: Role?, _ headers: [String: String] = [:], method: String = "GET"
  ) -> Client.Answer {
    var headers = headers
    if let role, let token = tokens[role] { headers["Authorization"] = "Bearer \(token)" }
    let client = Client(port: service.address.port)
    return client.get(target, headers, method: method) ?? Client.Answer()
  }

  /// Sends a body.
  func post(
    _ target: String, _ body: String, as role: Role? = nil, _ headers: [String: String] = [:],
    method: String = "POST"
  ) -> Client.Answer {
    var headers = headers
    if let role, let token = tokens[role] { headers["Authorization"] = "Bearer \(token)" }
    let client = Client(port: service.address.port)
    return client.post(target, body, headers, method: method) ?? Client.Answer()
  }

  /// The answer's JSON.
  func json(_ target: String, as role: Role = .globalAdmin) throws -> JSONValue {
    try JSONValue(parsing: Array(get(target, as: role).body.utf8), path: target)
  }

  static func importFiles(
    _ names: [String], of folder: TemporaryFolder, into name: String = "h.sqlite"
  ) throws {
    let store = try HistoryStore.open(folder[name], for: .importing)
    let report = try Importer(store).import(paths: names.map { folder[$0] })
    precondition(report.failure == nil && report.hasImported, "\(report)")
  }

  // MARK: - Files

  static func write(_ path: String, _ text: String) throws {
    try writeFile(path) { try $0.write(text) }
  }

  static func envelope(_ rows: [String]) -> String {
    "{\"Value\":[\(rows.joined(separator: ",\n"))],\"@nextLink\":null,\"TotalCount\":\(rows.count)}"
  }

  static func row(_ number: Int, status: String = "ACTIVE") -> String {
    """
    {"customerTenantId":"\(guid(1_000 + number))","customerName":"Customer \(number)","customerMarket":"US",
     "id":"\(guid(number))","status":"\(status)","subscriptionType":"Azure","friendlyName":"Plan \(number)",
     "creationDate":"2025-01-01T00:00:00","partnerId":"1000001","partnerName":"Reseller"}
    """
  }

  static func usage(_ number: Int, _ day: String, _ quantity: Int) -> String {
    """
    {"customerTenantId":"\(guid(1_000 + number))","customerName":"Customer \(number)",
     "subscriptionId":"\(guid(number))","subscriptionName":"Plan \(number)","usageDate":"\(day)T00:00:00",
     "meterCategory":"Storage","meterUnit":"1 GB","quantity":\(quantity)}
    """
  }

  static func scores(of numbers: [Int], probability: Double = 0.25) -> String {
    let rows = numbers.enumerated().map { index, number in
      """
      {"rank":\(index + 1),"subscriptionId":"\(guid(number))","customerTenantId":"\(guid(1_000 + number))",
       "customerName":"Customer \(number)","churnProbability":\(probability),"riskBand":"high","atRisk":true,
       "value":4711.5,"valueBasis":"cost","currency":"USD","expectedLoss":1177.875,"logOdds":-1.1,
       "reasons":[],"mitigating":[],"otherContributions":0,"deadlines":[]}
      """
    }
    return """
      {"schemaVersion":1,"asOf":"2026-01-12","dataThrough":"2026-01-10","lagDays":2,"horizonDays":28,
       "churnDefinition":{"events":["suspended"],"text":"suspended"},
       "model":{"name":"m","learner":"logistic","trainedThrough":"2025-12-01","sha256":"","baseRate":0.02,
                "grade":"B","bias":0,"calibration":{"method":"identity"}},
       "bands":{"high":0.1,"medium":0.05},"attention":[],"summary":{},
       "subscriptions":[\(rows.joined(separator: ","))],"excluded":[]}
      """
  }
}
