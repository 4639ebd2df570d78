import Files
import Foundation
import Testing

/// `tokens` as a user runs it.
struct TokensTests {
  private let folder: TemporaryFolder
  private let program: Program

  init() throws {
    folder = try TemporaryFolder()
    program = Program(folder: folder.path)
  }

  private func json(_ words: [String] = []) throws -> JSONValue {
    let outcome = try program.succeed(["tokens", "list", "--json"] + words)
    return try JSONValue(parsing: Array(outcome.output.utf8), path: "output")
  }

  private func setMode(_ mode: Int) throws {
    try FileManager.default.setAttributes(
      [.posixPermissions: mode], ofItemAtPath: folder.path("tokens.json"))
  }

  private func mode(_ name: String) throws -> Int? {
    try FileManager.default.attributesOfItem(atPath: folder.path(name))[.posixPermissions] as? Int
  }

  @Test
  func `add prints the token alone, which a shell can take, and keeps no trace of the secret`()
    throws
  {
    let outcome = try Program.execute(
      "/bin/bash",
      [
        "-ec", "T=$(\"$0\" tokens add 'Power BI' --role reportViewer); echo \"[$T]\"", Program.path,
      ],
      folder: folder.path)
    #expect(outcome.status == 0, "\(outcome.errors)")
    let match = try #require(
      outcome.output.wholeMatch(of: #/\[crt_([0-9a-f]{12})_([A-Za-z0-9_-]{43})\]\n/#))
    let (id, secret) = (String(match.output.1), String(match.output.2))
    #expect(outcome.errors.contains("Token \(id) for Power BI, reportViewer, valid through "))
    #expect(try mode("tokens.json") == 0o600)
    for name in ["tokens.json", "tokens.json.lock"] {
      #expect(!(try folder.text(name)).contains(secret))
    }
    // The digest is that of another program.
    let python = "import hashlib, sys; print(hashlib.sha256(sys.argv[1].encode()).hexdigest())"
    let digest = try Program.execute(
      "/usr/bin/python3", ["-c", python, secret], folder: folder.path)
    let kept = try JSONValue(parsing: Array(try folder.bytes("tokens.json")), path: "tokens.json")
    #expect(kept["tokens"]?[0]?["sha256"]?.string == String(digest.output.dropLast()))
    #expect(try json()["tokens"]?[0]?["id"]?.string == id)
  }

  @Test func `list tells who has a token and until when, for people and programs`() throws {
    try program.succeed([
      "tokens", "add", "Ann", "--role", "salesAgent", "--account-manager", "A. Lee",
    ])
    try program.succeed(["tokens", "add", "Bob", "--role", "adminAgent", "--never-expires"])
    try program.succeed([
      "tokens", "add", "Eve", "--role", "globalAdmin", "--expires-on", "2099-12-31", "--quiet",
    ])
    let list = try json()
    let tokens = try #require(list["tokens"]?.array)
    #expect(tokens.map { $0["name"]?.string } == ["Ann", "Bob", "Eve"])
    #expect(tokens.map { $0["accountManager"]?.string } == ["A. Lee", nil, nil])
    #expect(tokens.map { $0["expiresOn"]?.string }.suffix(2) == [nil, "2099-12-31"])
    #expect(tokens.allSatisfy { $0["state"]?.string == "valid" && $0["sha256"] == nil })
    #expect(list["attention"]?.array == [])
    let created = try #require(tokens[0]["createdOn"]?.string)
    let expires = try #require(tokens[0]["expiresOn"]?.string)
    let format = Date.ISO8601FormatStyle().year().month().day()
    let days = try format.parse(expires).timeIntervalSince(format.parse(created)) / 86_400
    #expect(days == 365)
    let table = try program.succeed(["tokens", "list"]).output
    #expect(table.contains("salesAgent") && table.contains("A. Lee") && table.contains("no end"))
    #expect(table.hasSuffix("\n3 tokens, 3 valid.\n"))
  }

  @Test func `revoke is for good, by id or by the token itself, and twice says so`() throws {
    let token = try program.succeed(["tokens", "add", "Ann", "--role", "adminAgent"]).output
      .trimmingCharacters(in: .newlines)
    let id = try #require(try json()["tokens"]?[0]?["id"]?.string)
    let first = try program.succeed(["tokens", "revoke", token])
    #expect(first.output == "Revoked token \(id) of Ann.\n")
    let row = try json()["tokens"]?[0]
    #expect(row?["state"]?.string == "revoked" && row?["revokedOn"]?.string != nil)
    let before = try folder.bytes("tokens.json")
    let second = try program.succeed(["tokens", "revoke", id])
    #expect(second.output.contains("was revoked before on "))
    #expect(try folder.bytes("tokens.json") == before)
    let unknown = try program.run(["tokens", "revoke", "ffffffffffff"])
    #expect(unknown.status == 66 && unknown.errors.contains("churn-risk tokens list"))
    #expect(try program.succeed(["tokens", "list"]).output.contains("1 token, 0 valid."))
  }

  @Test(arguments: [
    (["A", "--role", "salesAgnt"], "Did you mean 'salesAgent'?"),
    (["A"], "--role ROLE"), (["--role", "adminAgent"], "NAME"),
    (["A", "--role", "salesAgent"], "--account-manager NAME"),
    (["A", "--role", "adminAgent", "--account-manager", "B"], "--account-manager confines"),
    (
      ["A", "--role", "adminAgent", "--never-expires", "--expires-on", "2099-01-01"],
      "either --expires-on"
    ),
    (["A", "--role", "adminAgent", "--expires-on", "2020-01-01"], "would have expired"),
    (["A", "--role", "adminAgent", "--expires-on", "tomorrow"], "a day such as"),
    ([" ", "--role", "adminAgent"], "The name is empty"),
    ([String(repeating: "x", count: 201), "--role", "adminAgent"], "at most 200"),
  ]) func `wrong usage ends with 64, says what is right, and makes no token`(
    words: [String], says: String
  ) throws {
    let outcome = try program.run(["tokens", "add"] + words)
    #expect(outcome.status == 64 && outcome.output == "")
    #expect(outcome.errors.contains(says), "\(outcome.errors)")
    #expect(!folder.exists("tokens.json"))
  }

  @Test func `files that are missing, open to others, damaged or busy have their own status`()
    throws
  {
    let missing = try program.run(["tokens", "list"])
    #expect(missing.status == 66 && missing.errors.contains("churn-risk tokens add"))
    #expect(try program.run(["tokens", "revoke", "ffffffffffff"]).status == 66)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [])
    try program.succeed(["tokens", "add", "A", "--role", "adminAgent"])
    try setMode(0o640)
    for words in [["list"], ["add", "B", "--role", "adminAgent"], ["revoke", "ffffffffffff"]] {
      let open = try program.run(["tokens"] + words)
      #expect(open.status == 65 && open.errors.contains("chmod 600 tokens.json"), "\(open.errors)")
    }
    try setMode(0o600)
    let busy = try Program.execute(
      "/usr/bin/flock",
      ["tokens.json.lock", Program.path, "tokens", "add", "B", "--role", "adminAgent"],
      folder: folder.path)
    #expect(busy.status == 75 && busy.output == "" && busy.errors.contains("Try again"))
    let whole = try folder.text("tokens.json")
    try folder.write("tokens.json", whole.replacingOccurrences(of: "adminAgent", with: "boss"))
    try setMode(0o600)
    let damaged = try program.run(["tokens", "add", "B", "--role", "adminAgent"])
    #expect(damaged.status == 65 && damaged.errors.contains("tokens[0].role"), "\(damaged.errors)")
    #expect(try folder.text("tokens.json").contains("boss"))
    let nowhere = try program.run([
      "tokens", "add", "B", "--role", "adminAgent", "--tokens", "no/where.json",
    ])
    #expect(nowhere.status == 73)
  }

  @Test func `a token that could not be printed is revoked`() throws {
    let outcome = try Program.execute(
      "/bin/bash", ["-c", "exec \"$0\" tokens add A --role adminAgent > /dev/full", Program.path],
      folder: folder.path)
    #expect(outcome.status == 73)
    #expect(outcome.errors.contains("could not be printed, and was revoked"))
    #expect(try json()["tokens"]?[0]?["state"]?.string == "revoked")
  }

  @Test func `a hostile name steers no terminal`() throws {
    let name = "\u{1B}[31mred\u{202E}\n= 1+1"
    let added = try program.succeed(["tokens", "add", name, "--role", "adminAgent"])
    let id = try #require(try json()["tokens"]?[0]?["id"]?.string)
    #expect(try json()["tokens"]?[0]?["name"]?.string == name)
    let texts = [
      added.errors, try program.succeed(["tokens", "list"]).output,
      try program.succeed(["tokens", "revoke", id]).output,
    ]
    for text in texts {
      #expect(text.contains("red") && !text.contains("\u{1B}") && !text.contains("\u{202E}"))
    }
    #expect(texts[1].split(separator: "\n").count == 4)
  }

  @Test func `the file may be named by the environment, and a token that ends soon is pointed out`()
    throws
  {
    var elsewhere = program
    elsewhere.environment = ["CHURN_RISK_TOKENS": folder.path("elsewhere.json")]
    let format = Date.ISO8601FormatStyle().year().month().day()
    let soon = Date.now.addingTimeInterval(5 * 86_400).formatted(format)
    try elsewhere.succeed(["tokens", "add", "A", "--role", "adminAgent", "--expires-on", soon])
    #expect(folder.exists("elsewhere.json") && !folder.exists("tokens.json"))
    let list = try json(["--tokens", "elsewhere.json"])
    #expect(list["attention"]?[0]?["code"]?.string == "tokensExpire")
    #expect(
      try elsewhere.succeed(["tokens", "list"]).errors.contains("will expire within 14 days"))
  }
}
