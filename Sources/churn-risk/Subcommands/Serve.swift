import Access
import CommandLineKit
import Files
import ForkJoin
import HTTPServer
import Service
import UsagePage

/// `serve`: the page and the Analytics API over HTTP.
struct Serve: Command {
  static let configuration = CommandConfiguration(
    abstract:
      "Serves the Azure usage page and the Analytics API over HTTP, to whoever has a token.",
    discussion: """
      GET / is the page that 'churn-risk report' writes (?from, ?to, ?asOf). Programs ask \
      /partner/v1/analytics/subscriptions, usage/azure, indirectresellers, search, referrals and risk with \
      the parameters of Partner Center (filter, groupby, aggregationLevel, orderby, top, skip) and asOf; \
      /openapi.json describes all of it. /healthz tells whether the service can answer, /metrics is for \
      Prometheus, /activity and /tokens are for those whose role allows it.

      First make a token, which is shown once and kept nowhere:
        TOKEN=$(churn-risk tokens add 'Dana' --role executiveReportViewer)
      Programs send it with each request, browsers sign in with it once:
        curl -H "Authorization: Bearer $TOKEN" 'http://127.0.0.1:8080/partner/v1/analytics/risk?top=10'
      What it shows depends on its role; 'churn-risk tokens --help' lists them.

      Answers are always of the newest state: imports, scores, owners and tokens that change while it runs \
      count from the next request on, and nobody who imports has to wait. Every access is noted in the folder \
      of the activity log, which 'churn-risk activity' prints, and forgotten after 90 days.

      It listens to this machine alone unless told otherwise, and elsewhere only with TLS. SIGTERM and Ctrl-C \
      stop it: what is being answered is answered first.
      """,
    examples: [
      Example(command: "churn-risk serve", does: "serves http://127.0.0.1:8080/ to this machine"),
      Example(
        command:
          "churn-risk serve --listen 0.0.0.0:443 --tls-cert fullchain.pem --tls-key privkey.pem",
        does: "serves the network, encrypted"),
    ])

  @Option(value: "FILE", help: "The scores.") var scores = "at-risk.json"
  @Option(value: "ADDRESS:PORT", help: "Where to listen; port 0 is any that is free.")
  var listen = "127.0.0.1:8080"
  @Option(
    value: "DIR", help: "The folder of the activity log.", environment: "CHURN_RISK_ACTIVITY")
  var activity = "activity"
  @Option(value: "FILE", help: "The certificate and its chain, PEM.") var tlsCert: String?
  @Option(value: "FILE", help: "The key of the certificate, PEM, without a password.")
  var tlsKey: String?
  @Option(
    value: "FILE", help: "Who looks after whom, for sales agents.",
    whenAbsent: "the owners that were imported")
  var owners: String?
  @Flag(help: "Listens to the network without TLS: tokens and data can be read on the way.")
  var insecure = false
  @Flag(
    help:
      "A proxy on this machine speaks TLS with the clients and passes on Host and X-Forwarded-For.")
  var behindProxy = false
  @Option(value: "DIR", help: "The folder of the model, whose evaluation the page shows.")
  var model = PageFiles.usualModel
  @Option(
    value: "FILE", help: "What 'churn-risk backtest' wrote.",
    whenAbsent: "backtest.json in the folder of the model, else here")
  var backtest: String?
  @OptionGroup var tokens: TokensOption
  @OptionGroup var store: StoreOption
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    guard let address = ListenAddress(listen) else {
      throw UsageError(
        "--listen: '\(listen)' is no address with a port. Expected one such as 127.0.0.1:8080, [::1]:8080 or "
          + "0.0.0.0:443.")
    }
    guard (tlsCert == nil) == (tlsKey == nil) else {
      throw UsageError(
        "Expected --tls-cert and --tls-key together: one without the other is no use.")
    }
    guard !behindProxy || address.isLoopback else {
      throw UsageError(
        "--behind-proxy trusts what the proxy says of clients; others must not reach --listen \(listen). Listen on "
          + "127.0.0.1.")
    }
    guard address.isLoopback || tlsCert != nil || insecure else {
      throw UsageError(
        "--listen \(listen) can be reached from other machines, and without TLS tokens and customers' data "
          + "could be read on the way. Give --tls-cert and --tls-key, listen on 127.0.0.1 with --behind-proxy "
          + "behind one that has TLS, or say --insecure if you know that the network is safe.")
    }
  }

  mutating func run() throws {
    let signals = StopSignals()
    let session = Session(global)
    guard let address = ListenAddress(listen) else { return }
    var tls: HTTPServer.TLSIdentity?
    if let tlsCert, let tlsKey {
      tls = HTTPServer.TLSIdentity(key: try text(of: tlsKey), certificate: try text(of: tlsCert))
    }
    let service = try Service(
      ServiceSettings(
        places: DataPlaces(
          store: store.store, scores: scores, page: PageFiles(model: model, backtest: backtest),
          owners: owners),
        address: address, tokens: tokens.tokens, activity: ActivityFolder(activity), tls: tls,
        isBehindProxy: behindProxy,
        threads: ThreadCount.current)
    ) { session.progress.note("Error: \($0)") }
    try StandardStream.output.write(
      "Serving \(tls == nil ? "http" : "https")://\(service.address)/ until SIGTERM or Ctrl-C.\n")
    if FileStamp(ofPath: scores) == nil {
      session.note(
        "Note: there are no scores in \(scores) yet; they count as soon as 'churn-risk score' has written them."
      )
    }
    if model != PageFiles.usualModel, FileStamp(ofPath: "\(model)/evaluation.json") == nil {
      session.note("Note: there is no \(model)/evaluation.json; the page does without.")
    }
    if insecure, tls == nil, !address.isLoopback {
      session.progress.note(
        "Attention: tokens and data are sent unencrypted; anybody on the way can read them.")
    }
    signals.wait()
    session.note("Stopping: what is being answered is answered first.")
    service.stop()
  }

  private func text(of path: String) throws(FileError) -> String {
    let bytes = try contents(ofFile: path, limit: Self.largestKey)
    guard let text = String(validating: bytes, as: UTF8.self), !text.contains("\0") else {
      throw FileError(
        kind: .unusable, path: path, what: "this is no PEM file",
        expected: "a text with -----BEGIN … -----",
        remedy: "Convert it with 'openssl x509' or 'openssl pkey'.")
    }
    return text
  }

  private static let largestKey = 1 << 20
}
