/// Why a row is on its account manager's list, or why not; the words of `listing.reason`.
package enum ListingReason: String, Sendable, Hashable, CaseIterable {
  // On the list.
  /// There are no earlier scores: everyone at risk enters.
  case firstRun
  /// It was not there in the earlier scores, so there is nothing to wait for.
  case newRow
  /// At risk in two weeks one after the other.
  case twoWeeks
  /// At risk for the first time; by points, clearly above where that begins.
  case clearRisk
  /// The risk has at least doubled since the previous scores, by the same model.
  case jump
  /// Something happens by itself within 30 days, whatever the risk.
  case deadline
  /// Was on the list, and the risk was not clearly below where rows enter in two lists running.
  case stays

  // Not on the list.
  /// Below the bands of risk.
  case lowRisk
  /// By points at risk for the first time, and barely: one week more, as points come in large steps.
  case waiting
  /// Somebody spoke with the customer a short while ago.
  case contacted
  /// Put aside until a day.
  case snoozed
  /// Left alone to learn what calls are worth.
  case holdOut
  /// Belongs on a list that is full with rows that stand before it.
  case overCapacity

  /// Whether it says that a row belongs on the list.
  var isEntry: Bool {
    switch self {
    case .firstRun, .newRow, .twoWeeks, .clearRisk, .jump, .deadline, .stays: true
    case .lowRisk, .waiting, .contacted, .snoozed, .holdOut, .overCapacity: false
    }
  }

  /// Whether it says that a row that belongs on the list is spared for now.
  var isSpared: Bool {
    switch self {
    case .contacted, .snoozed, .holdOut: true
    default: false
    }
  }

  /// Whether it says that a row that belongs on the list is not on it for now.
  var isPutAside: Bool { isSpared || self == .overCapacity }
}
