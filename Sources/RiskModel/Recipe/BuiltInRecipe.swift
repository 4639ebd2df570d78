internal import Files

/// A recipe that comes with the program, called by its name.
///
/// The same files are in `Training/recipes`, to start one of your own from; a test compares the two.
package struct BuiltInRecipe: Sendable {
  package let name: String
  /// The recipe file.
  package let text: String

  /// All of them, the default first.
  package static let all = [
    BuiltInRecipe(name: "cancellation-91d", text: cancellation91),
    BuiltInRecipe(name: "cancellation-28d", text: cancellation28),
    BuiltInRecipe(name: "dormancy-28d", text: dormancy28),
  ]

  /// The recipe of that name; nil when none is called so.
  package static func named(_ name: String) -> BuiltInRecipe? { all.first { $0.name == name } }

  private static let cancellation91 = """
    {
      "schemaVersion": 1,
      "name": "cancellation-91d",
      "comment": "The default: who will be suspended or deprovisioned within a quarter. For weekly lists of account managers who need time to act. Needs about five months of exports before the first rows are mature.",
      "events": ["deprovisioned", "suspended"],
      "horizonDays": 91,
      "reactivationGraceDays": 30,
      "landmarkEveryDays": 28
    }

    """

  private static let cancellation28 = """
    {
      "schemaVersion": 1,
      "name": "cancellation-28d",
      "comment": "Who will be suspended or deprovisioned within four weeks. For short histories, and for lists that are worked through at once. A suspension counts even when the subscription comes back.",
      "events": ["deprovisioned", "suspended"],
      "horizonDays": 28,
      "reactivationGraceDays": 0,
      "landmarkEveryDays": 28
    }

    """

  private static let dormancy28 = """
    {
      "schemaVersion": 1,
      "name": "dormancy-28d",
      "comment": "Who will stop using Azure: no usage on any of the next 28 days, among subscriptions used in the last 28. For pay-as-you-go plans that nobody ever cancels: revenue ends long before the subscription does.",
      "events": ["dormant"],
      "horizonDays": 28,
      "activeWithinDays": 28,
      "landmarkEveryDays": 7
    }

    """
}

extension TrainingRecipe {
  /// The recipe that a user means: the name of one that comes with the program, else a file.
  ///
  /// - Throws: `FileError` when there is no such recipe; what reading a file throws.
  package init(nameOrFile: String) throws {
    if let known = BuiltInRecipe.named(nameOrFile) {
      try self.init(JSONValue(parsing: Array(known.text.utf8), path: nameOrFile), file: nameOrFile)
      return
    }
    do {
      try self.init(file: nameOrFile)
    } catch let error as FileError where error.kind == .missing {
      let names = BuiltInRecipe.all.map(\.name)
      let nearest = nearestName(to: nameOrFile, among: names).map { "Did you mean '\($0)'? " } ?? ""
      throw FileError(
        kind: .missing, path: nameOrFile, what: "there is no such recipe",
        expected: "\(names.joined(separator: ", ")), or a file",
        remedy: nearest
          + "'churn-risk schema recipe' has the keys of a file, and these as examples.")
    }
  }
}
