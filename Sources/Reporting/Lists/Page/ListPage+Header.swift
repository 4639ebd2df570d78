internal import RiskModel
internal import Words

extension ListPage {
  /// The title and the figures at the top.
  func addHeader(to page: inout PageText) {
    page.add("<header>\n<p class=\"mu\">\(label(.azureAtRisk))</p>\n<h1>")
    page.add(name: ListAbout.name(list, in: language))
    page.add("</h1>\n<p>\(label(.asOf)) <b>")
    page.add(name: language.date(document.asOf))
    page.add("</b> · \(label(.dataThrough)) <b>")
    page.add(name: document.usageEnds.text(in: language))
    page.add("</b></p>\n<p class=\"df\"><b>\(label(.churn))</b> ")
    page.add(text: document.definition)
    page.add("</p>\n")
    addFacts(to: &page)
    if let others = ListAbout(list, of: document, context).notListed {
      page.add("<p class=\"mu\"><b>\(label(.notListed))</b> ")
      page.add(text: others)
      page.add("</p>\n")
    }
    addRemarks(to: &page)
    page.add("</header>\n<main>\n")
  }

  private func addFacts(to page: inout PageText) {
    page.add("<ul class=\"facts\">")
    func fact(_ figure: String, _ words: String) {
      page.add("<li><b>\(figure)</b> ")
      page.add(text: words)
      page.add("</li>")
    }
    // As the sections about the list count them, and the summary: every row, listed or not.
    func count(_ band: String) -> Int { list.rows.count { $0.riskBand == band } }
    fact(language.grouped(count("high")), language.label(.highRisk))
    fact(language.grouped(count("medium")), language.label(.mediumRisk))
    let low = rows.count { $0.riskBand == "low" }
    if low > 0 { fact(language.grouped(low), language.label(.lowRiskListed)) }
    if document.model.learner != "rules" {
      let expected = list.rows.reduce(0) { $0 + ($1.churnProbability ?? 0) }
      fact(
        language.decimals(expected, 1),
        language.label(
          .expectedLostWithin, numbers: [.windowDays: Double(document.horizonDays)]))
    }
    fact(language.grouped(list.withoutUsage.count), language.label(.withoutUsage))
    fact(
      language.grouped(list.lost.count),
      language.label(.lostLately, numbers: [.windowDays: Double(AtRiskDocument.lostDays)]))
    page.add("</ul>\n")
  }

  private func addRemarks(to page: inout PageText) {
    let remarks = ListRemarks.shown(of: document, on: list.kind)
    guard !remarks.isEmpty else { return }
    page.add("<div class=\"note\"><b>\(label(.needsAttention))</b><ul>")
    for remark in remarks {
      page.add(remark.message == nil ? "<li lang=\"en\">" : "<li>")
      page.add(text: remark.text)
      page.add("</li>")
    }
    page.add("</ul></div>\n")
  }
}
