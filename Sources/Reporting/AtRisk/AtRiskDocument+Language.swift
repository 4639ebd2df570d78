internal import History
internal import RiskModel
package import Words

extension AtRiskDocument {
  /// The document with its reasons, deadlines and remarks in a language.
  ///
  /// Remarks of the import, which speak to whoever runs the program, stay in English.
  ///
  /// Reasons without a message, as in scores of earlier versions, keep their English text, and a remark
  /// says how many.
  package func translated(to language: Language) -> AtRiskDocument {
    guard language != .en else { return self }
    var document = self
    document.language = language
    for index in document.attention.indices {
      guard let message = document.attention[index].message else { continue }
      document.attention[index].text = language.text(message)
    }
    var kept = 0
    func translate(_ reason: inout Reason) {
      guard let message = reason.message else { return kept += 1 }
      reason.text = language.text(message)
    }
    for row in document.subscriptions.indices {
      for index in document.subscriptions[row].reasons.indices {
        translate(&document.subscriptions[row].reasons[index])
      }
      for index in document.subscriptions[row].mitigating.indices {
        translate(&document.subscriptions[row].mitigating[index])
      }
    }
    guard let today = CalendarDay(asOf) else { return document }
    func translate(_ deadlines: inout [Deadline]) {
      for index in deadlines.indices {
        guard let day = CalendarDay(deadlines[index].date),
          let message = Message.deadline(
            deadlines[index].kind, on: deadlines[index].date, daysLeft: day - today)
        else { continue }
        deadlines[index].text = language.text(message)
      }
    }
    for row in document.subscriptions.indices { translate(&document.subscriptions[row].deadlines) }
    for row in document.excluded.indices { translate(&document.excluded[row].deadlines) }
    if kept > 0 {
      document.attention.append(
        Attention(
          "reasonsInEnglish",
          "\(kept) \(kept == 1 ? "reason stays" : "reasons stay") in English, because the "
            + "scores tell no message to translate; 'churn-risk score' of this version writes them.",
          severity: .information))
    }
    return document
  }
}
