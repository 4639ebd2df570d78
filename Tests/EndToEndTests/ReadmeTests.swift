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

  @Test func `every churn-risk command runs, one after the other, in a partner's folder`() throws {
    let folder = try TemporaryFolder()
    let program = Program(folder: folder.path)
    try program.succeed([
      "simulate", "--subscriptions", "400", "--weeks", "40", "--output", "exports",
    ])
    try folder.write(
      "Training/recipes/cancellation-28d.json",
      Data(
        contentsOf: URL(
          fileURLWithPath: "\(Repository.root)/Training/recipes/cancellation-28d.json")))
    let table = (0..<200).map {
      "\($0 * 7919 % 101),\($0 % 3 == 0 ? "a" : "b"),\($0 % 4 == 0 ? 1 : 0)"
    }
    try folder.write("table.csv", "usage,plan,churn\n" + table.joined(separator: "\n") + "\n")
    let commands = Self.blocks("sh").flatMap { $0.split(separator: "\n").map(String.init) }
      .filter { $0.hasPrefix("churn-risk ") }
    #expect(commands.count >= 10)
    for command in commands {
      let words = command.split(separator: " ").dropFirst().map(String.init)
      if words.contains("last-week.json") {
        try program.succeed(["score", "--as-of", "2026-11-09", "--output", "last-week.json"])
      }
      try program.succeed(words)
    }
  }

  @Test func `the verbs of make that it names exist`() throws {
    let url = URL(fileURLWithPath: "\(Repository.root)/Makefile")
    let makefile = try String(decoding: Data(contentsOf: url), as: UTF8.self)
    for verb in ["demo", "test", "check", "format", "bench"] {
      #expect(Self.text.contains("make \(verb)"))
      #expect(makefile.contains("\n\(verb):"))
    }
  }

  @Test func `the paging script saves every page, which import then reads`() throws {
    let script = try #require(Self.blocks("bash").first)
    let folder = try TemporaryFolder()
    try folder.write("fetch.sh", script)
    try folder.write("server.py", Self.server)
    try folder.write("row1.json", Exports.subscription(1))
    try folder.write("row2.json", Exports.subscription(2))
    try folder.write(
      "run.sh",
      """
      set -euo pipefail
      timeout 60 /usr/bin/python3 server.py > port &
      server=$!
      trap 'kill $server' EXIT
      for _ in $(seq 100); do [ -s port ] && break; sleep 0.1; done
      export PARTNER_CENTER_API=http://127.0.0.1:$(cat port) PARTNER_CENTER_TOKEN=secret DAY=2026-01-05
      timeout 50 bash fetch.sh subscriptions subscriptions
      """)
    let outcome = try Program.execute("/bin/bash", ["run.sh"], folder: folder.path)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("2 pages"))
    let imported = try Program(folder: folder.path).succeed(["import", "exports"])
    #expect(imported.output.contains("2 of 2 files imported: 2 rows"))
  }

  /// Answers like the Analytics API: two pages, and only to the right token.
  private static let server = """
    import http.server, json
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            right = (self.headers.get("Authorization") == "Bearer secret"
                     and self.path.startswith("/partner/v1/analytics/subscriptions"))
            page = 2 if "skip=1" in self.path else 1
            rows = [json.load(open(f"row{page}.json"))]
            link = f"http://127.0.0.1:{self.server.server_port}/partner/v1/analytics/subscriptions?skip=1"
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
