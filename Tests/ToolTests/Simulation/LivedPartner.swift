import TestSupport
import History

@testable import Simulation

/// A partner lived in memory, without files: large enough for rates, cheap enough for a test.
struct LivedPartner {
  struct Line {
    /// Position in `subscriptions`.
    var subscription: Int
    var meter: Int
    var usageDate: CalendarDay
    var quantity: Int
    var export: CalendarDay
  }

  struct Subscription {
    var customer: CustomerProfile
    var profile: SubscriptionProfile
    var calendar: ExportCalendar
    var events: [TruthEvent] = []
    var lines: [Line] = []
    /// The generator's probability of leaving within 13 weeks, by export week.
    var hazards: [Int: Double] = [:]

    func day(of kind: TruthEvent.Kind) -> CalendarDay? { events.first { $0.kind == kind }?.day }
  }

  var subscriptions: [Subscription] = []
  /// Weeks that active subscriptions spent between the first and the last export.
  var activeWeeks = 0

  /// 900 subscriptions and 60 weeks of the default world.
  static let standard = LivedPartner(SimulationParameters(subscriptions: 900, weeks: 60))

  init(_ parameters: SimulationParameters) {
    let factory = CustomerFactory(parameters)
    let customers = factory.customers()
    for (index, tenant) in factory.tenants.enumerated() {
      live(
        TenantSimulation(
          parameters: parameters, tenant: tenant,
          customers: customers.filter { $0.tenant == index }))
    }
  }

  private mutating func live(_ tenant: TenantSimulation) {
    var simulation = tenant
    var positions: [[Int]] = []
    var byId: [GUID: Int] = [:]
    for customer in simulation.customers {
      positions.append(
        customer.subscriptions.map { course in
          byId[course.profile.id] = subscriptions.count
          subscriptions.append(
            Subscription(
              customer: customer.profile, profile: course.profile, calendar: simulation.calendar))
          return subscriptions.count - 1
        })
    }
    for week in simulation.calendar.allWeeks {
      for event in simulation.advance(week: week) {
        if let position = byId[event.subscriptionId] {
          subscriptions[position].events.append(event)
        }
      }
      guard week >= 0 else { continue }
      let export = simulation.calendar.exportDay(week)
      for line in simulation.takeLines(ofExport: week) {
        let position = positions[Int(line.customer)][Int(line.subscription)]
        subscriptions[position].lines.append(
          Line(
            subscription: position, meter: Int(line.meter), usageDate: line.usageDate,
            quantity: line.quantity, export: export))
      }
      note(simulation, week: week, positions)
    }
  }

  private mutating func note(_ simulation: TenantSimulation, week: Int, _ positions: [[Int]]) {
    for (customer, course) in simulation.customers.enumerated() {
      for (index, subscription) in course.subscriptions.enumerated() {
        guard subscription.phase == .active, week < simulation.calendar.weeks - 1 else { continue }
        activeWeeks += 1
        // One landmark keeps this cheap.
        guard week == simulation.calendar.weeks - 14 else { continue }
        subscriptions[positions[customer][index]].hazards[week] = course.departureProbability(
          of: index, at: week, withinWeeks: 13, process: simulation.process)
      }
    }
  }

  /// Azure subscriptions of customers that are not the partner itself.
  var external: [Subscription] { subscriptions.filter { $0.customer.internalUse == nil } }
}
