import Files
import History
import TestSupport
import Testing

@testable import Access

struct TokenFileTests {
  private let folder = TemporaryFolder()
  private var path: String { folder["tokens.json"] }
  private let today = day("2026-11-26")

  private func request(
    _ name: String = "Ann", _ role: Role = .adminAgent, manager: String? = nil,
    expires: String? = "2027-11-26"
  ) -> TokenRequest {
    TokenRequest(
      name: name, role: role, accountManager: manager, expiresOn: expires.map { day($0) })
  }

  @discardableResult
  private func add(_ request: TokenRequest) throws -> IssuedToken {
    try TokenFile.add(request, to: path, on: today)
  }

  private func write(_ text: String) throws { try writeFile(path) { try $0.write(text) } }

  @Test func `a new token opens what it should, and the file never holds its secret`() throws {
    let issued = try add(request(" Ann Lee\t", .salesAgent, manager: "Ann"))
    let registry = try TokenFile.read(path)
    #expect(registry.records == [issued.record])
    #expect(issued.record.name == "Ann Lee" && issued.record.accountManager == "Ann")
    #expect(registry.verify(issued.token, on: today) == .valid(issued.record))
    #expect(permissionBits(ofPath: path) == 0o600)
    let secret = try #require(PresentedToken(issued.token.utf8)).secret
    #expect(!(try Sample.text(path)).contains(secret))
    #expect(folder.names == ["tokens.json", "tokens.json.lock"])
  }

  @Test func `names of every kind come back as they are`() throws {
    for name in HostileNames.all where name.count <= 200 && !name.allSatisfy(\.isWhitespace) {
      try add(request(name))
    }
    let names = try TokenFile.read(path).records.map(\.name)
    #expect(names.contains("<script>alert(1)</script>") && names.contains("\u{1B}[31mred"))
    #expect(names.contains("two\r\nlines") && names.contains("\"quoted\""))
    #expect(names.count > 15)
  }

