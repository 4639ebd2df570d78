import CommandLineKit
import Features
import Files

/// The reference of the features, for people and for programs.
enum FeatureText {
  /// Each feature under the title of its family; lines of at most `width` columns, nil: 100.
  static func text(width: Int?) -> String {
    let width = max(40, width ?? 100)
    var text = ""
    for (family, features) in FeatureReference.families {
      text += (text.isEmpty ? "" : "\n") + family.title.uppercased() + "\n"
      for feature in features {
        text += "  \(feature.name)  (\(feature.unit))\n"
        for line in [
          feature.meaning, "Unknown: \(feature.missing)", "From: \(feature.source).",
        ] {
          for part in wrapped(line, width: width - 6) { text += "      \(part)\n" }
        }
      }
    }
    return text + "\n\(counted(FeatureCatalog.descriptions.count, "feature")).\n"
  }

  static var json: JSONValue {
    [
      "features": .array(
        FeatureCatalog.descriptions.map { feature in
          [
            "name": .string(feature.name), "family": .string(feature.family.rawValue),
            "unit": .string(feature.unit), "meaning": .string(feature.meaning),
            "missing": .string(feature.missing), "source": .string(feature.source),
          ]
        })
    ]
  }
}
