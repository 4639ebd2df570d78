import Access
import Files
import HTTPServer
import History
import TestSupport
import Testing

@testable import Service

/// Who gets what, over a real connection.
@Suite(.serialized) struct RightsTests {
  private static let analytics = "/partner/v1/analytics"

  /// The addresses of each resource.
  private static let addresses: [ServiceResource: String] = [
    .page: "/", .subscriptions: "\(analytics)/subscriptions", .usage: "\(analytics)/usage/azure",
    .resellers: "\(analytics)/indirectresellers", .searches: "\(analytics)/search",
    .referrals: "\(analytics)/referrals", .risk: "\(analytics)/risk", .activity: "/activity",
    .tokens: "/tokens", .metrics: "/metrics",
  ]

  @Test func `each role gets what the table of permissions allows, and 403 elsewhere`() throws {
    let small = try SmallService()
    for role in Role.allCases {
      for resource in ServiceResource.allCases where resource != .metrics {
        let address = try #require(Self.addresses[resource])
        let status = small.get(address, as: role).status
        #expect(
          status == (Permissions(role).allows(resource) ? 200 : 403),
          "\(role) \(resource): \(status)")
      }
    }
  }

  @Test func `without a token there is nothing but what is open`() throws {
    let small = try SmallService()
    for resource in ServiceResource.allCases where resource != .metrics {
      let address = try #require(Self.addresses[resource])
      let answer = small.get(address, as: nil)
      #expect(answer.status == 401, "\(resource)")
      #expect(answer.body.contains("\"code\":\"missingToken\""))
      #expect(answer.headers["www-authenticate"] == "Bearer realm=\"churn-risk\"")
    }
    for open in ["/healthz", "/openapi.json", "/sign-in", "/metrics"] {
      #expect(small.get(open, as: nil).status == 200, "\(open)")
    }
  }

  @Test func `a report viewer gets no names and no money, and cannot ask about them`() throws {
    let small = try SmallService()
    for path in ["subscriptions", "usage/azure", "risk"] {
      let answer = small.get("\(Self.analytics)/\(path)", as: .reportViewer)
      #expect(answer.status == 200)
      #expect(answer.body.contains("\"dataRedacted\": true"))
      for hidden in ["Customer 1", "Plan 1", "4711.5", "1177.875"] {
        #expect(!answer.body.contains(hidden), "\(path): \(hidden)")
      }
    }
    for query in [
      "filter=customerName%20eq%20'Customer%201'", "groupby=customerName", "orderby=customerName",
    ] {
      let answer = small.get("\(Self.analytics)/subscriptions?\(query)", as: .reportViewer)
      #expect(answer.status == 403)
      #expect(answer.body.contains("forbiddenField"))
    }
    let page = small.get("/", as: .reportViewer).body
    #expect(page.contains("Azure usage"))
    #expect(!page.contains("Customer 1") && !page.contains("Plan 1") && !page.contains("4711"))
    #expect(small.get("/", as: .globalAdmin).body.contains("Customer 1"))
  }

  @Test func `a sales agent's rows, counts and page are of the own customers`() throws {
    let small = try SmallService()
    let rows = try small.json("\(Self.analytics)/subscriptions", as: .salesAgent)
    #expect(rows["TotalCount"]?.int == 2)
    let ids = try #require(rows["Value"]?.array).compactMap { $0["id"]?.string }
    #expect(ids == [guid(1).description, guid(3).description])
    let groups = try small.json(
      "\(Self.analytics)/usage/azure?groupby=meterCategory", as: .salesAgent)
    #expect(groups["Value"]?[0]?["Quantity"]?.int == 12)
    #expect(
      try small.json("\(Self.analytics)/usage/azure?groupby=meterCategory")["Value"]?[0]?[
        "Quantity"]?.int
        == 23)
    let risk = try small.json("\(Self.analytics)/risk", as: .salesAgent)
    #expect(risk["TotalCount"]?.int == 1)
    #expect(risk["Value"]?[0]?["value"]?.double == 4711.5)
    let page = small.get("/", as: .salesAgent).body
    #expect(page.contains("Customer 1") && !page.contains("Customer 2"))
    #expect(
      page.contains(
        "All figures are of your customers alone: 2 Azure subscriptions of 2 customers."))
  }

  @Test func `a token that is revoked opens nothing from then on, nor does its session`() throws {
    let small = try SmallService()
    let token = try #require(small.tokens[.adminAgent])
    let signedIn = small.post("/sign-in", "token=\(token)")
    let cookie = try #require(signedIn.headers["set-cookie"]?.split(separator: ";").first)
    #expect(small.get("/account", as: nil, ["Cookie": String(cookie)]).status == 200)
    let id = String(token.split(separator: "_")[1])
    _ = try TokenFile.revoke(id, in: small.folder["tokens.json"], on: UTCTime.now().day)
    let answer = small.get("/", as: .adminAgent)
    #expect(answer.status == 401)
    #expect(answer.body.contains("revokedToken"))
    #expect(small.get("/account", as: nil, ["Cookie": String(cookie)]).status == 401)
  }

  @Test func `a token that has expired is told so`() throws {
    let small = try SmallService()
    let yesterday = UTCTime.now().day + -1
    let issued = try TokenFile.add(
      TokenRequest(name: "Gone", role: .globalAdmin, expiresOn: yesterday),
      to: small.folder["tokens.json"], on: yesterday)
    let answer = small.get("/", as: nil, ["Authorization": "Bearer \(issued.token)"])
    #expect(answer.status == 401)
    #expect(answer.body.contains("expiredToken") && answer.body.contains("\(yesterday)"))
  }

  @Test(arguments: [
    "Bearer", "Bearer ", "Bearer x y", "Basic dXNlcjpwYXNz", "bearer crt_000000000000_x",
    "Bearer crt_0123456789ab_" + String(repeating: "A", count: 43),
    "Bearer " + String(repeating: "x", count: 30_000),
  ])
  func `what is no token of the file is 401 and no more`(header: String) throws {
    let small = try SmallService()
    let answer = small.get("/", as: nil, ["Authorization": header])
    #expect(answer.status == 401)
    #expect(answer.body.contains("invalidToken"))
  }

  @Test func `tokens are listed without secrets, added and revoked by those who may`() throws {
    let small = try SmallService()
    let list = small.get("/tokens", as: .userManagementAdmin)
    #expect(!list.body.contains("sha256") && !list.body.contains("globalAdmin"))
    #expect(try small.json("/tokens")["TotalCount"]?.int == Role.allCases.count)

    let added = small.post(
      "/tokens", #"{"name":"New","role":"reportViewer"}"#, as: .userManagementAdmin)
    #expect(added.status == 201)
    let json = try JSONValue(parsing: Array(added.body.utf8), path: "added")
    let (id, token) = (try #require(json["id"]?.string), try #require(json["token"]?.string))
    #expect(small.get("/", as: nil, ["Authorization": "Bearer \(token)"]).status == 200)
    let admin = small.post(
      "/tokens", #"{"name":"N","role":"globalAdmin"}"#, as: .userManagementAdmin)
    #expect(admin.status == 403)
    #expect(
      small.post("/tokens", #"{"name":"N","role":"salesAgent"}"#, as: .globalAdmin).status == 400)
    #expect(small.post("/tokens", #"{"name":"N","role":"boss"}"#, as: .globalAdmin).status == 400)
    #expect(small.post("/tokens", "[", as: .globalAdmin).status == 400)
    #expect(
      small.post("/tokens", #"{"name":"N","role":"reportViewer"}"#, as: .adminAgent).status == 403)

    #expect(small.get("/tokens/\(id)", as: .globalAdmin, method: "DELETE").status == 200)
    #expect(small.get("/", as: nil, ["Authorization": "Bearer \(token)"]).status == 401)
    #expect(small.get("/tokens/nobody", as: .globalAdmin, method: "DELETE").status == 404)
    let admins = try #require(small.tokens[.globalAdmin]).split(separator: "_")[1]
    #expect(
      small.get("/tokens/\(admins)", as: .userManagementAdmin, method: "DELETE").status == 403)
    // A browser's session cannot change anything.
    let signedIn = small.post("/sign-in", "token=\(small.tokens[.globalAdmin] ?? "")")
    let cookie = String(try #require(signedIn.headers["set-cookie"]?.split(separator: ";").first))
    #expect(
      small.post("/tokens", #"{"name":"N","role":"reportViewer"}"#, as: nil, ["Cookie": cookie])
        .status == 403)
  }

  @Test func `metrics are open to this machine alone, and not through a proxy on it`() throws {
    let small = try SmallService()
    func status(_ headers: [String: String]) -> Int {
      small.get("/metrics", as: nil, headers).status
    }
    #expect(status([:]) == 200)
    #expect(status(["X-Forwarded-For": "203.0.113.5"]) == 401)
    #expect(status(["Forwarded": "for=203.0.113.5"]) == 401)
    let client = Client(port: small.service.address.port)
    client.send("GET /metrics HTTP/1.1\r\nHost: risk.example.com\r\n\r\n")
    #expect(client.answer()?.status == 401)
  }

  @Test func `off this machine metrics need a token of a role that may see them`() throws {
    let small = try SmallService(listen: "0.0.0.0:0")
    #expect(small.get("/metrics", as: nil).status == 401)
    for role in Role.allCases {
      #expect(
        small.get("/metrics", as: role).status == (Permissions(role).allows(.metrics) ? 200 : 403),
        "\(role)")
    }
  }

  @Test func `tokens that cannot be read let nobody in, and that is told`() throws {
    let small = try SmallService()
    let path = small.folder["tokens.json"]
    let good = try contents(ofFile: path)
    #expect(small.get("/account", as: .globalAdmin).status == 200)
    try SmallService.write(path, "{")
    #expect(small.get("/account", as: .globalAdmin).status == 503)
    #expect(small.get("/healthz", as: nil).status == 503)
    #expect(small.messages.all.contains { $0.contains("tokens.json") })
    try writeFile(path, mode: 0o644) { try $0.write(good) }
    #expect(small.get("/account", as: .globalAdmin).status == 503)
    #expect(small.messages.all.contains { $0.contains("chmod 600") })
    try writeFile(path) { try $0.write(good) }
    #expect(small.get("/account", as: .globalAdmin).status == 200)
  }

  @Test func `behind a proxy the cookie is for TLS, and the log has the client's address`() throws {
    let small = try SmallService(isBehindProxy: true)
    let headers = ["X-Forwarded-For": "10.0.0.1, 203.0.113.5", "Origin": "https://localhost"]
    let answer = small.post(
      "/sign-in", "token=\(small.tokens[.globalAdmin] ?? "")%0A", as: nil, headers)
    #expect(answer.status == 303)
    #expect(answer.headers["set-cookie"]?.hasSuffix("; Secure") == true)
    #expect(answer.headers["strict-transport-security"] != nil)
    #expect(small.get("/metrics", as: nil).status == 401)
    small.service.stop()
    var peers: [String] = []
    _ = try ActivityReader(ActivityFolder(small.folder["activity"])).read { peers.append($0.peer) }
    #expect(peers.first == "203.0.113.5")
  }
}
