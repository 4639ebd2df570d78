internal import Features
internal import Words

extension AtRiskDocument {
  /// What counts as churn, in the document's language: in English as the recipe says it, else in the
  /// catalog's words.
  ///
  /// A text that is none of ours, as a scores file may hold, leaves the exceptions unknown: then only the
  /// events are told.
  var definition: String {
    guard language != .en else { return churnText }
    return language.joined(sentences(in: language))
  }

  private func sentences(in language: Language) -> [String] {
    let known = ChurnDefinition(
      saying: churnText, events: churnEvents, horizonDays: horizonDays)
    return known.map { $0.sentences(in: language) } ?? [
      ChurnDefinition.events(churnEvents, horizonDays: horizonDays, in: language)
    ]
  }
}

extension ChurnDefinition {
  /// The definition whose sentences a text is; nil where it is none of ours.
  ///
  /// Days are the only numbers of a definition, so those of the text are tried, each as everything they
  /// can be.
  ///
  /// - Parameters:
  ///   - text: what `text` gave.
  ///   - events: the raw values of the events.
  ///   - horizonDays: days in which they count.
  init?(saying text: String, events: [String], horizonDays: Int) {
    let known = events.compactMap(Event.init)
    guard !known.isEmpty, known.count == events.count else { return nil }
    let numbers = text.matches(of: #/[0-9]{1,4}/#).compactMap { Int($0.output) }
    for days in Set(numbers + [0]) {
      for trials in [false, true] {
        let definition = ChurnDefinition(
          events: Set(known), horizonDays: horizonDays, reactivationGraceDays: days,
          activeWithinDays: days, trialNeverPaidIsChurn: trials)
        if definition.text == text {
          self = definition
          return
        }
      }
    }
    return nil
  }

  /// The sentences of `text` in a language.
  func sentences(in language: Language) -> [String] {
    func sentence(_ key: LabelKey, days: Int) -> String {
      language.label(key, numbers: [.windowDays: Double(days)])
    }
    var sentences = [
      Self.events(events.map(\.rawValue), horizonDays: horizonDays, in: language)
    ]
    guard !isDormancy else {
      return sentences + [sentence(.aboutDefinitionUsed, days: activeWithinDays)]
    }
    if events.contains(.suspended), reactivationGraceDays > 0 {
      sentences.append(sentence(.aboutDefinitionGrace, days: reactivationGraceDays))
    }
    sentences.append(
      language.label(
        trialNeverPaidIsChurn ? .aboutDefinitionTrials : .aboutDefinitionExceptions))
    return sentences
  }

  /// The first sentence: what happens, and within how many days.
  static func events(_ events: [String], horizonDays: Int, in language: Language) -> String {
    let key: LabelKey =
      switch Set(events) {
      case ["dormant"]: .aboutDefinitionDormant
      case ["suspended"]: .aboutDefinitionSuspended
      case ["deprovisioned"]: .aboutDefinitionCancelled
      default: .aboutDefinition
      }
    return language.label(key, numbers: [.windowDays: Double(horizonDays)])
  }
}
