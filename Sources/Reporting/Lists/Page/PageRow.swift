internal import Files
internal import Words

/// A row of the list: who, how likely, why, what it is worth, what comes next.
struct PageRow {
  let row: AtRiskDocument.Row
  let document: AtRiskDocument
  let language: Language

  private func label(_ key: LabelKey) -> String { PageText.escaped(language.label(key)) }

  func append(to page: inout PageText) {
    let identity = row.identity
    page.add("<tr role=\"row\" data-rank=\"\(row.rank)\" data-loss=\"\(row.expectedLoss ?? 0)\"")
    page.add(" data-name=\"")
    page.add(text: String((identity.customerName ?? "").prefix(60)))
    page.add("\" data-used=\"")
    page.add(text: String((identity.lastUsageDate ?? "").prefix(10)))
    page.add("\"><td role=\"cell\" class=\"n\" data-l=\"\(label(.rank))\">\(row.rank)</td>")
    page.add("<th scope=\"row\" role=\"rowheader\"><span class=\"nm\">")
    page.add(
      name: identity.customerName ?? identity.customerTenantId ?? language.label(.unnamedCustomer))
    page.add("</span><br>")
    page.add(name: identity.subscriptionName ?? identity.subscriptionId)
    if let product = identity.productName {
      page.add(" <span class=\"mu\">· ")
      page.add(name: product)
      page.add("</span>")
    }
    addReasons(to: &page)
    addLinks(to: &page)
    page.add("</th><td role=\"cell\" data-l=\"\(label(.riskBand))\"><div>")
    addRisk(to: &page)
    page.add("</div></td><td role=\"cell\" data-l=\"\(label(.change))\"><div>")
    addChange(to: &page)
    page.add("</div></td><td role=\"cell\" class=\"n\" data-l=\"\(label(.value))\"><div>")
    addAmount(identity.value, to: &page)
    page.add("</div></td><td role=\"cell\" class=\"n\" data-l=\"\(label(.expectedLoss))\"><div>")
    addAmount(row.expectedLoss, to: &page)
    page.add("</div></td><td role=\"cell\" class=\"d\" data-l=\"\(label(.lastUsageDate))\"><div>")
    page.add(name: identity.lastUsageDate ?? language.label(.never))
    page.add("</div></td><td role=\"cell\" data-l=\"\(label(.nextDeadline))\"><div>")
    addDeadline(to: &page)
    page.add("</div></td></tr>\n")
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

  private func addRisk(to page: inout PageText) {
    if let probability = row.churnProbability {
      let width = Language.en.decimals(min(1, max(0, probability)) * 110, 1)
      page.add("<span class=\"p\">\(language.exactPercent(probability))</span>")
      page.add(
        "<svg class=\"bar\" viewBox=\"0 0 110 8\" aria-hidden=\"true\">"
          + "<rect class=\"t\" width=\"110\" height=\"8\" rx=\"4\"/>"
          + "<rect class=\"v\" width=\"\(width)\" height=\"8\" rx=\"4\"/></svg>")
    }
    if let points = row.ruleScore {
      page.add("<span class=\"mu\">")
      page.add(text: language.label(.points, numbers: [.count: points.rounded()]))
      page.add(" </span>")
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
      page.add("<br><span class=\"mu\">")
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
    page.add(language.decimals(amount, amount < 100 ? 1 : 0))
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
    page.add(name: day)
    if let kind = words.dropFirst().first {
      page.add("<br><span class=\"mu\">")
      page.add(name: language.deadlineKind(kind))
      page.add("</span>")
    }
  }
}
