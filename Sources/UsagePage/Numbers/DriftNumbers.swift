package import Files
internal import Reporting

/// Whether the subscriptions still look as they did, and what became of earlier lists: `monitoring` of the scores.
package struct DriftNumbers: SectionNumbers {
  struct Change: Sendable, Hashable {
    let since: String
    /// nil for the scores themselves.
    let feature: String?
    let value, critical: Double
    let isAlarm: Bool
  }

  struct Matured: Sendable, Hashable {
    let asOf: String
    let rows, lost: Int
    let expected: Double
    let ratio, low, high: Double?
  }

  let changes: [Change]
  let matured: [Matured]
  package let absence: String?

  package init(_ input: PageInput) {
    let monitoring = input.scores.value?.monitoring
    changes = (monitoring?["drift"]?.array ?? []).flatMap { change -> [Change] in
      let since = change["since"]?.string ?? ""
      func one(_ json: JSONValue?, _ name: String?) -> Change? {
        guard let value = json?["value"]?.double, let critical = json?["critical"]?.double else {
          return nil
        }
        return Change(
          since: since, feature: name, value: value, critical: critical,
          isAlarm: json?["alarm"]?.bool ?? false)
      }
      return [one(change["scores"], nil)].compactMap(\.self)
        + (change["features"]?.array ?? []).compactMap { one($0, $0["name"]?.string) }
    }
    matured = (monitoring?["maturedLists"]?.array ?? []).compactMap { list in
      guard let asOf = list["asOf"]?.string, let all = list["all"], let rows = all["rows"]?.int,
        let lost = all["lost"]?.int, let expected = all["expected"]?.double
      else { return nil }
      return Matured(
        asOf: asOf, rows: rows, lost: lost, expected: expected, ratio: all["ratio"]?.double,
        low: all["low"]?.double, high: all["high"]?.double)
    }
    if let reason = input.scores.absence {
      absence = reason
    } else if !input.facts.scope.isWhole {
      absence =
        "This tells of all customers together, and is left out for readers of some of them."
    } else if changes.isEmpty, matured.isEmpty {
      absence =
        "The scores hold no monitoring: 'churn-risk run' measures drift, and an earlier list tells what was "
        + "lost once its horizon has passed."
    } else {
      absence = nil
    }
  }

  package var json: JSONValue {
    [
      "changes": .array(
        changes.map {
          [
            "since": .string($0.since), "feature": .optional($0.feature),
            "value": .number($0.value), "critical": .number($0.critical),
            "alarm": .bool($0.isAlarm),
          ]
        }),
      "maturedLists": .array(
        matured.map {
          [
            "asOf": .string($0.asOf), "rows": .integer($0.rows), "lost": .integer($0.lost),
            "expected": .number($0.expected),
          ]
        }),
    ]
  }
}
