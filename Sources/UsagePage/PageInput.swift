package import Files
internal import History
package import Reporting

/// What a page is made of: the store's facts, and the files of the model beside them.
package struct PageInput: Sendable {
  /// A file, or a sentence that says why it is not there.
  package enum Given<Value: Sendable>: Sendable {
    case value(Value)
    case absent(String)

    var value: Value? {
      if case .value(let value) = self { value } else { nil }
    }

    var absence: String? {
      if case .absent(let reason) = self { reason } else { nil }
    }
  }

  package let facts: PartnerFacts
  /// at-risk.json as the reader may know it.
  package private(set) var scores: Given<AtRiskDocument>
  /// evaluation.json.
  package private(set) var evaluation: Given<JSONValue>
  /// backtest.json.
  package private(set) var backtest: Given<JSONValue>
  /// What is odd about the files.
  package private(set) var remarks: [String] = []

  /// Leaves out what was not known on the day of the page, and what the reader may not see.
  ///
  /// - Parameters:
  ///   - facts: of the store.
  ///   - scores: at-risk.json as it is.
  ///   - evaluation: evaluation.json of the model.
  ///   - backtest: backtest.json.
  package init(
    facts: PartnerFacts, scores: Given<AtRiskDocument>, evaluation: Given<JSONValue>,
    backtest: Given<JSONValue>
  ) {
    self.facts = facts
    self.scores = scores
    self.evaluation = evaluation
    self.backtest = backtest
    let asOf = facts.period.asOf.description
    if let document = scores.value.map(facts.scope.confined) {
      self.scores = .value(document)
      if document.asOf > asOf {
        self.scores = .absent(
          "The scores are of \(document.asOf) and were not known on \(asOf), the day of this page. "
            + "Score that day: churn-risk score --as-of \(asOf) --output FILE, then report --scores FILE."
        )
      } else {
        remark(on: document)
      }
    }
    if let day = evaluation.value?["asOf"]?.string, day > asOf {
      self.evaluation = .absent(
        "The model was trained on \(day) and was not known on \(asOf), the day of this page.")
    }
    if let day = backtest.value?["knownThrough"]?.string, day > asOf {
      self.backtest = .absent(
        "The backtest knows what happened through \(day), which was not known on \(asOf), the day "
          + "of this page.")
    }
    guard !facts.scope.isWhole else { return }
    self.evaluation = .absent(Self.wholeOnly)
    self.backtest = .absent(Self.wholeOnly)
  }

  private static let wholeOnly =
    "This tells of all customers together, and is left out for readers of some of them."

  private mutating func remark(on document: AtRiskDocument) {
    let asOf = facts.period.asOf.description
    if document.asOf < asOf {
      remarks.append(
        "The scores are of \(document.asOf), older than this page (\(asOf)); "
          + "'churn-risk score' makes new ones.")
    }
    guard facts.scope.isWhole, !document.subscriptions.isEmpty else { return }
    let known = Set(facts.azure.map(\.subscription.id.description))
    let strangers = document.subscriptions.count { !known.contains($0.identity.subscriptionId) }
    if strangers > 0 {
      remarks.append(
        "\(strangers) of the \(document.subscriptions.count) subscriptions in the scores are not in "
          + "this history: the scores file may be of another one.")
    }
    if let trained = evaluation.value?["modelSha256"]?.string, !document.model.sha256.isEmpty,
      trained != document.model.sha256
    {
      remarks.append(
        "The scores were made by another model than the one whose evaluation is shown.")
    }
  }
}

/// The figures of one section, apart from how they are shown.
///
/// They are of the day, the period and the scope of the page, and equal what `json` says, which the page embeds.
package protocol SectionNumbers: Sendable {
  init(_ input: PageInput)
  /// What the page embeds for programs.
  var json: JSONValue { get }
  /// Why there is nothing to show, in a sentence; nil where there is.
  var absence: String? { get }
}

extension SectionNumbers {
  package var absence: String? { nil }
}
