internal import History

/// What is counted of all subscriptions of one customer.
///
/// One subscription's siblings are the whole customer less itself:
/// siblings(s) = census − s, which costs O(1) where walking the others costs O(n) for each of n.
struct CustomerCensus: Sendable {
  /// Active Azure subscriptions.
  private(set) var activeAzure = 0
  /// Active subscriptions of any other type.
  private(set) var activeOther = 0
  /// The days on which Azure subscriptions were deprovisioned, ascending.
  private(set) var lossDays: [CalendarDay] = []
  /// The last usage of the Azure subscription that was used last, and of the one before it.
  private(set) var lastUsage: CalendarDay?
  private(set) var lastUsageBefore: CalendarDay?
  /// When the first reservation or savings plan ends that is active and has an end.
  private(set) var firstReservationEnd: CalendarDay?

  init(_ subscriptions: [KnownSubscription], on day: CalendarDay) {
    for subscription in subscriptions {
      if subscription.isPresentAndActive {
        if subscription.isAzure { activeAzure += 1 } else { activeOther += 1 }
      }
      if let lost = subscription.lossDay(on: day) { lossDays.append(lost) }
      if let last = subscription.azureUsageDate {
        noteUsage(last)
      }
      if subscription.isPresentAndActive, subscription.facts.isReservation,
        let end = subscription.facts.state.commitmentEndDate, end >= day
      {
        firstReservationEnd = min(firstReservationEnd ?? end, end)
      }
    }
    lossDays.sort()
  }

  /// Keeps the two latest days.
  private mutating func noteUsage(_ day: CalendarDay) {
    if lastUsage.map({ day >= $0 }) ?? true {
      (lastUsage, lastUsageBefore) = (day, lastUsage)
    } else if lastUsageBefore.map({ day >= $0 }) ?? true {
      lastUsageBefore = day
    }
  }
}

/// One subscription's siblings, in numbers: the customer's census less the subscription itself.
struct Siblings: Sendable {
  /// Other active Azure subscriptions.
  let activeAzure: Int
  /// Other active subscriptions that are not Azure.
  let activeOther: Int
  /// When another Azure subscription was last used.
  let lastUsage: CalendarDay?
  private let lossDays: [CalendarDay]
  private let ownLoss: CalendarDay?
  private let day: CalendarDay

  init(of subscription: KnownSubscription, in census: CustomerCensus, on day: CalendarDay) {
    let countsItself = subscription.isPresentAndActive
    activeAzure = census.activeAzure - (countsItself && subscription.isAzure ? 1 : 0)
    activeOther = census.activeOther - (countsItself && !subscription.isAzure ? 1 : 0)
    let isLast = subscription.azureUsageDate == census.lastUsage
    lastUsage = isLast ? census.lastUsageBefore : census.lastUsage
    lossDays = census.lossDays
    ownLoss = subscription.lossDay(on: day)
    self.day = day
  }

  /// Other Azure subscriptions deprovisioned on one of the last `days` days, the landmark included.
  func lossCount(inLast days: Int) -> Int {
    let first = day - (days - 1)
    let all = lossDays.count - lossDays.partitionIndex { $0 >= first }
    return all - (ownLoss.map { $0 >= first } ?? false ? 1 : 0)
  }

  /// When another Azure subscription was last deprovisioned.
  var lastLoss: CalendarDay? {
    guard let last = lossDays.last, last == ownLoss else { return lossDays.last }
    return lossDays.dropLast().last
  }
}

extension KnownSubscription {
  /// Whether it was last seen active, and not missing since.
  fileprivate var isPresentAndActive: Bool {
    facts.isActive && !isDeprovisioned && absentSince == nil
  }

  /// Its last usage, if it is an Azure subscription.
  fileprivate var azureUsageDate: CalendarDay? { isAzure ? lastUsageDate : nil }

  /// When it was lost to the customer's Azure estate, or nil.
  fileprivate func lossDay(on day: CalendarDay) -> CalendarDay? {
    guard isAzure, isDeprovisioned, let closed = closedDate, closed <= day else { return nil }
    return closed
  }
}
