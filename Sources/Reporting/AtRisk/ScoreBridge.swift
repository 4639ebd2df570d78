/// Today's scores by the model that made the previous ones.
///
/// Whether a risk rose or fell is what one model says of two days. After a training the old model scores the
/// week once more; where it did not, nothing can be said.
struct ScoreBridge {
  /// Whether points decide order and bands under that model.
  let isRuled: Bool
  private let isSameModel: Bool
  private let rows: [String: AtRiskDocument.Row]

  /// - Parameters:
  ///   - today: the scores that are compared.
  ///   - previous: earlier ones.
  ///   - byOldModel: today's scores by the earlier model; those of any other model count as none.
  init(
    _ today: AtRiskDocument, since previous: AtRiskDocument?,
    underOldModel byOldModel: AtRiskDocument?
  ) {
    isRuled = previous?.ordersByRule ?? today.ordersByRule
    isSameModel = previous?.model.sha256 == today.model.sha256
    let isBridge = !isSameModel && byOldModel?.model.sha256 == previous?.model.sha256
    rows = Dictionary(
      (isBridge ? byOldModel?.subscriptions ?? [] : []).map { ($0.identity.subscriptionId, $0) },
      uniquingKeysWith: { first, _ in first })
  }

  /// The row as the model of the previous scores has it today; nil where that is unknown.
  func level(of row: AtRiskDocument.Row) -> AtRiskDocument.Row? {
    isSameModel ? row : rows[row.identity.subscriptionId]
  }
}
