extension Language {
  /// The heading of a column by its name in CSV; a column that has none keeps its name.
  package func column(_ name: String) -> String { LabelKey(rawValue: name).map(label) ?? name }

  /// `high`, `medium`, `low`; another word stays as it is.
  package func band(_ band: String) -> String { word("band", band) }

  /// `new`, `worse` and so on; another word stays as it is.
  package func change(_ change: String) -> String { word("change", change) }

  /// Why a row is listed or not, as `listing.reason` says it; another word stays as it is.
  package func listing(_ reason: String) -> String { word("listing", reason) }

  /// `ACTIVE`, `SUSPENDED`, `DEPROVISIONED`; another word stays as it is.
  package func status(_ status: String) -> String {
    guard !status.isEmpty else { return status }
    return LabelKey(rawValue: "status" + status.lowercased().capitalizedFirst).map(label) ?? status
  }

  /// `none`, `running`, `converted`, `ended`; another word stays as it is.
  package func trialPhase(_ phase: String) -> String { word("trialPhase", phase) }

  /// `cost`, `usage`, `licences`; another word stays as it is.
  package func valueBasis(_ basis: String) -> String { word("basis", basis) }

  /// Sentences one after the other.
  package func joined(_ sentences: [String]) -> String {
    sentences.joined(separator: book.grammar.sentenceSpace)
  }

  /// The title of a family of features; another word stays as it is.
  package func family(_ family: String) -> String { word("family", family) }

  /// The kind of a deadline as a heading; another word stays as it is.
  package func deadlineKind(_ kind: String) -> String {
    Message.deadline(kind, on: "", daysLeft: 0) == nil ? kind : column(kind)
  }

  private func word(_ group: String, _ value: String) -> String {
    guard !value.isEmpty else { return value }
    return LabelKey(rawValue: group + value.capitalizedFirst).map(label)
      ?? value
  }
}

extension String {
  fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}

extension Message {
  /// A deadline in a sentence.
  ///
  /// - Parameters:
  ///   - kind: as in at-risk.json: trialEnds, commitmentEnds and so on.
  ///   - date: an ISO day.
  ///   - daysLeft: from the day of the scores to it; below 0 when it has passed.
  /// - Returns: nil for another kind.
  package static func deadline(_ kind: String, on date: String, daysLeft: Int) -> Message? {
    MessageKey(rawValue: "deadline" + kind.prefix(1).uppercased() + kind.dropFirst()).map {
      Message($0, [.days: Double(daysLeft)], texts: [.date: date])
    }
  }

  /// The message without figures of other subscriptions of the partner, for a list that leaves the house.
  package var withoutPartner: Message {
    let plain: MessageKey
    switch key {
    case .switchedOffUnlikePartner: plain = .switchedOff
    case .autoRenewOffUnlikePartner, .autoRenewOffLikePartner: plain = .autoRenewOff
    case .autoRenewOnUnlikePartner, .autoRenewOnLikePartner: plain = .autoRenewOn
    default: return self
    }
    let kept = arguments.filter { $0.name == .days }
    return Message(key: plain, arguments: kept) ?? self
  }
}
