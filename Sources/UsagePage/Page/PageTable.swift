internal import Reporting

/// A table of a section.
///
/// The script makes buttons of the headings of a table with more than one row, and a search above a long one.
struct PageTable: Sendable {
  enum Kind: Sendable { case text, number, day }

  struct Column: Sendable {
    let title: String
    let kind: Kind

    init(_ title: String, _ kind: Kind = .text) {
      self.title = title
      self.kind = kind
    }
  }

  enum Cell: Sendable {
    /// Text of ours or from outside.
    case text(String)
    /// A name from outside, with what it was before.
    case name(String, earlier: [String] = [])
    /// A customer or subscription with what tells it apart below.
    case who(WhoIs)
    case which(WhichSubscription)
    case count(Int)
    /// A number, shown with as many decimals as its size asks for, and its unit.
    case amount(Double, unit: String?)
    case decimals(Double, Int)
    case percent(Double)
    case band(String)
    case list([String])
    case empty
  }

  /// What stands above it.
  let caption: String
  let columns: [Column]
  let rows: [[Cell]]
  /// Rows there are; those shown can be fewer.
  let total: Int
  /// A few narrow columns stay a table on a telephone; the rows of others become cards there.
  let isNarrow: Bool
  /// Shown open and without sorting: rows in an order that means something, such as dates.
  let isOrdered: Bool

  init(
    _ caption: String, _ columns: [Column], _ rows: [[Cell]], total: Int? = nil,
    isNarrow: Bool = false, isOrdered: Bool = false
  ) {
    self.caption = caption
    self.columns = columns
    self.rows = rows
    self.total = total ?? rows.count
    self.isNarrow = isNarrow
    self.isOrdered = isOrdered
  }

  /// A search helps from so many rows on.
  private static let rowsToSearch = 10

  func append(to page: inout PageText, id: String) {
    page.add("<div class=\"wide\"><table id=\"\(id)\" role=\"table\"")
    if isNarrow { page.add(" class=\"g\"") }
    if !isOrdered, rows.count > 1 { page.add(" data-sort") }
    if !isOrdered, rows.count > Self.rowsToSearch { page.add(" data-find") }
    page.add("><caption>")
    page.add(text: caption)
    if rows.count < total {
      page.add(
        text: " The first \(Shown.count(rows.count)) of \(Shown.count(total)); 'churn-risk export' "
          + "writes lists without this limit.")
    }
    page.add("</caption><thead role=\"rowgroup\"><tr role=\"row\">")
    for column in columns {
      page.add("<th scope=\"col\" role=\"columnheader\"\(Self.style(column.kind))>")
      page.add(text: column.title)
      page.add("</th>")
    }
    page.add("</tr></thead><tbody role=\"rowgroup\">\n")
    let labels = columns.map { PageText.escaped($0.title) }
    for row in rows {
      page.add("<tr role=\"row\">")
      for (index, cell) in row.enumerated() {
        let isHeader = index == 0
        page.add(isHeader ? "<th scope=\"row\" role=\"rowheader\"" : "<td role=\"cell\"")
        page.add(Self.style(columns[index].kind))
        if let key = cell.key {
          page.add(" data-k=\"")
          page.add(text: key)
          page.add("\"")
        }
        page.add(" data-l=\"\(labels[index])\"><div>")
        cell.append(to: &page)
        page.add(isHeader ? "</div></th>" : "</div></td>")
      }
      page.add("</tr>\n")
    }
    page.add("</tbody></table></div>\n")
  }

  private static func style(_ kind: Kind) -> String {
    switch kind {
    case .number: " class=\"n\""
    case .day: " class=\"d\""
    case .text: ""
    }
  }
}

extension PageTable.Cell {
  /// A day, or nothing.
  static func day(_ text: String?, orElse words: String? = nil) -> Self {
    text.map { .text($0) } ?? words.map { .text($0) } ?? .empty
  }

  static func optional(_ text: String?) -> Self { text.map { .name($0) } ?? .empty }
  static func optional(_ count: Int?) -> Self { count.map { .count($0) } ?? .empty }
  static func optional(percent: Double?) -> Self { percent.map { .percent($0) } ?? .empty }
  static func optional(_ number: Double?, _ digits: Int) -> Self {
    number.map { .decimals($0, digits) } ?? .empty
  }

  /// What the script sorts by where that is not the text.
  fileprivate var key: String? {
    switch self {
    case .count(let count): String(count)
    case .amount(let number, _), .decimals(let number, _), .percent(let number): String(number)
    case .band(let band): ["high": "0", "medium": "1", "low": "2"][band] ?? "3"
    case .who(let who): String((who.name ?? who.tenant).prefix(60))
    case .which(let which):
      String((which.customer.name ?? which.customer.tenant).prefix(60))
    case .text, .name, .list, .empty: nil
    }
  }

  fileprivate func append(to page: inout PageText) {
    switch self {
    case .text(let text): page.add(text: text)
    case .name(let name, let earlier):
      page.add(name: name)
      Self.append(earlier, to: &page)
    case .who(let who):
      page.add("<span class=\"nm\">")
      page.add(name: who.name ?? who.tenant)
      page.add("</span>")
      Self.append(who.earlierNames, to: &page)
    case .which(let which):
      page.add("<span class=\"nm\">")
      page.add(name: which.customer.name ?? which.customer.tenant)
      page.add("</span>")
      Self.append(which.customer.earlierNames, to: &page)
      page.add("<br>")
      page.add(name: which.name ?? which.id)
      if let product = which.product {
        page.add(" <span class=\"mu\">· ")
        page.add(name: product)
        page.add("</span>")
      }
    case .count(let count): page.add(Shown.count(count))
    case .amount(let number, let unit):
      page.add(Shown.amount(number))
      if let unit {
        page.add(" <span class=\"mu\">")
        page.add(name: unit)
        page.add("</span>")
      }
    case .decimals(let number, let digits): page.add(Shown.decimals(number, digits))
    case .percent(let share): page.add(Shown.percent(share))
    case .band(let band):
      let known = ["high", "medium", "low"].contains(band) ? band : "low"
      page.add("<span class=\"b \(known)\">")
      page.add(text: band)
      page.add("</span>")
    case .list(let texts):
      page.add("<ul class=\"why\">")
      for text in texts {
        page.add("<li>")
        page.add(name: text)
        page.add("</li>")
      }
      page.add("</ul>")
    case .empty: page.add("–")
    }
  }

  /// What a customer was called: the search finds it.
  private static func append(_ earlier: [String], to page: inout PageText) {
    guard !earlier.isEmpty else { return }
    page.add(" <span class=\"mu\">(formerly ")
    for (index, name) in earlier.enumerated() {
      if index > 0 { page.add(", ") }
      page.add(name: name)
    }
    page.add(")</span>")
  }
}
