package import UsagePage

/// The files that a service answers from.
package struct DataPlaces: Sendable {
  /// The history.
  package var store: String
  /// at-risk.json.
  package var scores: String
  /// evaluation.json and backtest.json.
  package var page: PageFiles
  /// Who looks after whom; nil takes what was imported.
  package var owners: String?

  /// The files of a service.
  package init(store: String, scores: String, page: PageFiles, owners: String?) {
    self.store = store
    self.scores = scores
    self.page = page
    self.owners = owners
  }
}

/// What an answer is made from.
struct DataParts: OptionSet, Sendable, Hashable {
  let rawValue: UInt8

  static let history = DataParts(rawValue: 1)
  static let scores = DataParts(rawValue: 2)
  static let owners = DataParts(rawValue: 4)
  static let model = DataParts(rawValue: 8)

  /// Whether an answer could be made from states of different moments.
  var isOfSeveralFiles: Bool { rawValue.nonzeroBitCount > 1 }
}
