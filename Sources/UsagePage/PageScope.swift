internal import Files
package import History
internal import Reporting
internal import RiskModel

/// What a reader may see: everything or some subscriptions, with or without money and names.
///
/// Confinement happens where the numbers are made: `PartnerFacts` holds nothing else of the history, `PageInput`
/// nothing else of the scores, so that no section can forget it.
package struct PageScope: Sendable, Hashable {
  /// The subscriptions that count; nil = all.
  ///
  /// A customer is known by those of its subscriptions alone.
  package var subscriptions: Set<GUID>?
  /// Whether costs, values and expected losses are told.
  package var includesMoney: Bool
  /// Whether customers and subscriptions are called by their names, and account managers by theirs; ids alone
  /// otherwise.
  package var includesNames: Bool

  /// Everything of everybody, unless told otherwise.
  package init(
    subscriptions: Set<GUID>? = nil, includesMoney: Bool = true, includesNames: Bool = true
  ) {
    self.subscriptions = subscriptions
    self.includesMoney = includesMoney
    self.includesNames = includesNames
  }

  /// Whether figures of the partner as a whole may be told, such as how good the model is.
  var isWhole: Bool { subscriptions == nil }

  func includes(_ id: GUID) -> Bool { subscriptions?.contains(id) ?? true }
}

extension PageScope {
  /// Remarks that speak of days, counts and the model alone; others quote files and name account managers.
  private static let impersonalRemarks: Set<String> = [
    "noUsage", "usageStale", "usageEnded", "incompleteExport", "idMismatch", "modelFromLater",
    "tooLittleHistory", "survivorBias", "baseRateOfAllRows", "noRanking", "noProvenSkill",
    "calibrationOff", "scoreDrift", "featureDrift", "sourceMissing", "sourceEnded", "noNewExport",
  ]

  /// The scores as the reader may know them.
  ///
  /// What tells of all customers together goes where only some may be seen; ranks and reasons stay, although
  /// they compare with the others.
  func confined(_ document: AtRiskDocument) -> AtRiskDocument {
    var redactions: Set<AtRiskDocument.Redaction> = []
    if !includesMoney { redactions.insert(.revenue) }
    if !includesNames { redactions.insert(.names) }
    var document = document.redacted(redactions)
    if !redactions.isEmpty {
      document.attention.removeAll { !Self.impersonalRemarks.contains($0.code) }
    }
    if !includesNames {
      for index in document.subscriptions.indices {
        document.subscriptions[index].identity.accountManager = nil
        document.subscriptions[index].identity.email = nil
        document.subscriptions[index].contact = nil
      }
      for index in document.excluded.indices {
        document.excluded[index].identity.accountManager = nil
        document.excluded[index].identity.email = nil
      }
    }
    guard !isWhole else { return document }
    func isOwn(_ identity: AtRiskDocument.Identity) -> Bool {
      GUID(identity.subscriptionId).map(includes) ?? false
    }
    document.subscriptions.removeAll { !isOwn($0.identity) }
    document.excluded.removeAll { !isOwn($0.identity) }
    document.attention = []
    document.monitoring = .null
    return document
  }
}
