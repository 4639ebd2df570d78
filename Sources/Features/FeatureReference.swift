/// The reference of all features, generated from their own descriptions.
package enum FeatureReference {
  /// The columns of the table in the README.
  private static let header = """
    | feature | unit | meaning | unknown when |
    |---|---|---|---|

    """

  /// The table of the README, one line for each feature in the order of the table's columns.
  package static var markdown: String {
    header
      + FeatureCatalog.descriptions.map { feature in
        "| `\(feature.name)` | \(feature.unit) | \(withoutStop(feature.meaning)) | "
          + "\(withoutStop(feature.missing)) |\n"
      }.joined()
  }

  /// The descriptions by family, both in the order of their first feature.
  package static var families: [(family: FeatureFamily, features: [FeatureDescription])] {
    var groups: [(family: FeatureFamily, features: [FeatureDescription])] = []
    for feature in FeatureCatalog.descriptions {
      if let index = groups.firstIndex(where: { $0.family == feature.family }) {
        groups[index].features.append(feature)
      } else {
        groups.append((feature.family, [feature]))
      }
    }
    return groups
  }

  private static func withoutStop(_ sentence: String) -> String {
    sentence.hasSuffix(".") ? String(sentence.dropLast()) : sentence
  }
}

extension FeatureFamily {
  /// What the family is called.
  package var title: String {
    switch self {
    case .usageRecency: "How recently it was used"
    case .usageTrend: "How much it is used, and whether that changes"
    case .renewal: "Age, renewal and commitment"
    case .trial: "Trial"
    case .licences: "Licences"
    case .customer: "The customer's other subscriptions"
    case .partnerMarket: "Product, market, reseller and comparable subscriptions"
    }
  }
}
