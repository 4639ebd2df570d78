extension Language {
  /// The heading of a column by its name in CSV; a column that has none keeps its name.
  package func column(_ name: String) -> String { LabelKey(rawValue: name).map(label) ?? name }

  /// `high`, `medium`, `low`; another word stays as it is.
  package func band(_ band: String) -> String { word("band", band) }

  /// `new`, `worse` and so on; another word stays as it is.
  package func change(_ change: String) -> String { word("change", change) }

  /// The title of a family of features; another word stays as it is.
  package func family(_ family: String) -> String { word("family", family) }

  /// The kind of a deadline as a heading; another word stays as it is.
  package func deadlineKind(_ kind: String) -> String {
    Message.deadline(kind, on: "", daysLeft: 0) == nil ? kind : column(kind)
  }

  private func word(_ group: String, _ value: String) -> String {
    guard !value.isEmpty else { return value }
    return LabelKey(rawValue: group + value.prefix(1).uppercased() + value.dropFirst()).map(label)
      ?? value
  }
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
