import Glibc
internal import History

/// Makes one Azure subscription of a customer.
struct SubscriptionFactory {
  var parameters: SimulationParameters
  var calendar: ExportCalendar
  var market: Market
  /// What its customer adds to the log of the risk.
  var customerRisk: Double

  func subscription(
    sibling: Int, customerStart: CalendarDay, chance: inout SplitMix64
  ) -> SubscriptionProfile {
    let start = start(sibling, customerStart, &chance)
    let isUnused = chance.chance(parameters.neverUsedShare)
    let used = Workload.allCases[chance.index(weights: Workload.allCases.map(\.weight))]
    let workload = isUnused ? .unused : used
    let commitment = chance.index(weights: parameters.commitmentShares)
    let isFixed = chance.chance(parameters.fixedTermShare)
    let (usage, usageRisk) = usage(workload, &chance)
    let fraction = chance.integer(in: 0...3)
    let hidden = parameters.hiddenRiskSpread * chance.normal()
    let trial = trial(start: start, isUsed: !isUnused, fadeShare: usage.fadeShare, &chance)
    let legacy = chance.unit()
    let friendlyName = chance.element(of: workload.friendlyNames)
    return SubscriptionProfile(
      id: chance.guid(),
      productName: commitment == 0
        ? (legacy < 0.08 ? "UNKNOWN" : legacy < 0.3 ? "MICROSOFT AZURE" : "AZURE PLAN")
        : "AZURE SUBSCRIPTION \(["", "P1M", "P1Y", "P3Y"][commitment])",
      friendlyName: sibling == 0 ? friendlyName : "\(friendlyName) \(sibling + 1)",
      start: start, creationMilliseconds: chance.integer(in: 0...86_399_999),
      fractionDigits: fraction, workload: workload, termMonths: [nil, 1, 12, 36][commitment],
      billingCycleName: commitment >= 2 && chance.chance(0.5) ? "ANNUAL" : "MONTHLY",
      // A term that ended before the first export would never be seen.
      isFixedTerm: isFixed && commitment >= 2
        && start.adding(months: commitment == 2 ? 12 : 36) > calendar.first,
      isMeaninglesslyOff: chance.chance(parameters.meaninglessOffShare), trial: trial,
      logRisk: customerRisk + workload.logRisk + usageRisk + [0, 0.6, -0.4, -1.2][commitment]
        + hidden,
      usage: usage, hidesLastUsageDate: chance.chance(parameters.lastUsageDateMissingShare),
      churnRiskNoise: chance.chance(parameters.churnRiskShare) ? 1.3 * chance.normal() : nil)
  }

  /// The first starts with its customer; the others follow in the months and years after.
  private func start(
    _ sibling: Int, _ customerStart: CalendarDay, _ chance: inout SplitMix64
  ) -> CalendarDay {
    let delay = Int(7 * chance.exponential(mean: 45))
    let position = chance.unit()
    guard sibling > 0 else { return customerStart }
    // Too late to be in an export: somewhere on the way instead.
    let room = calendar.last - customerStart
    return customerStart + (delay < room ? delay : Int(position * Double(room)))
  }

  private func trial(
    start: CalendarDay, isUsed: Bool, fadeShare: Double, _ chance: inout SplitMix64
  ) -> SubscriptionProfile.Trial? {
    let isTrial = chance.chance(parameters.trialShare)
    let share = parameters.trialConversionShare * (isUsed ? 1 : 1.0 / 3)
    // Whoever began long before the first export and never paid is no longer listed.
    let isOld = start < calendar.exportDay(-ExportCalendar.warmUpWeeks)
    let converts = chance.chance(share) || isOld
    let convertsEarly = chance.chance(0.4)
    let daysIn = chance.integer(in: 10...29)
    let daysAfter = chance.integer(in: 1...3)
    guard isTrial else { return nil }
    let end = start + 29
    return SubscriptionProfile.Trial(
      end: end, conversion: converts ? (convertsEarly ? start + daysIn : end + 1) : nil,
      conversionProbability: share, deprovisioned: end + daysAfter)
  }

  /// The meters, and what they say about the risk: much and varied use stays.
  private func usage(
    _ workload: Workload, _ chance: inout SplitMix64
  ) -> (course: UsageCourse, logRisk: Double) {
    let size = chance.normal()
    let locations = ["westeurope", "northeurope", "useast", "japaneast", "uswest2"]
    let location = chance.element(of: locations)
    var kinds: [Int] = []
    func add(_ rhythm: MeterKind.Rhythm, _ count: ClosedRange<Int>) {
      var choices = MeterKind.indices(of: rhythm)
      for _ in 0..<min(chance.integer(in: count), choices.count) {
        kinds.append(choices.remove(at: chance.integer(in: 0...choices.count - 1)))
      }
    }
    switch workload {
    case .production:
      add(.production, 1...3)
      add(.always, 0...1)
    case .office:
      add(.office, 1...2)
      if chance.chance(0.3) { add(.always, 1...1) }
    case .development:
      add(.sporadic, 1...2)
      if chance.chance(0.3) { add(.always, 1...1) }
    case .batch:
      add(.monthly, 1...2)
      if chance.chance(0.3) { add(.always, 1...1) }
    case .archive: add(.always, 1...2)
    case .unused: break
    }
    let meters = kinds.map { kind in
      var use = MeterUse(
        kind: kind, location: location,
        base: MeterKind.all[kind].typicalQuantity * exp(0.9 * size + 0.4 * chance.normal()))
      use.runsPerWeekday = chance.number(in: 0.12...0.6)
      use.daysOfMonth = (0..<chance.integer(in: 1...3)).map { _ in chance.integer(in: 1...31) }
      if MeterKind.all[kind].rhythm == .production, chance.chance(0.08) {
        use.reservationOrderId = chance.guid().description
        use.reservationId = chance.guid().description
      }
      return use
    }
    let course = UsageCourse(
      meters: meters, fadeShare: chance.number(in: 0.2...0.6),
      keepsStorage: chance.chance(0.65) && workload != .archive,
      growthPerWeek: 0.0015 + 0.004 * chance.normal(),
      idlePerWeek: parameters.idlePerWeek * (workload == .development ? 2 : 1))
    return (course, -0.7 * size - 0.45 * Double(max(0, meters.count - 1)))
  }
}
