import CommandLineKit
import Reporting

/// What changed on the lists, in words: `12 new, 3 worse, 4 lost`.
struct ChangeText {
  private let changes: ChangeCounts

  init(_ changes: ChangeCounts) { self.changes = changes }

  /// Empty where nothing did; rows that stayed the same are not told.
  var text: String {
    [
      ("new", "new"), ("worse", "worse"), ("better", "better"), ("recovered", "recovered"),
      ("modelChanged", "scored by another model"), ("churned", "lost"),
    ].compactMap { change, words in
      changes[change] == 0 ? nil : "\(grouped(changes[change])) \(words)"
    }.joined(separator: ", ")
  }
}
