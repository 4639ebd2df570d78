package import History
package import RiskModel
internal import Words

// What a person must know of the files beside the exports: lines that do nothing, and lines that disagree.

extension AtRiskDocument {
  /// Owners that disagree, and those of nobody in these scores.
  package func remarks(on owners: OwnerRules) -> [Attention] {
    guard !owners.rules.isEmpty else { return [] }
    var remarks: [Attention] = []
    let conflicts = owners.conflicts
    if let first = conflicts.first {
      let others = conflicts.count == 1 ? "" : ", and \(conflicts.count - 1) more"
      remarks.append(
        Attention(
          "ownersConflict",
          "The owners give \(first.subject.text) to '\(first.accountManager)' and to another account "
            + "manager from the same day\(others): the line that came last holds. Correct the owners "
            + "file, or give the newer line a day in 'from'.",
          Message(
            .remarkOwnersConflict, [.count: Double(conflicts.count - 1)],
            texts: [.text: first.subject.id])))
    }
    let known = subjects
    let strangers = owners.rules.filter { !known.contains($0.subject) }
    if let first = strangers.first {
      remarks.append(
        Attention(
          "ownersUnmatched",
          "\(strangers.count) of \(owners.rules.count) lines of the owners are of nobody in these scores; "
            + "the first names \(first.subject.text).",
          Message(
            .remarkOwnersUnmatched,
            [.count: Double(strangers.count), .rows: Double(owners.rules.count)],
            texts: [.text: first.subject.id]), severity: .information))
    }
    return remarks
  }

  /// Contacts that do not count: of nobody in these scores, later than they are, or a snooze without an end.
  package func remarks(on contacts: ContactLog) -> [Attention] {
    guard !contacts.isEmpty, let day = CalendarDay(asOf) else { return [] }
    let known = subjects
    let all = contacts.all
    var remarks: [Attention] = []
    func remark(
      _ code: String, _ key: MessageKey, _ found: [Contact], severity: Attention.Severity,
      _ text: String
    ) {
      guard let first = found.first else { return }
      remarks.append(
        Attention(
          code,
          "\(found.count) of \(all.count) contacts \(text); the first is of \(first.day) about "
            + "\(first.subscriptionId).",
          Message(
            key, [.count: Double(found.count), .rows: Double(all.count)],
            texts: [
              .date: first.day.description, .text: first.subscriptionId.description,
            ]), severity: severity))
    }
    remark(
      "contactsUnmatched", .remarkContactsUnmatched,
      all.filter { !known.contains(.subscription($0.subscriptionId)) },
      severity: .information, "are about subscriptions that are not in these scores")
    remark(
      "contactsLater", .remarkContactsLater, all.filter { $0.day > day }, severity: .information,
      "are later than \(asOf) and do not count yet")
    remark(
      "snoozeWithoutEnd", .remarkSnoozeWithoutEnd,
      all.filter { $0.outcome == .snoozed && $0.until == nil },
      severity: .warning, "are snoozes without a day in 'until' and hold for two weeks, as calls do"
    )
    return remarks
  }

  /// Everybody whom an owner or a contact may name.
  private var subjects: Set<OwnerRule.Subject> {
    var subjects: Set<OwnerRule.Subject> = []
    for identity in [subscriptions.lazy.map(\.identity), excluded.lazy.map(\.identity)].joined() {
      if let id = GUID(identity.subscriptionId) { subjects.insert(.subscription(id)) }
      if let tenant = identity.customerTenantId { subjects.insert(.customer(tenant.lowercased())) }
      if let partner = identity.partnerId { subjects.insert(.partner(partner.lowercased())) }
      if let market = identity.customerMarket { subjects.insert(.market(market.lowercased())) }
    }
    return subjects
  }
}
