internal import Features

extension AtRiskDocument.Row {
  /// Fills what changed in each family since earlier scores under the same model.
  ///
  /// A family that said something then and nothing now is listed with a contribution of 0. Scores that
  /// hold no families, as those of earlier versions, leave the changes unknown.
  ///
  /// - Parameter old: the same subscription in the earlier scores.
  mutating func compareFamilies(with old: AtRiskDocument.Row) {
    guard !old.families.isEmpty else { return }
    let before = Dictionary(
      old.families.map { ($0.family, $0.contribution) }, uniquingKeysWith: { first, _ in first })
    let now = Dictionary(
      families.map { ($0.family, $0) }, uniquingKeysWith: { first, _ in first })
    families = FeatureFamily.allCases.map(\.rawValue).compactMap { name in
      let then = before[name] ?? 0
      guard var part = now[name] else {
        guard then != 0 else { return nil }
        return AtRiskDocument.Family(
          family: name, contribution: 0, probabilityWithout: churnProbability,
          changeSincePrevious: -then)
      }
      part.changeSincePrevious = part.contribution - then
      return part
    }
  }
}
