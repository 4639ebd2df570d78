internal import Access
internal import History
internal import HTTPServer
internal import Reporting

/// The pages beside the usage page: where one signs in, who is signed in, and what went wrong.
///
/// They hold no script.
enum SmallPage {
  private static let style =
    PageStyle.css + """

      main{max-width:26em;margin:12vh auto 0}
      label{display:block;margin:16px 0 6px}
      input{font:inherit;width:100%;box-sizing:border-box;padding:9px 10px;border:1px solid var(--mu);border-radius:6px;background:var(--sf);color:inherit}
      button{font:inherit;margin-top:16px;padding:9px 18px;border:0;border-radius:6px;background:var(--lk);color:var(--bg);cursor:pointer}
      button:focus-visible,input:focus-visible,a:focus-visible{outline:3px solid var(--lk);outline-offset:2px}
      dl{margin:16px 0}
      dt{color:var(--mu)}
      dd{margin:0;overflow-wrap:anywhere}
      button+p,form+p{margin-top:20px}
      """

  private static let policy =
    "default-src 'none'; style-src \(PageHash.source(style)); base-uri 'none'; form-action 'self'; "
    + "frame-ancestors 'none'"

  /// The form that asks for a token.
  ///
  /// - Parameters:
  ///   - target: where to go then; nil: where the role begins.
  ///   - trouble: why the token before was not accepted; nil for the first look.
  /// - Returns: 200, or 401 with the trouble.
  static func signIn(leadingTo target: String?, trouble: ServiceError?) -> MadeAnswer {
    var page = head("Sign in")
    page.add("<h1>Sign in</h1>\n<form method=\"post\" action=\"\(SignInRoute.address)\">\n")
    if let target {
      page.add("<input type=\"hidden\" name=\"to\" value=\"")
      page.add(text: target)
      page.add("\">\n")
    }
    if let trouble {
      page.add("<p class=\"note\" role=\"alert\" id=\"trouble\">")
      page.add(text: trouble.description)
      page.add("</p>\n")
    }
    page.add(
      "<label for=\"token\">Access token</label>\n<input id=\"token\" name=\"token\" type=\"password\" "
        + "autocomplete=\"current-password\" autofocus required spellcheck=\"false\""
        + (trouble == nil ? "" : " aria-invalid=\"true\" aria-describedby=\"trouble\"") + ">\n"
        + "<button>Sign in</button>\n</form>\n<p class=\"mu\">Whoever runs this service gives out tokens. "
        + "You stay signed in for 8 hours.</p>\n</main>\n</body>\n</html>\n")
    var answer = MadeAnswer(
      response: .html(page.bytes, status: trouble == nil ? 200 : 401, policy: policy))
    answer.response.headers += trouble?.headers ?? []
    answer.refused = trouble?.token
    return answer
  }

  /// What a browser shows instead of an answer.
  static func problem(_ error: ServiceError, _ reader: Reader?) -> HTTPResponse {
    var page = head(error.status < 500 ? "Not answered" : "Not available")
    page.add("<h1>\(error.status < 500 ? "This cannot be answered" : "Not available")</h1>\n<p>")
    page.add(text: error.description)
    page.add("</p>\n<p>")
    if reader?.permissions.allows(.page) ?? false { page.add("<a href=\"/\">Azure usage</a> · ") }
    page.add("<a href=\"\(AccountRoute.address)\">Account</a></p>\n</main>\n</body>\n</html>\n")
    var response = HTTPResponse.html(page.bytes, status: error.status, policy: policy)
    response.headers += error.headers
    return response
  }

  /// Who is signed in.
  static func account(_ reader: Reader) -> HTTPResponse {
    var page = head("Account")
    page.add("<h1>Account</h1>\n<dl>")
    var lines = [("Name", reader.token.name), ("Role", reader.token.role.rawValue)]
    if let manager = reader.accountManager { lines.append(("Customers of", manager)) }
    lines.append(("Token", reader.token.id))
    if let day = reader.token.expiresOn { lines.append(("Valid through", day.description)) }
    for (name, value) in lines {
      page.add("<dt>\(name)</dt><dd>")
      page.add(text: value)
      page.add("</dd>\n")
    }
    page.add("</dl>\n")
    if reader.permissions.allows(.page) {
      page.add("<p><a href=\"/\">Azure usage</a></p>\n")
    }
    page.add(
      "<form method=\"post\" action=\"\(SignOutRoute.address)\"><button>Sign out</button></form>\n"
        + "</main>\n</body>\n</html>\n")
    return .html(page.bytes, policy: policy)
  }

  private static func head(_ title: String) -> PageText {
    var page = PageText()
    page.add(
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" "
        + "content=\"width=device-width, initial-scale=1\">\n<title>\(title) · \(Product.name)</title>\n"
        + "<style>\(style)</style>\n</head>\n<body>\n<main>\n<p class=\"mu\">\(Product.name)</p>\n")
    return page
  }
}
