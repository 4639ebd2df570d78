import Files
import History
import TestSupport
import Testing

@testable import Analytics

/// Expressions made up by chance, against a naive twin.
struct RandomQueryTests {
  /// Rows of all kinds, many with nulls and with signs that need care.
  private static func rows(_ fields: [AnalyticsField], _ random: inout SeededGenerator)
    -> [[FieldValue]]
  {
    let names = ["Contoso", "O'Brien", "contoso", "日本電気", "ÉCLAIR", "a) or (b", "", "x eq 'y'"]
    return (0..<120).map { _ in
      fields.map { field in
        if Int.random(in: 0..<5, using: &random) == 0 { return .null }
        let number = Int.random(in: 0..<6, using: &random)
        switch field.type {
        case .text, .caseSensitiveText:
          return .text(names[Int.random(in: names.indices, using: &random)])
        case .id: return .text(guid(number).description)
        case .number: return .number(Double(number) / 2 - 1)
        case .boolean: return .boolean(number.isMultiple(of: 2))
        case .dateTime, .day: return .day(day("2026-01-01") + number)
        }
      }
    }
  }

  @Test(arguments: analyticsResources.map { $0.name })
  func `200 filters mean the same to the parser and to a naive twin`(name: String) throws {
    var random = SeededGenerator(seed: 7)
    let fields = resource(name).fields
    let rows = Self.rows(fields, &random)
    var matches = 0
    for _ in 0..<200 {
      let filter = RandomFilter(
        depth: 4, fields,
        { field in
          let index = fields.firstIndex(of: field) ?? 0
          return rows.map { $0[index] }
        }, &random)
      let text = filter.text(&random)
      let condition = try FilterParser.parse(text, fields: fields, of: name)
      for row in rows {
        let named = Dictionary(uniqueKeysWithValues: zip(fields.map(\.name), row))
        let expected = filter.holds(named)
        #expect(condition.holds { row[$0] } == expected, "\(text)")
        // What is known in two steps comes to the same.
        let known = Set(fields.indices.filter { _ in Bool.random(using: &random) })
        let rest = condition.specialised { known.contains($0) ? row[$0] : nil }
        #expect(rest.holds { row[$0] } == expected, "\(text) in two steps")
        #expect(rest.fields.isDisjoint(with: known))
        matches += expected ? 1 : 0
      }
    }
    // Neither nothing nor everything.
    #expect(matches > 2_000 && matches < 22_000)
  }

  @Test func `usage is filtered, cut at a day and summed as a naive twin does it`() throws {
    var random = SeededGenerator(seed: 11)
    let exportDays = ["2026-01-12", "2026-01-26", "2026-02-23", "2026-04-06"].map(day)
    // Each export brings days that are new and corrects some that are not.
    var lines: [(owner: Int, day: CalendarDay, meter: Int, quantity: Int, seen: CalendarDay)] = []
    for export in exportDays {
      var keys: Set<[Int]> = []
      for _ in 0..<60 {
        let (owner, meter) = (
          Int.random(in: 1...4, using: &random), Int.random(in: 0..<5, using: &random)
        )
        let back = Int.random(in: 0..<(Bool.random(using: &random) ? 14 : 60), using: &random)
        guard keys.insert([owner, meter, back]).inserted else { continue }
        lines.append((owner, export - back, meter, Int.random(in: 0...9, using: &random), export))
      }
    }
    let meters = [
      ("Storage", "1 GB"), ("Storage", "10,000s"), ("VM", "1 Hour"), ("VM", "1 GB"),
      ("SQL", "1 GB"),
    ]
    let sample = try Sample(
      exportDays.map { export in
        let rows = lines.filter { $0.seen == export }.map { line in
          usageRow(
            line.owner, "\(line.day)", "\(line.quantity)", category: meters[line.meter].0,
            unit: meters[line.meter].1)
        }
        return ("usage-\(export).json", envelope(rows))
      })
    let fields = resource("usage").fields
    let wanted = fields.filter {
      ["subscriptionId", "customerName", "usageDate", "meterCategory", "meterUnit", "quantity"]
        .contains($0.name)
    }
    for _ in 0..<100 {
      let asOf =
        Bool.random(using: &random)
        ? nil : day("2026-01-05") + Int.random(in: 0..<110, using: &random)
      let lag = Int.random(in: 0...5, using: &random)
      // The last version known of each line; one that comes more than 31 days late counts from its date.
      var known: [[Int]: (quantity: Int, owner: Int, day: CalendarDay, meter: Int)] = [:]
      var told: Set<[Int]> = []
      for line in lines {
        let key = [line.owner, Int(line.day.daysSinceEpoch), line.meter]
        let isBackfill = told.insert(key).inserted && line.seen - line.day > 31
        let since = isBackfill ? line.day + lag : line.seen
        guard asOf.map({ since <= $0 }) ?? true else { continue }
        known[key] = (line.quantity, line.owner, line.day, line.meter)
      }
      let rows = known.values.map { line -> [String: FieldValue] in
        [
          "subscriptionId": .text(guid(line.owner).description),
          "customerName": .text("Customer \(line.owner)"), "usageDate": .day(line.day),
          "meterCategory": .text(meters[line.meter].0), "meterUnit": .text(meters[line.meter].1),
          "quantity": .number(Double(line.quantity)),
        ]
      }
      let filter = RandomFilter(
        depth: 3, wanted,
        { field in
          lines.prefix(40).map { line in
            switch field.name {
            case "subscriptionId": .text(guid(line.owner).description)
            case "customerName": .text("Customer \(line.owner)")
            case "usageDate": .day(line.day)
            case "meterCategory": .text(meters[line.meter].0)
            case "meterUnit": .text(meters[line.meter].1)
            default: .number(Double(line.quantity))
            }
          }
        }, &random)
      let text = filter.text(&random)
      // A day after which no name is known yet has rows without one.
      let matching = rows.filter { row in
        var row = row
        if asOf.map({ $0 < exportDays[0] }) ?? false { row["customerName"] = .null }
        return filter.holds(row)
      }
      let found = try sample.ask("usage", filter: text, asOf: asOf?.description, lag: lag)
      #expect(found.totalCount == matching.count, "\(text) as of \(asOf?.description ?? "now")")
      let level = ["day", "week", "month"].randomElement(using: &random) ?? "day"
      let groups = try sample.ask(
        "usage", filter: text, groupBy: "usageDate,subscriptionId", level: level,
        asOf: asOf?.description, lag: lag)
      #expect(groups.lines.sorted() == Self.sums(matching, level), "\(text) by \(level)")
    }
  }

