import Access
import Testing

@testable import Service

/// A browser's way in and out.
@Suite(.serialized) struct SignInTests {
  private static let html = ["Accept": "text/html,application/xhtml+xml"]

  @Test func `a browser is led to the form, signs in, sees the page and signs out`() throws {
    let small = try SmallService()
    let first = small.get("/", as: nil, Self.html)
    #expect(first.status == 303 && first.headers["location"] == "/sign-in")
    let form = small.get("/sign-in", as: nil)
    #expect(form.body.contains("<form method=\"post\" action=\"/sign-in\">"))
    #expect(form.headers["content-security-policy"]?.contains("form-action 'self'") == true)

    let token = try #require(small.tokens[.executiveReportViewer])
    let signedIn = small.post("/sign-in", "token=\(token)", as: nil, ["Origin": "http://localhost"])
    #expect(signedIn.status == 303 && signedIn.headers["location"] == "/")
    let cookie = try #require(signedIn.headers["set-cookie"])
    #expect(cookie.hasSuffix("; Path=/; Max-Age=28800; HttpOnly; SameSite=Strict"))
    let session = ["Cookie": "other=1; " + String(cookie.prefix { $0 != ";" })]
    #expect(!cookie.contains(token))

    #expect(small.get("/", as: nil, session).body.contains("<a href=\"/account\">Account</a>"))
    let account = small.get("/account", as: nil, session)
    #expect(account.body.contains("The executiveReportViewer"))
    #expect(small.get("/partner/v1/analytics/risk", as: nil, session).status == 200)

    let out = small.post("/sign-out", "", as: nil, session)
    #expect(out.status == 303 && out.headers["set-cookie"]?.contains("Max-Age=0") == true)
    let after = small.get("/account", as: nil, session)
    #expect(after.status == 401 && after.body.contains("sessionEnded"))
  }

  @Test func `whoever was led away from a period comes back to it, and to nowhere else`() throws {
    let small = try SmallService()
    let led = small.get("/?from=2026-01-01&to=2026-01-05", as: nil, Self.html)
    #expect(led.headers["location"] == "/sign-in?to=%2F%3Ffrom%3D2026-01-01%26to%3D2026-01-05")
    let form = small.get(led.headers["location"] ?? "", as: nil)
    #expect(form.body.contains("value=\"/?from=2026-01-01&amp;to=2026-01-05\""))
    let token = small.tokens[.globalAdmin] ?? ""
    func target(_ to: String) -> String? {
      small.post("/sign-in", "token=\(token)&to=\(to)").headers["location"]
    }
    #expect(target("%2F%3Ffrom%3D2026-01-01") == "/?from=2026-01-01")
    for foreign in [
      "%2F%2Fevil.example", "https%3A%2F%2Fevil.example", "%2F%3Fa%0D%0AX%3A1", "%2Ftokens",
    ] {
      #expect(target(foreign) == "/", "\(foreign)")
    }
  }

  @Test func `a token that is none shows the form again, with the reason`() throws {
    let small = try SmallService()
    let answer = small.post("/sign-in", "token=%3Cscript%3E")
    #expect(answer.status == 401)
    #expect(answer.body.contains("The token is not known here."))
    #expect(!answer.body.contains("<script>") && answer.headers["set-cookie"] == nil)
  }

  @Test func `a form that another site sends is refused`() throws {
    let small = try SmallService()
    let token = small.tokens[.globalAdmin] ?? ""
    for origin in ["http://evil.example", "null", "http://localhost.evil.example"] {
      #expect(small.post("/sign-in", "token=\(token)", as: nil, ["Origin": origin]).status == 403)
      #expect(small.post("/sign-out", "", as: nil, ["Origin": origin]).status == 403)
    }
  }

  @Test func `what a browser asks in vain is told on a page`() throws {
    let small = try SmallService()
    let missing = small.get("/nothing", as: .globalAdmin, Self.html)
    #expect(missing.status == 404 && missing.body.contains("There is no such address"))
    #expect(missing.headers["content-type"] == "text/html; charset=utf-8")
    let wrong = small.get("/?from=%3Cb%3E", as: .globalAdmin, Self.html)
    #expect(wrong.status == 400 && wrong.body.contains("&lt;b&gt;") && !wrong.body.contains("<b>"))
    let forbidden = small.get("/", as: .userManagementAdmin, Self.html)
    #expect(forbidden.status == 403 && !forbidden.body.contains("Azure usage</a>"))
  }

  @Test func `whoever manages tokens alone begins at the account`() throws {
    let small = try SmallService()
    let answer = small.post("/sign-in", "token=\(small.tokens[.userManagementAdmin] ?? "")")
    #expect(answer.headers["location"] == "/account")
  }
}
