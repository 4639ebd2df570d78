import Access
import CommandLineKit
import Files
import History
import RiskModel
import Words

/// The tokens of a file, for people and for programs; never anything of their secrets.
struct TokenList {
  private let registry: TokenRegistry
  private let today: CalendarDay

  init(_ registry: TokenRegistry, on today: CalendarDay) {
    self.registry = registry
    self.today = today
  }

  /// The text for a terminal of `width` columns; nil: nothing is cut.
  func text(width: Int?) -> String {
    var table = Table(columns: [
      Table.Column("Id"), Table.Column("Name", minimumWidth: 12), Table.Column("Role"),
      Table.Column("Account manager", minimumWidth: 12), Table.Column("Created"),
      Table.Column("Valid through"), Table.Column("State"),
    ])
    for record in registry.records {
      let state = record.state(on: today)
      table.add([
        record.id, record.name, record.role.rawValue, record.accountManager ?? "",
        "\(record.createdOn)", record.expiresOn.map { "\($0)" } ?? "no end",
        record.revokedOn.map { "\(state.rawValue) \($0)" } ?? state.rawValue,
      ])
    }
    let valid = registry.records.count { $0.state(on: today) == .valid }
    return table.rendered(maximumWidth: width.map { max(80, $0) })
      + "\n\(counted(registry.records.count, "token")), \(grouped(valid)) valid.\n"
  }

  var json: JSONValue {
    ["tokens": .array(registry.records.map(member)), "attention": attention.json]
  }

  private func member(_ record: TokenRecord) -> JSONValue {
    func text(_ value: String?) -> JSONValue { value.map { .string($0) } ?? .null }
    return [
      "id": .string(record.id), "name": .string(record.name),
      "role": .string(record.role.rawValue), "accountManager": text(record.accountManager),
      "createdOn": .string("\(record.createdOn)"), "expiresOn": text(record.expiresOn?.description),
      "revokedOn": text(record.revokedOn?.description),
      "state": .string(record.state(on: today).rawValue),
    ]
  }

  private static let noticeDays = 14

  /// Tokens that are about to expire.
  var attention: [Attention] {
    let ending = registry.records.filter { record in
      guard record.state(on: today) == .valid, let lastDay = record.expiresOn else { return false }
      return lastDay - today <= Self.noticeDays
    }
    guard let first = ending.min(by: { ($0.expiresOn ?? today) < ($1.expiresOn ?? today) })
    else { return [] }
    return [
      Attention(
        "tokensExpire",
        "\(counted(ending.count, "token")), \(first.id) the first, will expire within "
          + "\(Self.noticeDays) days. Make new ones with 'churn-risk tokens add'.",
        severity: .information)
    ]
  }
}

extension TokenRecord {
  /// The name on its way into a sentence.
  var shownName: String { OutsideText.shown(name) }
}
