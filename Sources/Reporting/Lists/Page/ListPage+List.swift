internal import Words

extension ListPage {
  /// The rows on the page, each with its places.
  var shownRows: [PageRow] {
    let shown = rows.prefix(Self.mostRows)
    // Amounts of different units are not comparable: the export's own order says which is more.
    var lossPlaces: [String: Int] = [:]
    for (place, row) in ListSort.expectedLoss.sorted(Array(shown)).enumerated() {
      lossPlaces[row.identity.subscriptionId] = place + 1
    }
    var header = document
    header.subscriptions = []
    header.excluded = []
    let (hasValue, hasLoss) = (hasValue, hasLoss)
    return shown.enumerated().map { index, row in
      PageRow(
        row: row, place: index + 1, lossPlace: lossPlaces[row.identity.subscriptionId] ?? index,
        document: header, language: language, hasValue: hasValue, hasLoss: hasLoss)
    }
  }

  /// Whether any row is worth something that can be told: without costs and usage every value is 0.
  private var hasValue: Bool { rows.contains { ($0.identity.value ?? 0) > 0 } }

  /// Likewise of the expected loss; it stays where the list is ordered by it.
  private var hasLoss: Bool {
    context.order == .expectedLoss || rows.contains { ($0.expectedLoss ?? 0) > 0 }
  }

  /// The heading of the list, its search and order, which the script shows, and the head of its table.
  func addHeading(to page: inout PageText) {
    page.add("<section><h2>\(label(.toWorkThrough))</h2>\n")
    guard !rows.isEmpty else {
      return page.add("<p class=\"mu\">\(label(.nothingAtRisk))</p>\n")
    }
    addTools(to: &page)
    page.add("<table id=\"list\" role=\"table\"><caption>")
    page.add(text: caption)
    page.add("</caption><thead role=\"rowgroup\"><tr role=\"row\">")
    let headings: [(text: String, style: String)] =
      [("#", "n"), (label(.customerAndWhy), ""), (label(.riskBand), ""), (label(.change), "")]
      + (hasValue ? [(label(.value), "n")] : [])
      + (hasLoss ? [(label(.expectedLoss), "n")] : [])
      + [(label(.lastUsageDate), ""), (label(.nextDeadline), "")]
    for heading in headings {
      let style = heading.style.isEmpty ? "" : " class=\"\(heading.style)\""
      page.add("<th scope=\"col\" role=\"columnheader\"\(style)>\(heading.text)</th>")
    }
    page.add("</tr></thead><tbody role=\"rowgroup\">\n")
  }

  /// In which order the rows stand, and where those are that do not fit.
  private var caption: String {
    let isByLoss = context.order == .expectedLoss
    guard rows.count > Self.mostRows else {
      return language.label(isByLoss ? .captionByLoss : .captionRiskiest)
    }
    let others = context.formats.filter { $0 != HTMLListFormat.name }.map { $0.uppercased() }
    return language.label(
      isByLoss ? .captionFirstByLoss : .captionFirst,
      numbers: [.rows: Double(Self.mostRows), .count: Double(rows.count)])
      + (others.isEmpty
        ? language.label(.captionRestNowhere)
        : language.label(
          .captionRest, numbers: [:], texts: [.text: others.joined(separator: " / ")]))
  }

  private func addTools(to page: inout PageText) {
    let isByLoss = context.order == .expectedLoss
    page.add(
      """
      <div class="tools" id="tools" hidden><label for="find">\(label(.search)) <input id="find" type="search"></label>
      <label for="order">\(label(.order)) <select id="order">
      """)
    func option(_ value: String, _ key: LabelKey, selected: Bool = false) {
      page.add("<option value=\"\(value)\"\(selected ? " selected" : "")>\(label(key))</option>")
    }
    option("rank", .riskBand, selected: !isByLoss)
    if hasLoss { option("loss", .expectedLoss, selected: isByLoss) }
    option("name", .customerName)
    option("used", .longestUnused)
    page.add("</select></label>\n<span class=\"mu\" id=\"count\" role=\"status\"></span></div>\n")
  }
}
