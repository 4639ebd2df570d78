internal import Files
internal import History

/// What really happened, and how likely it was.
///
/// `truth.csv` holds the events of Azure subscriptions between the first and the last export, by day.
/// `truth-hazard.csv` holds, for every fourth export counted back from the last, each subscription
/// that was active or on trial, and the probability that it leaves for good within 28 and 91 days.
/// It knows the hidden state (mood, intent, customer) but not the draws to come, so that no model of
/// the exports can rank better in the long run. See `DepartureProcess` and
/// `CustomerCourse.departureProbability` for the two small approximations in it. The partner's own
/// and test tenants are left out of it.
struct Truth {
  private var events: [TruthEvent] = []
  private var hazards: [Hazard] = []
  private(set) var churnedCount = 0
  private(set) var activeSubscriptionYears = 0.0

  /// Horizons of `truth-hazard.csv`, in weeks.
  static let horizonWeeks = (short: 4, long: 13)
  /// Exports between two landmarks of `truth-hazard.csv`.
  static let landmarkWeeks = 4

  private struct Hazard {
    var subscriptionId: GUID
    var landmark: CalendarDay
    var short: Double
    var long: Double
  }

  /// Takes in a week that was just lived.
  mutating func add(_ events: [TruthEvent], of simulation: TenantSimulation, week: Int) {
    guard week >= 0 else { return }
    let calendar = simulation.calendar
    // The first export shows a state; only what comes after it is seen to happen.
    if week > 0 {
      self.events += events
      churnedCount += events.count { $0.kind == .churned }
    }
    let isLandmark = (calendar.weeks - 1 - week).isMultiple(of: Self.landmarkWeeks)
    for customer in simulation.customers {
      for (index, course) in customer.subscriptions.enumerated() {
        if week < calendar.weeks - 1, course.phase == .active {
          activeSubscriptionYears += 7 / 365.25
        }
        if isLandmark, customer.profile.internalUse == nil {
          addHazard(of: course, index, customer, week, simulation.process)
        }
      }
    }
  }

  private mutating func addHazard(
    of course: SubscriptionCourse, _ index: Int, _ customer: CustomerCourse, _ week: Int,
    _ process: DepartureProcess
  ) {
    guard
      let short = customer.departureProbability(
        of: index, at: week, withinWeeks: Self.horizonWeeks.short, process: process),
      let long = customer.departureProbability(
        of: index, at: week, withinWeeks: Self.horizonWeeks.long, process: process)
    else { return }
    hazards.append(
      Hazard(
        subscriptionId: course.profile.id, landmark: customer.calendar.exportDay(week),
        short: short, long: long))
  }

  func write(to folder: SimulationFolder) throws {
    try writeFile(folder.staged("truth.csv")) { file in
      try file.write("subscriptionId,event,date\n")
      // A stable sort: a day's events of one subscription stay in the order of their happening.
      let ordered = events.enumerated().sorted {
        ($0.element.day, $0.element.subscriptionId, $0.offset)
          < ($1.element.day, $1.element.subscriptionId, $1.offset)
      }
      for (_, event) in ordered {
        try file.write("\(event.subscriptionId),\(event.kind.rawValue),\(event.day)\n")
      }
    }
    try writeFile(folder.staged("truth-hazard.csv")) { file in
      try file.write("subscriptionId,landmark,churnWithin28Days,churnWithin91Days\n")
      let ordered = hazards.sorted {
        ($0.landmark, $0.subscriptionId) < ($1.landmark, $1.subscriptionId)
      }
      for hazard in ordered {
        try file.write("\(hazard.subscriptionId),\(hazard.landmark),")
        try file.write("\(Self.rounded(hazard.short)),\(Self.rounded(hazard.long))\n")
      }
    }
  }

  /// Six decimals, without an exponent.
  private static func rounded(_ probability: Double) -> String {
    let digits = String(Int((probability * 1_000_000).rounded()))
    guard digits.count < 7 else { return "1.000000" }
    return "0." + String(repeating: "0", count: 6 - digits.count) + digits
  }
}
