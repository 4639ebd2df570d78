internal import Reporting

/// A form that asks the service for the page of another period or as of another day.
///
/// It works without scripts: a GET of the same address with `from`, `to` and `asOf`.
enum PeriodForm {
  static func add(_ period: PagePeriod, to page: inout PageText) {
    page.add("<form method=\"get\" class=\"tools\" aria-label=\"Period\">\n")
    let fields = [
      ("from", "From", period.from, period.to), ("to", "to", period.to, period.lastObservation),
      ("asOf", "as known on", period.asOf, nil),
    ]
    for (name, label, day, latest) in fields {
      page.add("<label>\(label) <input type=\"date\" name=\"\(name)\" value=\"\(day)\"")
      if let latest, name == "to" { page.add(" max=\"\(latest)\"") }
      if name == "asOf" { page.add(" min=\"\(period.firstObservation)\"") }
      page.add("></label>\n")
    }
    page.add("<button class=\"more\">Show</button>\n</form>\n")
  }
}
