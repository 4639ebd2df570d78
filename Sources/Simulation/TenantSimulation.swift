internal import History

/// All customers of one partner tenant, living week by week.
///
/// Only the present is held in memory: the courses, and the lines that no export has brought yet.
struct TenantSimulation {
  let parameters: SimulationParameters
  let tenant: PartnerTenant
  let calendar: ExportCalendar
  let process: DepartureProcess
  private(set) var customers: [CustomerCourse]
  private var backlog: UsageBacklog

  init(parameters: SimulationParameters, tenant: PartnerTenant, customers: [CustomerProfile]) {
    self.parameters = parameters
    self.tenant = tenant
    let calendar = ExportCalendar(parameters: parameters, daysBefore: tenant.daysBefore)
    self.calendar = calendar
    process = DepartureProcess(parameters: parameters)
    self.customers = customers.map {
      CustomerCourse(profile: $0, calendar: calendar, seed: parameters.seed)
    }
    backlog = UsageBacklog(calendar: calendar, parameters: parameters)
  }

  /// Lives the week that ends with export `week`; weeks come in order, warm-up first.
  mutating func advance(week: Int) -> [TruthEvent] {
    var events: [TruthEvent] = []
    for index in customers.indices {
      events += customers[index].advance(week: week, process: process)
      for subscription in customers[index].subscriptions.indices {
        use(customer: index, subscription: subscription)
      }
    }
    return events
  }

  /// The usage lines that this export brings; each also moves its row's `lastUsageDate`.
  ///
  /// What was transferred away is no longer listed, and neither is its usage.
  mutating func takeLines(ofExport week: Int) -> [UsageLine] {
    var lines = backlog.takeLines(ofExport: week)
    lines.removeAll { line in
      let course = customers[Int(line.customer)].subscriptions[Int(line.subscription)]
      if case .vanished = course.phase { return true }
      return false
    }
    for line in lines {
      customers[Int(line.customer)].subscriptions[Int(line.subscription)].noteUsage(line.usageDate)
    }
    return lines
  }

  /// One subscription's usage of the week just lived, filed for its exports.
  private mutating func use(customer: Int, subscription: Int) {
    let course = customers[customer].subscriptions[subscription]
    guard !course.usage.meters.isEmpty, !course.usableDays.isEmpty else { return }
    let market = customers[customer].profile.market
    let backfillStart = calendar.first - parameters.usageBackfillDays
    var chance = course.usageChance
    var newestUnlisted: CalendarDay?
    var day = course.usableDays.lowerBound
    while day < course.usableDays.upperBound {
      let season = market.season(on: day)
      let delay = backlog.drawnDelay(&chance)
      for meter in course.usage.meters.indices {
        let quantity = course.usage.quantity(
          of: meter, on: day, season: season, noise: parameters.dailyNoise, chance: &chance)
        guard quantity > 0 else { continue }
        if day < backfillStart {
          newestUnlisted = day
        } else {
          backlog.add(
            UsageLine(
              customer: Int32(customer), subscription: Int16(subscription), meter: Int16(meter),
              usageDate: day, quantity: quantity),
            delay: delay, chance: &chance)
        }
      }
      day = day + 1
    }
    customers[customer].subscriptions[subscription].usageChance = chance
    if let newestUnlisted {
      customers[customer].subscriptions[subscription].noteUsage(newestUnlisted)
    }
  }
}
