internal import Access
internal import Analytics
internal import Files
internal import History
internal import HTTPServer

/// The activity log: who asked for what, and when.
///
/// The newest entries come last.
struct ActivityRoute: Route {
  let name = "activity"
  let path = "/activity"
  let access = RouteAccess.resource(.activity)

  func answer(_ call: Call) throws(ServiceError) -> RouteAnswer {
    let parameters = try call.parameters(only: ["from", "to", "top", "skip"])
    let from = try call.day(named: "from", in: parameters)
    let to = try call.day(named: "to", in: parameters)
    if let from, let to, from > to {
      throw .parameter("from", "\(from) lies after to, \(to). Give the earlier day as from.")
    }
    let top = try Self.number(parameters["top"], of: "top", in: 1...AnalyticsQuery.pageLimit)
    let skip = try Self.number(parameters["skip"], of: "skip", in: 0...Int.max) ?? 0
    let folder = call.service.activityFolder
    let path = path
    return .ask(.query) {
      let (rows, total) = try Self.entries(
        folder, from: from, to: to, top: top ?? AnalyticsQuery.pageLimit, skip: skip)
      let days = [("from", from), ("to", to)].compactMap { name, day in day.map { "\(name)=\($0)" }
      }
      let asked = days + (top.map { ["top=\($0)"] } ?? [])
      let next = skip + rows.count
      let link =
        next < total && !rows.isEmpty
        ? "\(path)?" + (asked + ["skip=\(next)"]).joined(separator: "&") : nil
      let body: JSONValue = [
        "Value": .array(rows), "@nextLink": .optional(link), "TotalCount": .integer(total),
      ]
      return MadeAnswer(
        response: .json(Array((body.serialized() + "\n").utf8)), rows: rows.count,
        query: asked.joined(separator: "&"))
    }
  }

  private static func number(
    _ text: String?, of name: String, in range: ClosedRange<Int>
  ) throws(ServiceError) -> Int? {
    guard let text else { return nil }
    guard let number = Int(text), range.contains(number) else {
      let expected =
        range.upperBound == .max
        ? "\(range.lowerBound) or more" : "\(range.lowerBound) to \(range.upperBound)"
      throw .parameter(name, "'\(QueryString.short(text))' is out of range. Expected \(expected).")
    }
    return number
  }

  private static func entries(
    _ folder: ActivityFolder, from: CalendarDay?, to: CalendarDay?, top: Int, skip: Int
  ) throws -> (rows: [JSONValue], total: Int) {
    var rows: [JSONValue] = []
    var number = 0
    _ = try ActivityReader(folder).read(from: from, to: to) { entry in
      if number >= skip, rows.count < top { rows.append(entry.json) }
      number += 1
    }
    return (rows, number)
  }
}
