internal import Files
internal import History

extension SimulationParameters {
  /// One parameter as validation, the manifest and the tests see it.
  struct Entry {
    var name: String
    var value: JSONValue
    /// What is accepted, in words; nil when the value is accepted.
    var violation: String?
  }

  /// Every parameter, in the order of its definition; a test compares it with the stored properties.
  var inventory: [Entry] {
    let share = 0.0...1.0
    // Above one half a week's outcomes could add up to more than 1.
    let perWeek = 0.0...0.1
    return [
      Entry("subscriptions", subscriptions, in: 1...1_000_000),
      Entry("weeks", weeks, in: 1...520),
      // A JSON number is exact up to 2⁵³ only.
      Entry(name: "seed", value: .string(String(seed)), violation: nil),
      Entry(
        name: "asOf", value: .string(asOf.description),
        violation: Self.asOfDays.contains(asOf)
          ? nil : "a day from \(Self.asOfDays.lowerBound) to \(Self.asOfDays.upperBound)"),
      Entry("sources", sources, in: 1...2),
      Entry("secondSourceShare", secondSourceShare, in: 0...0.5),
      Entry("startsPerYearShare", startsPerYearShare, in: 0...2),
      Entry("meanAgeWeeks", meanAgeWeeks, in: 1...520),
      Entry("subscriptionsPerCustomer", subscriptionsPerCustomer, count: 8),
      Entry("officeShare", officeShare, in: share),
      Entry("internalShare", internalShare, in: 0...0.5),
      Entry("renamedShare", renamedShare, in: share),
      Entry("hostileNameEvery", hostileNameEvery, in: 1...1_000_000),
      Entry("trialShare", trialShare, in: share),
      Entry("trialConversionShare", trialConversionShare, in: share),
      Entry("commitmentShares", commitmentShares, count: 4),
      Entry("fixedTermShare", fixedTermShare, in: share),
      Entry("meaninglessOffShare", meaninglessOffShare, in: share),
      Entry("fadePerWeek", fadePerWeek, in: perWeek),
      Entry("suddenPerWeek", suddenPerWeek, in: perWeek),
      Entry("recoveryPerWeek", recoveryPerWeek, in: share),
      Entry("hiddenRiskSpread", hiddenRiskSpread, in: 0...2),
      Entry("windDownPerWeek", windDownPerWeek, in: perWeek),
      Entry("windUpPerWeek", windUpPerWeek, in: share),
      Entry("nonPaymentPerWeek", nonPaymentPerWeek, in: perWeek),
      Entry("nonPaymentLostShare", nonPaymentLostShare, in: share),
      Entry("transferPerWeek", transferPerWeek, in: perWeek),
      Entry("suspendedFirstShare", suspendedFirstShare, in: share),
      Entry("neverUsedShare", neverUsedShare, in: share),
      Entry("idlePerWeek", idlePerWeek, in: perWeek),
      Entry("dailyNoise", dailyNoise, in: 0...2),
      Entry("delayShares", delayShares, count: 4),
      Entry("lateShare", lateShare, in: share),
      Entry("restatedShare", restatedShare, in: share),
      Entry("duplicateShare", duplicateShare, in: share),
      Entry("usageBackfillDays", usageBackfillDays, in: 0...182),
      Entry("lastUsageDateMissingShare", lastUsageDateMissingShare, in: share),
      Entry("churnRiskShare", churnRiskShare, in: share),
      Entry("deprovisionedListedDays", deprovisionedListedDays, in: 7...3650),
    ]
  }

  private static let asOfDays =
    CalendarDay(daysSinceEpoch: 14_610)...CalendarDay(daysSinceEpoch: 47_481)

  /// Refuses the first parameter out of its range.
  ///
  /// - Throws: `SimulationError.parameter`.
  func validate() throws(SimulationError) {
    for entry in inventory {
      guard let expected = entry.violation else { continue }
      throw .parameter(
        name: entry.name, value: entry.value.serialized(pretty: false), expected: expected)
    }
  }
}

extension SimulationParameters.Entry {
  init(_ name: String, _ value: Int, in range: ClosedRange<Int>) {
    self.init(
      name: name, value: .integer(value),
      violation: range.contains(value)
        ? nil : "a whole number from \(range.lowerBound) to \(range.upperBound)")
  }

  init(_ name: String, _ value: Double, in range: ClosedRange<Double>) {
    self.init(
      // A JSON number cannot be NaN or infinite; those are refused and never reach the manifest.
      name: name, value: value.isFinite ? .number(value) : .string(String(value)),
      violation: range.contains(value)
        ? nil : "a number from \(range.lowerBound) to \(range.upperBound)")
  }

  /// Relative weights: none negative, not all zero.
  init(_ name: String, _ weights: [Double], count: Int) {
    let isUsable =
      weights.count == count && weights.allSatisfy { $0.isFinite && $0 >= 0 }
      && weights.contains { $0 > 0 }
    self.init(
      name: name, value: .array(weights.map { $0.isFinite ? .number($0) : .string(String($0)) }),
      violation: isUsable ? nil : "\(count) weights of at least 0, one of them above 0")
  }
}
