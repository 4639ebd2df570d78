import History
import Reporting

/// Account managers who have nothing to work on, and what those left behind who look after nobody any more.
struct RunLeavers {
  /// Those whom a rule in force names and whose list is empty, ascending.
  let withoutRows: [String]
  /// Rows that are snoozed by somebody whom no rule in force names; 0 where there are no rules.
  let snoozes: Int

  init(_ document: AtRiskDocument, _ owners: OwnerRules, on day: CalendarDay) {
    let inForce = owners.managers(on: day)
    let busy = Set(
      document.subscriptions.lazy.filter(\.isListed).compactMap(\.identity.accountManager))
    withoutRows = inForce.subtracting(busy).sorted()
    snoozes = document.subscriptions.count { row in
      guard row.listing?.reason == .snoozed, let manager = row.contact?.accountManager else {
        return false
      }
      return !inForce.isEmpty && !inForce.contains(manager)
    }
  }
}
