import CommandLineKit
import Files
import Glibc
import History
import Reporting
import RiskModel

/// What a run prints.
struct RunText {
  private let result: WeeklyRun.Result

  init(_ result: WeeklyRun.Result) { self.result = result }

  func text(columns: Int?) -> String {
    paragraphs.map { folded($0, columns: columns) + "\n" }.joined()
  }

  private var paragraphs: [String] {
    let document = result.document
    if result.isKept {
      return [
        "Nothing was written: something that the run of \(result.asOf) needs is missing or damaged, and that "
          + "run stands complete in \(result.folder). It stays as it is, and latest "
          + (result.latest.map { $0 == "\(result.asOf)" ? "names it." : "names the run of \($0)." }
            ?? "names none.")
      ]
    }
    let listed = document.subscriptions.filter(\.isListed)
    let changes = ChangeText(document.changesOfLists).text
    var lines = [
      "Run of \(result.asOf): \(counted(document.subscriptions.count, "subscription")) scored, "
        + "\(grouped(listed.count)) on the lists"
        + (changes.isEmpty ? "" : " (\(changes))")
        + "; compared with \(result.previous.map { "the run of \($0)" } ?? "no earlier run").",
      result.trainedBecause.map { "A new model was trained: \($0)." }
        ?? "The model that was trained on \(result.modelDay) was kept.",
      result.outcome,
    ]
    let spared = document.subscriptions.reduce(into: [String: Int]()) { counts, row in
      if let reason = row.listing?.reason,
        ["waiting", "contacted", "snoozed", "holdOut", "overCapacity"].contains(reason.rawValue)
      {
        counts[reason.rawValue, default: 0] += 1
      }
    }
    if !spared.isEmpty {
      let words = [
        "waiting": "waiting for a second week", "contacted": "spoken with lately",
        "snoozed": "snoozed", "holdOut": "left alone by the hold-out",
        "overCapacity": "beyond the capacity of their list",
      ]
      lines.append(
        "Not on the lists though at risk or near a deadline: "
          + spared.sorted { $0.key < $1.key }.map {
            "\(grouped($0.value)) \(words[$0.key] ?? $0.key)"
          }
          .joined(separator: ", ") + ".")
    }
    if !result.withoutRows.isEmpty {
      lines.append(
        "Without rows this week: " + result.withoutRows.map(safe).joined(separator: ", ") + ".")
    }
    if result.snoozesOfThoseWhoLeft > 0 {
      lines.append(
        "\(counted(result.snoozesOfThoseWhoLeft, "row")) snoozed by people who own nothing any more."
      )
    }
    lines.append(
      "\(counted(result.entries.count, "file")) in \(result.folder)"
        + (result.isComplete
          ? "; latest names it."
          : "; the data is incomplete: \(latestAfterIncomplete)."))
    return lines
  }

  /// What `latest` names after an incomplete run.
  private var latestAfterIncomplete: String {
    switch result.latest {
    case nil: "no run is the latest yet"
    case result.asOf.description?: "latest names it all the same"
    case let name?: "latest still names the run of \(name)"
    }
  }

  private func safe(_ name: String) -> String {
    String(
      String.UnicodeScalarView(
        name.unicodeScalars.filter { $0.properties.generalCategory != .control }))
  }
}

/// One line for each run in log.jsonl.
///
/// Only the log knows the time of day.
struct RunLog {
  private let path: String

  init(_ path: String) { self.path = path }

  func add(_ result: WeeklyRun.Result) {
    add([
      "asOf": .string(result.asOf.description),
      "status": .string(result.isComplete ? "complete" : "incomplete"),
      "kept": .bool(result.isKept),
      "scored": .integer(result.document.subscriptions.count),
      "listed": .integer(result.document.subscriptions.count(where: \.isListed)),
      "trained": .bool(result.trainedBecause != nil),
      "attention": .array(result.attention.map { .string($0.code) }),
    ])
  }

  func add(failure: any Error) {
    add(["status": "failed", "error": .string("\(failure)")])
  }

  private func add(_ members: JSONObject) {
    let seconds = time(nil)
    let day = CalendarDay(daysSinceEpoch: Int32(seconds / 86_400))
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let at =
      "\(day)T\(two(seconds / 3_600 % 24)):\(two(seconds / 60 % 60)):\(two(seconds % 60))Z"
    var line: JSONObject = ["endedAt": .string(at)]
    for (key, value) in members.members { line.append(key, value) }
    // A log that cannot be written must not fail the run that it tells of.
    try? appendLine(JSONValue.object(line).serialized(pretty: false), to: path)
  }
}
