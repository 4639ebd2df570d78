import Features
import History
import Learning
import RiskModel
import Words

extension RunMonitoring {
  /// What a person should know about how the model does.
  var attention: [Attention] {
    var found: [Attention] = []
    for list in matured where list.uncontacted.isOff {
      found.append(
        Attention(
          "calibrationOff",
          "Of every 100 losses that the list of \(list.asOf) expected among those nobody spoke with, "
            + "\(decimals((list.uncontacted.ratio.value ?? 0) * 100, 0)) came: its probabilities are off."
            + (own.contains(list.asOf)
              ? "" : " An older model made it, which is no longer in use."),
          Message(
            .remarkCalibrationOff, [.count: ((list.uncontacted.ratio.value ?? 0) * 100).rounded()],
            texts: [.date: list.asOf.description]),
          severity: own.contains(list.asOf) ? .warning : .information))
    }
    for change in drift where change.scores.isAlarm {
      found.append(
        Attention(
          "scoreDrift",
          "Customers score differently than on \(change.since): the stability index is "
            + "\(decimals(change.scores.value, 2)), where chance gives at most "
            + "\(decimals(change.scores.critical, 2)). Something has changed in the business or in the "
            + "exports"
            + (isNew(change)
              ? "." : ", and the model was trained since: what had changed by then, it knows."),
          Message(
            .remarkScoreDrift,
            [.value: change.scores.value, .critical: change.scores.critical],
            texts: [.date: change.since.description]),
          severity: isNew(change) ? .warning : .information))
    }
    for change in drift where !change.features.isEmpty {
      let shown = change.features.prefix(Self.featuresNamed).map(\.name)
      let names = shown.joined(separator: ", ")
      found.append(
        Attention(
          "featureDrift", Self.driftWords(shown, of: change.features.count, since: change.since),
          Message(
            .remarkFeatureDrift, [.count: Double(change.features.count)],
            texts: [.date: change.since.description, .text: names]),
          severity: .information))
    }
    return found
  }

  /// How many of the features that drifted are named.
  private static let featuresNamed = 3

  /// What it means that features have drifted, and what to do.
  ///
  /// - Parameters:
  ///   - names: those of them that are named.
  ///   - count: how many have drifted.
  ///   - since: the day that today is compared with.
  /// - Returns: sentences.
  static func driftWords(_ names: [String], of count: Int, since: CalendarDay) -> String {
    let fields = Dictionary(
      FeatureCatalog.descriptions.map { ($0.name, $0.source) },
      uniquingKeysWith: { first, _ in first })
    let features = names.map { name in fields[name].map { "\(name) (from \($0))" } ?? name }
      .joined(separator: ", ")
    return "Customers are distributed differently than on \(since) in "
      + (count == 1 ? "one feature: " : "\(count) features, most of all ") + features
      + ". If the business has not changed like that, look at these fields in the exports; otherwise "
      + "nothing is to be done. 'churn-risk features --describe' explains each feature."
  }
}
