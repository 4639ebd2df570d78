internal import Files
internal import Words

/// A row of the list: who, how likely, why, what it is worth, what comes next.
struct PageRow: Sendable {
  let row: AtRiskDocument.Row
  /// In the order of the list, from 1.
  let place: Int
  /// By expected loss, from 1.
  let lossPlace: Int
  let document: AtRiskDocument
  let language: Language
  let hasValue: Bool
  let hasLoss: Bool

  private func label(_ key: LabelKey) -> String { PageText.escaped(language.label(key)) }

  func append(to page: inout PageText) {
    let identity = row.identity
    page.add("<tr role=\"row\" data-place=\"\(place)\" data-rank=\"\(row.rank)\"")
    page.add(" data-loss=\"\(lossPlace)\" data-name=\"")
    page.add(text: String((identity.customerName ?? "").prefix(60)))
    page.add("\" data-used=\"")
    page.add(text: String((identity.lastUsageDate ?? "").prefix(10)))
    page.add("\"><td role=\"cell\" class=\"n\" data-l=\"\(label(.rank))\">\(place)</td>")
    page.add("<th scope=\"row\" role=\"rowheader\"><div class=\"id\"><span class=\"nm\">")
    page.add(
      name: identity.customerName ?? identity.customerTenantId ?? language.label(.unnamedCustomer))
    page.add("</span><br>")
    page.add(name: identity.subscriptionName ?? identity.subscriptionId)
    if let product = identity.productName {
      page.add(" <span class=\"mu\">· ")
      page.add(name: product)
      page.add("</span>")
    }
    page.add("</div>")
    addReasons(to: &page)
    addListing(to: &page)
    addLinks(to: &page)
    page.add("</th>")
    cell(.riskBand, "", to: &page) { addRisk(to: &$0) }
    cell(.change, "ch", to: &page) { addChange(to: &$0) }
    if hasValue { cell(.value, "n", to: &page) { addAmount(identity.value, to: &$0) } }
    if hasLoss { cell(.expectedLoss, "n", to: &page) { addAmount(row.expectedLoss, to: &$0) } }
    cell(.lastUsageDate, "d", to: &page) {
      $0.add(name: identity.lastUsed(in: language))
    }
    cell(.nextDeadline, "", to: &page) { addDeadline(to: &$0) }
    page.add("</tr>\n")
  }

  private func cell(
    _ key: LabelKey, _ style: String, to page: inout PageText, _ add: (inout PageText) -> Void
  ) {
    let style = style.isEmpty ? "" : " class=\"\(style)\""
    page.add("<td role=\"cell\"\(style) data-l=\"\(label(key))\"><div>")
    add(&page)
    page.add("</div></td>")
  }

  /// Why the row is here, and since when.
  private func addListing(to page: inout PageText) {
    guard let listing = row.listing, listing.isListed else { return }
    page.add("<p class=\"li mu\"><b>\(label(.listedBecause))</b> ")
    page.add(text: language.listing(row.listingWord ?? ""))
    if let since = listing.since, since != document.asOf {
      page.add(" · <span class=\"d\">")
      page.add(text: language.label(.sinceDay, numbers: [:], texts: [.date: since]))
      page.add("</span>")
    }
    page.add("</p>")
  }

  private func addReasons(to page: inout PageText) {
    guard !row.reasons.isEmpty || !row.mitigating.isEmpty else { return }
    page.add("<ul class=\"why\">")
    for reason in row.reasons.prefix(3) {
      page.add("<li>")
      page.add(name: reason.text)
      page.add("</li>")
    }
    if let good = row.mitigating.first {
      page.add("<li class=\"mu\"><b>\(label(.inItsFavour))</b> ")
      page.add(name: good.text)
      page.add("</li>")
    }
    page.add("</ul>")
  }

  private func addLinks(to page: inout PageText) {
    let identity = row.identity
    let links = [
      (
        label(.azurePortal),
        SubscriptionPage.azurePortal(
          subscription: identity.subscriptionId, tenant: identity.customerTenantId)
      ), (label(.partnerCenter), SubscriptionPage.partnerCenter(tenant: identity.customerTenantId)),
    ]
    guard links.contains(where: { $0.1 != nil }) else { return }
    page.add("<div class=\"lk\">")
    for case (let title, let address?) in links {
      page.add("<a rel=\"noopener noreferrer\" href=\"")
      page.add(text: address)
      page.add("\">\(title)</a>")
    }
    page.add("</div>")
  }

  /// What decides the band stands first and large, the other figure below.
  private func addRisk(to page: inout PageText) {
    let points = row.ruleScore.map {
      language.label(.points, numbers: [.count: $0.rounded()])
    }
    if document.ordersByRule, let points {
      page.add("<span class=\"p\">\(PageText.escaped(points))</span> ")
      if let probability = row.churnProbability {
        page.add("<span class=\"mu pt\">\(language.exactPercent(probability))</span> ")
      }
    } else if let probability = row.churnProbability {
      let width = Language.en.decimals(min(1, max(0, probability)) * 110, 1)
      page.add("<span class=\"p\">\(language.exactPercent(probability))</span>")
      page.add(
        "<svg class=\"bar\" viewBox=\"0 0 110 8\" aria-hidden=\"true\">"
          + "<rect class=\"t\" width=\"110\" height=\"8\" rx=\"4\"/>"
          + "<rect class=\"v\" width=\"\(width)\" height=\"8\" rx=\"4\"/></svg>")
    }
    let band = ["high", "medium"].contains(row.riskBand) ? row.riskBand : "low"
    page.add("<span class=\"b \(band)\">\(PageText.escaped(language.band(band)))</span>")
  }

  private func addChange(to page: inout PageText) {
    if let change = row.change {
      page.add(text: language.change(change))
    } else {
      page.add("–")
    }
    if let before = row.previous?.churnProbability {
      page.add("<br><span class=\"mu was\">")
      page.add(text: language.label(.wasBefore, numbers: [.share: before]))
      page.add("</span>")
    }
    if row.weeksFlagged > 1 {
      page.add("<br><span class=\"mu\">")
      page.add(text: language.label(.weeksListed, numbers: [.count: Double(row.weeksFlagged)]))
      page.add("</span>")
    }
  }

  private func addAmount(_ amount: Double?, to page: inout PageText) {
    guard let amount else { return page.add("–") }
    // Nothing is nothing: no decimals make it more exact.
    page.add(language.decimals(amount, amount < 100 && amount != 0 ? 1 : 0))
    page.add(" <span class=\"mu\">")
    page.add(name: row.identity.currency ?? unit)
    page.add("</span>")
  }

  /// What a value without a currency counts.
  private var unit: String {
    switch row.identity.valueBasis {
    case "usage": language.label(.unitUsage)
    case "licences": language.label(.unitLicences)
    default: ""
    }
  }

  /// What the columns of the catalog say of it.
  private func addDeadline(to page: inout PageText) {
    let cells = ListColumn.all.filter { $0.name.hasPrefix("nextDeadline") }
      .map { $0.cell(row, document) }
    let words = cells.compactMap { cell -> String? in
      switch cell {
      case .text(let text), .word(let text): text
      default: nil
      }
    }
    guard let day = words.first else { return page.add("–") }
    page.add("<span class=\"d\">")
    page.add(name: day)
    page.add("</span>")
    if let kind = words.dropFirst().first {
      page.add("<br><span class=\"mu\">")
      page.add(name: language.deadlineKind(kind))
      page.add("</span>")
    }
  }
}
