internal import Files
internal import Reporting

/// One section of the page: how its numbers are shown.
///
/// A section is one file of `Sections` with its numbers in one of `Numbers`, and one line of the catalog.
package protocol PageSection: Sendable {
  associatedtype Numbers: SectionNumbers

  /// In the address of the section, and in the numbers that the page embeds; letters only.
  static var id: String { get }
  static var title: String { get }
  /// What the figures count, as the reader needs to know it; in sentences.
  static func definition(_ input: PageInput) -> String
  /// Everything below the definition, where there is something to show.
  static func add(_ numbers: Numbers, _ input: PageInput, to body: inout SectionBody)
}

/// The sections in the order of the page.
package enum UsagePageCatalog {
  package static let sections: [any PageSection.Type] = [
    SoldSection.self,
    CustomerUsageSection.self,
    TopCustomersSection.self,
    AtRiskSection.self,
    WithoutUsageSection.self,
    ChurnSection.self,
    CustomerCountSection.self,
    RenewalSection.self,
    CohortSection.self,
    SurvivalSection.self,
    ReservationSection.self,
    TrialSection.self,
    ResellerSection.self,
    ReliabilitySection.self,
    GainSection.self,
    BacktestSection.self,
    FamilySection.self,
    DriftSection.self,
  ]
}

extension PageSection {
  /// The section as HTML, and its numbers.
  static func made(from input: PageInput, hasCharts: Bool) -> (body: SectionBody, json: JSONValue) {
    let numbers = Numbers(input)
    var body = SectionBody(section: id, hasCharts: hasCharts)
    body.page.add("<section id=\"\(id)\"><h2>")
    body.page.add(text: title)
    body.page.add("</h2>\n<p class=\"df\">")
    body.page.add(text: definition(input))
    body.page.add("</p>\n")
    if let absence = numbers.absence {
      body.page.add("<p class=\"no\">")
      body.page.add(text: absence)
      body.page.add("</p>\n")
    } else {
      add(numbers, input, to: &body)
    }
    body.page.add("</section>\n")
    return (body, numbers.json)
  }
}
