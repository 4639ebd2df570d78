import Foundation
import Testing

/// `serve`, as a program that is started, asked with curl, and stopped.
@Suite(.serialized) struct ServeTests {
  /// A partner of one export, with a token in `$TOKEN`.
  private static func small() throws -> (TemporaryFolder, Program) {
    let folder = try TemporaryFolder()
    let program = Program(folder: folder.path)
    try folder.write(
      "2026-01-05/s.json", Exports.envelope([Exports.subscription(1), Exports.subscription(2)]))
    try program.succeed(["import", "2026-01-05"])
    return (folder, program)
  }

  /// Starts the service with some options, runs a script of bash while it runs, stops it, and tells how it ended.
  ///
  /// The script finds the service's address in `$URL` and a global administrator's token in `$TOKEN`.
  private static func serve(
    _ folder: TemporaryFolder, options: String = "", _ script: String
  ) throws -> String {
    let whole = """
      set -u
      TOKEN=$('\(Program.path)' tokens add Ada --role globalAdmin 2>/dev/null)
      '\(Program.path)' serve --listen 127.0.0.1:0 \(options) >serve.out 2>serve.err &
      service=$!
      for try in $(seq 600); do grep -q Serving serve.out && break; kill -0 $service || break; sleep 0.1; done
      URL=$(sed -n 's/^Serving \\(.*\\)\\/ until.*/\\1/p' serve.out)
      \(script)
      kill -TERM $service
      wait $service
      echo "ended with $?"
      """
    let outcome = try Program.execute("/bin/bash", ["-c", whole], folder: folder.path)
    return outcome.output + outcome.errors
  }

  @Test func `it answers whoever has a token, notes it, and stops when it is told to`() throws {
    let (folder, program) = try Self.small()
    let output = try Self.serve(
      folder,
      """
      curl -s -o /dev/null -w 'nobody %{http_code}\\n' "$URL/"
      curl -s -o page.html -w 'page %{http_code}\\n' -H "Authorization: Bearer $TOKEN" "$URL/"
      curl -s -H "Authorization: Bearer $TOKEN" \
        "$URL/partner/v1/analytics/subscriptions?groupby=status&filter=id%20ne%20null"
      curl -s "$URL/healthz"
      """)
    #expect(output.contains("nobody 401\npage 200\n"), "\(output)")
    #expect(output.contains("{\"status\": \"ACTIVE\", \"subscriptionCount\": 2"), "\(output)")
    #expect(output.contains("\"status\":\"ok\""))
    #expect(output.hasSuffix("ended with 0\n"), "\(output)")
    #expect(try folder.text("page.html").contains("<h1>Azure usage</h1>"))
    let activity = try program.succeed(["activity"]).output
    for words in ["Ada", "page", "subscriptions", "401"] { #expect(activity.contains(words)) }
    let attributes = try FileManager.default.attributesOfItem(atPath: folder.path("activity"))
    #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o700)
  }

  @Test func `an import of another process counts from the next request on`() throws {
    let (folder, _) = try Self.small()
    try folder.write(
      "2026-01-12/s.json", Exports.envelope((1...5).map { Exports.subscription($0) }))
    let ask =
      "curl -s -H \"Authorization: Bearer $TOKEN\" \"$URL/partner/v1/analytics/subscriptions\" | jq .TotalCount"
    let output = try Self.serve(
      folder, "\(ask)\n'\(Program.path)' import --quiet 2026-01-12 >/dev/null\n\(ask)")
    #expect(output == "2\n5\nended with 0\n")
  }

  private static let hasOpenSSL = FileManager.default.isExecutableFile(atPath: "/usr/bin/openssl")

  @Test(.enabled(if: hasOpenSSL, "needs the Debian package openssl"))
  func `with a certificate it speaks TLS, and nothing else`() throws {
    let (folder, _) = try Self.small()
    let made = try Program.execute(
      "/usr/bin/openssl",
      [
        "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "key.pem", "-out", "cert.pem",
        "-subj",
        "/CN=localhost",
      ], folder: folder.path)
    try #require(made.status == 0, "\(made.errors)")
    let output = try Self.serve(
      folder, options: "--tls-cert cert.pem --tls-key key.pem",
      """
      echo "$URL" | cut -c1-8
      curl -s --cacert cert.pem --resolve "localhost:${URL##*:}:127.0.0.1" -D - -o /dev/null \
        -H "Authorization: Bearer $TOKEN" "https://localhost:${URL##*:}/account" | tr -d '\\r'
      curl -s -k -D - -o /dev/null --data "token=$TOKEN" "$URL/sign-in" | grep -i set-cookie
      curl -s -k --tls-max 1.1 "$URL/healthz" || echo "no old TLS"
      curl -s "http://${URL##*/}/healthz" || echo "no plain HTTP"
      """)
    #expect(output.hasPrefix("https://\nHTTP/1.1 200 OK\n"), "\(output)")
    #expect(output.contains("Strict-Transport-Security: max-age=31536000"))
    #expect(output.contains("SameSite=Strict; Secure"))
    #expect(output.contains("no old TLS\nno plain HTTP\nended with 0\n"), "\(output)")
  }

  @Test func `what cannot work is told before it listens`() throws {
    let (folder, program) = try Self.small()
    for (options, status, words) in [
      (["--listen", "0.0.0.0:0"], Int32(64), "--insecure"),
      (["--listen", "8080"], 64, "127.0.0.1:8080"),
      (["--tls-cert", "c.pem"], 64, "--tls-cert and --tls-key together"),
      ([], 66, "churn-risk tokens add"), (["--store", "none.sqlite"], 66, "none.sqlite"),
    ] {
      if options.contains("none.sqlite") {
        try program.succeed(["tokens", "add", "Ada", "--role", "globalAdmin"])
      }
      let outcome = try program.run(["serve"] + options)
      #expect(outcome.status == status, "\(options): \(outcome.errors)")
      #expect(outcome.errors.contains(words), "\(outcome.errors)")
    }
    for (options, words) in [
      (["--owners", "none.csv"], "none.csv"),
      (["--tls-cert", "none.pem", "--tls-key", "none.pem"], "none.pem"),
    ] {
      let outcome = try program.run(["serve"] + options)
      #expect(outcome.status == 66 && outcome.errors.contains(words), "\(outcome.errors)")
    }
    try folder.write("bad.pem", "no certificate")
    let bad = try program.run([
      "serve", "--listen", "127.0.0.1:0", "--tls-cert", "bad.pem", "--tls-key", "bad.pem",
    ])
    #expect(bad.status == 65 && bad.errors.contains("PEM files of one pair"), "\(bad.errors)")
  }
}
