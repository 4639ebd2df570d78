import History

/// What happens to one subscription, from its start on.
struct PartnerLife {
  enum Kind { case azure, untyped, licences }
  /// How a subscription goes.
  enum Ending { case none, suspended, deprovisioned, vanishes }

  static let products = [
    "Azure plan", "Azure subscription P1Y", "Azure subscription P1M",
    "Azure Reserved VM Instance",
  ]

  let number: Int
  let kind: Kind
  let customer: Int
  let id: String
  let start: CalendarDay
  let creation: CalendarDay
  let hasStart: Bool
  private(set) var trialEnd: CalendarDay?
  private(set) var paid: CalendarDay?
  private(set) var ending = Ending.none
  /// When it goes.
  private(set) var end: CalendarDay?
  /// When a suspended one is back, or else deprovisioned.
  private(set) var back: CalendarDay?
  private(set) var closed: CalendarDay?
  /// Whether exports say when it was deprovisioned.
  private(set) var datesClosing = false
  /// Exports show it until this day.
  private(set) var shownThrough: CalendarDay
  let reseller: Int?
  /// Days between which auto-renew is off; nil when no export tells.
  let renewal: (off: CalendarDay, on: CalendarDay)?
  let product: Int
  let laterProduct: Int
  let planChange: CalendarDay
  let seats: Int
  let laterSeats: Int
  let seatChange: CalendarDay
  let isMonthly: Bool
  let lacksMarket: Bool
  let reportsUsage: Bool
  /// The days of use.
  private(set) var use: ClosedRange<CalendarDay>?

  static let never = CalendarDay(daysSinceEpoch: 60_000)

  init(_ number: Int, of partner: PartnerWorkload) {
    var draws = Draws(number)
    let (first, last) = (PartnerWorkload.firstDay, partner.lastDay)
    self.number = number
    kind =
      number >= partner.subscriptions ? .licences : draws.happens(4) ? .untyped : .azure
    customer = draws.below(partner.customers)
    id = guid(.subscription, UInt64(number))
    start =
      draws.happens(70)
      ? first - draws.below(800) : first + draws.below(max(1, partner.dayCount - 60))
    creation = start - draws.below(4)
    hasStart = !draws.happens(4)
    if draws.happens(20) {
      trialEnd = start + 30
      if draws.happens(70) { paid = start + 5 + draws.below(26) }
    }
    shownThrough = Self.never
    let earliest = max(start + 40, PartnerWorkload.firstExport - 60)
    if draws.happens(35) {
      let day = earliest + draws.below(max(1, last + 120 - earliest))
      end = day
      switch draws.below(10) {
      case 0..<4:
        ending = .suspended
        if draws.happens(40) { back = day + 5 + draws.below(50) } else { closed = day + 45 }
      case 4..<8:
        ending = .deprovisioned
        closed = day
      default:
        ending = .vanishes
        shownThrough = day
      }
      datesClosing = draws.happens(60)
      if let closed, draws.happens(50) { shownThrough = closed + 70 }
    }
    reseller = draws.happens(95) ? draws.below(partner.resellers) : nil
    if draws.happens(8) {
      renewal = nil
    } else if draws.happens(18) {
      renewal = (Self.never, Self.never)
    } else if draws.happens(25) {
      let off = first + draws.below(partner.dayCount)
      renewal = (off, draws.happens(30) ? off + 20 + draws.below(100) : Self.never)
    } else {
      // Never on.
      renewal = draws.happens(20) ? (first - 2_000, Self.never) : (Self.never, Self.never)
    }
    let draw = draws.below(100)
    product = draw < 50 ? 0 : draw < 80 ? 1 : draw < 95 ? 2 : 3
    laterProduct = draws.below(3)
    planChange = draws.happens(8) ? first + draws.below(partner.dayCount) : Self.never
    seats = kind == .licences || draws.happens(20) ? 1 + draws.below(60) : 0
    laterSeats = draws.below(60)
    seatChange = draws.happens(20) ? first + draws.below(partner.dayCount) : Self.never
    isMonthly = draws.happens(80)
    lacksMarket = draws.happens(3)
    reportsUsage = draws.happens(60)
    guard kind != .licences, !draws.happens(4) else { return }
    let usedFrom = max(first, start + (draws.below(10) - 1))
    // Three in ten fade before they go.
    let gone = min(end ?? last, last)
    let usedThrough = draws.happens(30) ? gone - draws.below(90) : gone
    use = usedFrom...max(usedFrom + 30, min(usedThrough, last))
  }
}
