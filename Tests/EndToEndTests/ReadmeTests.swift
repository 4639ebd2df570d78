import Files
import Foundation
import Testing

/// What the README shows is true: every command in it runs.
struct ReadmeTests {
  private static let text: String = {
    let url = URL(fileURLWithPath: "\(Repository.root)/README.md")
    return (try? String(decoding: Data(contentsOf: url), as: UTF8.self)) ?? ""
  }()

  /// The fenced blocks of a language, in order.
  private static func blocks(_ language: String) -> [String] {
    let parts = text.components(separatedBy: "```")
    return parts.enumerated().compactMap { index, part in
      guard !index.isMultiple(of: 2), part.hasPrefix("\(language)\n") else { return nil }
      return String(part.dropFirst(language.count + 1))
    }
  }

  /// What stands between single backticks, in order.
  private static let spans: [String] = {
    let prose = text.components(separatedBy: "```").enumerated()
      .filter { $0.offset.isMultiple(of: 2) }.map(\.element).joined()
    return prose.matches(of: #/`([^`\n]+)`/#).map { String($0.output.1) }
  }()

  @Test func `every churn-risk command runs, one after the other, in a partner's folder`() throws {
    let folder = try TemporaryFolder()
    let program = Program(folder: folder.path)
    try program.succeed([
      "simulate", "--subscriptions", "400", "--weeks", "40", "--output", "exports",
    ])
    let table = (0..<200).map {
      "\($0 * 7919 % 101),\($0 % 3 == 0 ? "a" : "b"),\($0 % 4 == 0 ? 1 : 0)"
    }
    try folder.write("table.csv", "usage,plan,churn\n" + table.joined(separator: "\n") + "\n")
    let inBlocks = Self.blocks("sh").flatMap { $0.split(separator: "\n").map(String.init) }
      .filter { $0.hasPrefix("churn-risk ") }
    let inSentences = Self.spans.filter { $0.hasPrefix("churn-risk ") }
    #expect(inBlocks.count >= 10)
    for command in ["churn-risk imports remove 3", "churn-risk schema recipe"] {
      #expect(inSentences.contains(command))
    }
    for command in inBlocks + inSentences {
      let words = command.split(separator: " ").dropFirst().map(String.init)
      if words.contains("last-week.json") {
        try program.succeed(["score", "--as-of", "2026-11-09"])
        let copy = try #require(Self.spans.first { $0.hasPrefix("cp ") })
        let copied = try Program.execute("/bin/bash", ["-c", copy], folder: folder.path)
        #expect(copied.status == 0, "\(copied.errors)")
      }
      // A run ends with 2 when a person is needed, and this partner is too small for a model.
      let outcome = try program.run(words)
      #expect(
        outcome.status == 0 || words == ["run"] && outcome.status == 2,
        "\(command): \(outcome.errors)")
    }
  }

  @Test func `make knows every verb, and would know what to do`() throws {
    let verbs = Set(
      Self.text.matches(of: #/make (?<verb>[a-z]+) {2,}#|`make (?<span>[a-z]+)`/#).map {
        String($0.output.verb ?? $0.output.span ?? "")
      })
    #expect(verbs == ["demo", "test", "golden", "check", "format", "bench", "fuzz"])
    for verb in verbs {
      let outcome = try Program.execute("/usr/bin/make", ["-n", verb], folder: Repository.root)
      #expect(outcome.status == 0 && !outcome.output.isEmpty, "\(verb): \(outcome.errors)")
    }
  }

  @Test func `a copy of the history is made and put back as it says`() throws {
    let folder = try TemporaryFolder()
    let program = Program(folder: folder.path)
    try folder.write("2026-01-05/s.json", Exports.envelope([Exports.subscription(1)]))
    try program.succeed(["import", "2026-01-05"])
    let before = try program.succeed(["status", "--json"]).output
    let copy = try #require(Self.blocks("").first { $0.contains("VACUUM INTO") })
    let parts = try #require(copy.firstMatch(of: #/sqlite3 (\S+) "(.+)"/#))
    let python = "import sqlite3, sys; sqlite3.connect(sys.argv[1]).execute(sys.argv[2])"
    let copied = try Program.execute(
      "/usr/bin/python3", ["-c", python, String(parts.output.1), String(parts.output.2)],
      folder: folder.path)
    #expect(copied.status == 0, "\(copied.errors)")
    try folder.write("2026-01-12/s.json", Exports.envelope([Exports.subscription(2)]))
    try program.succeed(["import", "2026-01-12"])
    let restore = try #require(Self.blocks("").first { $0.contains("cp backup.sqlite") })
    let restored = try Program.execute("/bin/bash", ["-ec", restore], folder: folder.path)
    #expect(restored.status == 0, "\(restored.errors)")
    #expect(try program.succeed(["status", "--json"]).output == before)
  }

  @Test func `the paging script saves every page of each resource, which import then reads`() throws
  {
    let script = try #require(Self.blocks("bash").first)
    let calls = Self.blocks("").flatMap { $0.split(separator: "\n").map(String.init) }
      .filter { $0.hasPrefix("bash fetch.sh ") }
    #expect(
      calls == ["bash fetch.sh subscriptions subscriptions", "bash fetch.sh usage/azure usage"])
    let folder = try TemporaryFolder()
    try folder.write("fetch.sh", script)
    try folder.write("server.py", Self.server)
    for page in 1...2 {
      try folder.write("subscriptions-\(page).json", Exports.subscription(page))
      try folder.write("usage-\(page).json", Exports.usage(page, day: "2026-01-02"))
    }
    try folder.write(
      "run.sh",
      """
      set -euo pipefail
      timeout 60 /usr/bin/python3 server.py > port &
      server=$!
      trap 'kill $server' EXIT
      for _ in $(seq 100); do [ -s port ] && break; sleep 0.1; done
      export PARTNER_CENTER_API=http://127.0.0.1:$(cat port) PARTNER_CENTER_TOKEN=secret DAY=2026-01-05
      \(calls.map { "timeout 50 \($0)" }.joined(separator: "\n"))
      """)
    let outcome = try Program.execute("/bin/bash", ["run.sh"], folder: folder.path)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output == String(repeating: "2 pages in exports/2026-01-05\n", count: 2))
    let imported = try Program(folder: folder.path).succeed(["import", "exports"])
    #expect(imported.output.contains("4 of 4 files imported: 4 rows.\nUsage lines: 2 new"))
    // Every page but the last names the next one; none is missing.
    #expect(imported.errors == "")
  }

  /// Answers like the Analytics API: two pages, and only to the right token.
  private static let server = """
    import http.server, json
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            path = self.path.split("?")[0]
            name = {"/partner/v1/analytics/subscriptions": "subscriptions",
                    "/partner/v1/analytics/usage/azure": "usage"}.get(path)
            right = self.headers.get("Authorization") == "Bearer secret" and name is not None
            page = 2 if "skip=1" in self.path else 1
            rows = [json.load(open(f"{name}-{page}.json"))] if right else []
            link = f"http://127.0.0.1:{self.server.server_port}{path}?skip=1"
            body = json.dumps({"Value": rows, "@nextLink": link if page == 1 else None, "TotalCount": 2})
            self.send_response(200 if right else 401)
            self.end_headers()
            self.wfile.write(body.encode())
        def log_message(self, *_): pass
    server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
    print(server.server_port, flush=True)
    server.serve_forever()
    """
}