  /// The lines of a grouped answer, sorted as texts.
  private static func sums(_ rows: [[String: FieldValue]], _ level: String) -> [String] {
    var sums: [String: (quantity: Double, lines: Int)] = [:]
    for row in rows {
      guard case .day(let date)? = row["usageDate"], case .number(let quantity)? = row["quantity"]
      else { continue }
      let bucket =
        switch level {
        case "month": "\(date)".prefix(8) + "01"
        case "week": "\(date - date.weekday)"[...]
        default: "\(date)"[...]
        }
      let key =
        "\(bucket)|"
        + ["subscriptionId", "meterCategory", "meterUnit"].map { shown(row[$0] ?? .null) }
        .joined(separator: "|")
      let old = sums[key] ?? (0, 0)
      sums[key] = (old.quantity + quantity, old.lines + 1)
    }
    return sums.map { "\($0.key)|-|\(shown(.number($0.value.quantity)))|\($0.value.lines)|-" }
      .sorted()
  }

  @Test func `a page is the same however the rows come`() {
    var random = SeededGenerator(seed: 3)
    let column = AnalyticsField("n", .number, "A number")
    for _ in 0..<50 {
      var query = AnalyticsQuery.plain
      query.top = Int.random(in: 1...40, using: &random)
      query.skip = Int.random(in: 0...3_000, using: &random)
      query.orderBy = [Ordering(column: 0, isDescending: Bool.random(using: &random))]
      let numbers = (0..<6_000).map { index in
        [FieldValue(Int.random(in: 0...400, using: &random)), FieldValue(index)]
      }
      var page = PageCollector(query, key: [1])
      for row in numbers.shuffled(using: &random) { page.add(row) }
      let expected = numbers.sorted { left, right in
        guard left[0] != right[0] else { return FieldValue.isOrdered(left[1], right[1]) }
        return FieldValue.isOrdered(left[0], right[0]) != query.orderBy[0].isDescending
      }.dropFirst(query.skip).prefix(query.top)
      let answer = page.answer(columns: [column, column], query)
      #expect(answer.rows == Array(expected))
      #expect(answer.totalCount == 6_000)
      // Rows that come in order are taken as they come.
      query.orderBy = []
      var inOrder = PageCollector(query)
      for row in numbers { inOrder.add(row) }
      #expect(
        inOrder.answer(columns: [column, column], query).rows
          == Array(numbers.dropFirst(query.skip).prefix(query.top)))
    }
  }
}

extension AnalyticsQuery {
  /// Asks for everything.
  static var plain: AnalyticsQuery {
    guard let query = try? AnalyticsQuery(QueryRequest(), of: Subscriptions()) else {
      preconditionFailure("an empty request is a query")
    }
    return query
  }
}