  @Test func `a request that contradicts itself is refused, and changes nothing`() throws {
    try add(request())
    let before = try Sample.text(path)
    let long = String(repeating: "é", count: 201)
    let cases: [(TokenRequest, AccessError)] = [
      (request(""), .nameMissing), (request(" \n"), .nameMissing),
      (request(long), .textTooLong(201, limit: 200)),
      (request("A", .salesAgent), .accountManagerMissing),
      (request("A", .salesAgent, manager: " "), .accountManagerMissing),
      (request("A", .reportViewer, manager: "Ann"), .accountManagerRefused(.reportViewer)),
      (
        request(expires: "2026-11-25"),
        .expiresInThePast(day("2026-11-25"), today: today)
      ),
    ]
    for (request, error) in cases {
      #expect(throws: error) { try add(request) }
      #expect(!error.description.isEmpty)
    }
    #expect(throws: AccessError.forbiddenRole(.globalAdmin)) {
      try TokenFile.add(
        request("A", .globalAdmin), to: path, on: today,
        mayManage: Permissions(.userManagementAdmin).mayManage)
    }
    #expect(try Sample.text(path) == before)
    // Today is soon enough, and 200 characters are short enough.
    try add(request(String(repeating: "é", count: 200), expires: "2026-11-26"))
  }

  @Test func `a revoked token opens nothing, and a second time changes nothing`() throws {
    let other = try add(request("Bob"))
    let issued = try add(request())
    let later: CalendarDay = today + 3
    let muchLater: CalendarDay = today + 12
    var revoked = issued.record
    revoked.revokedOn = later
    #expect(
      try TokenFile.revoke(issued.record.id, in: path, on: later) == .revoked(revoked))
    let registry = try TokenFile.read(path)
    #expect(registry.verify(issued.token, on: later) == .revoked(revoked))
    #expect(registry.verify(other.token, on: later) == .valid(other.record))
    let before = try Sample.text(path)
    #expect(
      try TokenFile.revoke(issued.record.id, in: path, on: muchLater) == .wasRevoked(revoked))
    #expect(throws: AccessError.unknownToken(id: "ffffffffffff", path: path)) {
      try TokenFile.revoke("ffffffffffff", in: path, on: later)
    }
    #expect(throws: AccessError.forbiddenRole(.adminAgent)) {
      try TokenFile.revoke(other.record.id, in: path, on: later, mayManage: [.reportViewer])
    }
    #expect(try Sample.text(path) == before)
    #expect(TokenFile.id(in: issued.token) == issued.record.id)
    #expect(TokenFile.id(in: "anything") == "anything")
  }

  @Test(arguments: [0o601, 0o604, 0o610, 0o620, 0o640, 0o644, 0o660, 0o666, 0o777] as [UInt32])
  func `a file that others may use is refused with what to type`(mode: UInt32) throws {
    try add(request())
    let text = try Sample.text(path)
    try writeFile(path, mode: mode) { try $0.write(text) }
    let error = try #require(throws: AccessError.self) { try TokenFile.read(path) }
    #expect(error.description.contains("chmod 600 \(path)"))
    #expect(error.description.contains("0\(String(mode, radix: 8))"))
    #expect(throws: error) { try add(request("Bob")) }
    #expect(try Sample.text(path) == text)
  }

  @Test func `a path with spaces and quotes is one word for the shell`() throws {
    let odd = folder["it's a file"]
    try writeFile(odd, mode: 0o644) { try $0.write("{}") }
    let error = try #require(throws: AccessError.self) { try TokenFile.read(odd) }
    #expect(error.description.contains("chmod 600 '\(folder.path)/it'\\''s a file'"))
  }

  @Test func `a mode that is stricter than 0600 is fine`() throws {
    try add(request())
    let text = try Sample.text(path)
    try writeFile(path, mode: 0o400) { try $0.write(text) }
    #expect(try TokenFile.read(path).records.count == 1)
  }

  @Test func `a missing file is told so, and revoking makes nothing`() throws {
    let error = try #require(throws: AccessError.self) {
      try TokenFile.revoke("0123456789ab", in: path, on: today)
    }
    guard case .file(let file) = error else { throw error }
    #expect(file.kind == .missing && file.description.contains("churn-risk tokens add"))
    #expect(folder.names.isEmpty)
  }

  private static let row =
    #"{"id":"0123456789ab","name":"A","role":"adminAgent","createdOn":"2026-01-31","sha256":""#
    + Sample.digest + #""}"#

  @Test(arguments: [
    ("", "tokens.json"), ("{", "tokens.json:1"), ("[]", "schemaVersion"), ("{}", "schemaVersion"),
    (#"{"schemaVersion":2,"tokens":[]}"#, "schema version 2"),
    (#"{"schemaVersion":1}"#, "field tokens "),
    (#"{"schemaVersion":1,"tokens":{}}"#, "field tokens "),
    (#"{"schemaVersion":1,"tokens":[7]}"#, "field tokens[0] is no object"),
    (#"{"schemaVersion":1,"tokens":[{}]}"#, "field tokens[0].id is missing"),
  ]) func `a damaged file names what is wrong`(text: String, says: String) throws {
    try write(text)
    let error = try #require(throws: AccessError.self) { try TokenFile.read(path) }
    #expect(error.description.contains(says), "\(error)")
    #expect(error.description.contains("tokens.json"))
  }

  @Test(arguments: [
    ("\"0123456789ab\"", "\"0123456789AB\"", "tokens[1].id has another form"),
    ("\"0123456789ab\"", "\"aaaaaaaaaaaa\"", "tokens[1].id occurs twice"),
    ("\"0123456789ab\"", "12", "tokens[1].id is no text"),
    ("\"A\"", "null", "tokens[1].name is missing"),
    ("adminAgent", "admin", "tokens[1].role is no role; expected one of globalAdmin"),
    ("adminAgent", "salesAgent", "tokens[1].accountManager is missing"),
    (
      "\"adminAgent\"", "\"adminAgent\",\"accountManager\":\"Ann\"",
      "tokens[1].accountManager confines nobody"
    ),
    ("2026-01-31", "2026-02-30", "tokens[1].createdOn is no day"),
    ("\"2026-01-31\"", "\"2026-01-31\",\"expiresOn\":\"never\"", "tokens[1].expiresOn is no day"),
    ("\"2026-01-31\"", "\"2026-01-31\",\"revokedOn\":true", "tokens[1].revokedOn is no text"),
    ("\"sha256\"", "\"digest\"", "tokens[1].sha256 is missing"),
    (Sample.digest, String(Sample.digest.dropLast()), "tokens[1].sha256 has another form"),
  ]) func `a damaged token names its field, and nobody gets in`(
    part: String, other: String, says: String
  ) throws {
    let whole = Self.row.split(separator: "0123456789ab").joined(separator: "aaaaaaaaaaaa")
    let parts = Self.row.split(separator: part, maxSplits: 1, omittingEmptySubsequences: false)
    try #require(parts.count == 2)
    let damaged = parts.joined(separator: other)
    try write("{\"schemaVersion\":1,\"tokens\":[\(whole),\(damaged)]}")
    let error = try #require(throws: AccessError.self) { try TokenFile.read(path) }
    #expect(error.description.contains(says), "\(error)")
    #expect(!error.description.contains(Sample.digest))
    // The same without the damage is fine.
    try write("{\"schemaVersion\":1,\"tokens\":[\(whole),\(Self.row)]}")
    #expect(try TokenFile.read(path).records.count == 2)
  }

  @Test func `while another process changes the file, one is told to try again`() throws {
    try add(request())
    guard let lock = try FileLock.take(path + ".lock") else {
      Issue.record("somebody else has the lock")
      return
    }
    #expect(throws: AccessError.busy(path: path)) { try add(request("Bob")) }
    // Reading needs no lock: the file is always whole.
    #expect(try TokenFile.read(path).records.count == 1)
    withExtendedLifetime(lock) {}
  }

  @Test func `of tokens that are added at the same time none is lost`() async throws {
    let path = path
    let today = today
    var made: Set<String> = []
    await withTaskGroup(of: String?.self) { group in
      for number in 0..<20 {
        group.addTask {
          let request = TokenRequest(name: "\(number)", role: .reportViewer, expiresOn: nil)
          while true {
            do {
              return try TokenFile.add(request, to: path, on: today).record.id
            } catch {
              guard error as? AccessError == .busy(path: path) else {
                Issue.record(error)
                return nil
              }
              await Task.yield()
            }
          }
        }
      }
      for await id in group { if let id { made.insert(id) } }
    }
    let records = try TokenFile.read(path).records
    #expect(records.count == 20)
    #expect(Set(records.map(\.id)) == made)
    #expect(Set(records.map(\.name)).count == 20)
  }

  @Test func `a place that cannot be written is told as such`() throws {
    let nowhere = folder["none/tokens.json"]
    let error = try #require(throws: AccessError.self) {
      try TokenFile.add(request(), to: nowhere, on: today)
    }
    guard case .file(let file) = error else { throw error }
    #expect(file.kind == .unwritable)
  }
}
