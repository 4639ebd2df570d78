import Features
import Glibc
import History
import Testing

@testable import Features

/// Gaps, weeks and services of one subscription against its own past.
struct UsageRhythmTests: PastFixtures {
  private func isClose(_ value: Double, _ expected: Double) -> Bool {
    abs(value - expected) <= 1e-12 * max(1, abs(expected))
  }

  @Test func `the present gap against the usual one`() throws {
    // Used every 2 days up to day 20; on day 29 the gap is 9.
    let past = history(
      subscription("A").seen(on: 29).used(daily: stride(from: 0, through: 20, by: 2)),
      subscription("B").seen(on: 29).used(on: 29))
    #expect(isClose(try value(GapAgainstUsual(), of: "A", in: past, on: 29), log(10.0 / 3)))
    #expect(isClose(try value(GapsAsLong(), of: "A", in: past, on: 29), 1.0 / 12))
    #expect(isClose(try value(MeanGap(), of: "A", in: past, on: 29), 2))
    #expect(try value(ActiveDaysKnown(), of: "A", in: past, on: 29) == 11)
    // 11 of 30 days.
    #expect(isClose(try value(ActiveDayShare(), of: "A", in: past, on: 29), 12.0 / 32))
    #expect(try value(DaysSinceFirstUsage(), of: "A", in: past, on: 29) == 29)
    #expect(try value(ShareSinceFirstUsage(), of: "A", in: past, on: 29) == 1)
    // Usage is known for 30 days.
    #expect(isClose(try value(ShareSinceFirstUsage(), of: "B", in: past, on: 29), 1.0 / 30))
  }

  @Test func `the level of the last seven days of use, of the service that fell most`() throws {
    // Meter 0 fades from 8 to 1 after seven days, meter 1 does not; lines before the last 182 days do not count.
    let early = stride(from: 150, to: 220, by: 10)
    let late = stride(from: 220, to: 290, by: 10)
    let past = history(
      subscription("A").seen(on: 300).used(on: 20, quantity: 1e6)
        .used(daily: early, quantity: 8).used(daily: late, quantity: 1)
        .used(daily: early, meter: 1).used(on: 250, meter: 1),
      subscription("B").seen(on: 300).used(daily: late).used(on: 290, 300, meter: 1))
    #expect(isClose(try value(LastUseLevel(), of: "A", in: past, on: 300), -log(8.0) / 2))
    // Seven days are none to compare them with.
    #expect(try value(LastUseLevel(), of: "B", in: past, on: 300).isNaN)
  }

  @Test func `the rhythm of every prefix is that of its days`() {
    var random = HistoryRandom(seed: 5)
    var days: [CalendarDay] = []
    for _ in 0..<60 { days.append((days.last ?? day(0)) + random.number(1...9)) }
    let prefixes = UsageRhythm.ofPrefixes(days)
    #expect(prefixes.count == 61)
    for (count, prefix) in prefixes.enumerated() {
      let whole = UsageRhythm(Array(days.prefix(count)))
      #expect(prefix.count == whole.count && prefix.longest == whole.longest)
      #expect(prefix.median.bitPattern == whole.median.bitPattern)
      #expect(whole.count == max(0, count - 1))
    }
    #expect(UsageRhythm([0, 1, 4, 6].map(day)).median == 2)
  }

  @Test func `a gap as long as past ones is nothing new`() throws {
    // Gaps of 1, 5, 5 and 1 days; on day 17 the present one is 5.
    let past = history(subscription("A").seen(on: 17).used(on: 0, 1, 6, 11, 12))
    #expect(isClose(try value(GapsAsLong(), of: "A", in: past, on: 17), 3.0 / 6))
    #expect(try value(MeanGap(), of: "A", in: past, on: 17) == 3)
  }

  @Test func `without usage there is no rhythm`() throws {
    let past = history(
      subscription("A").seen(on: 9), subscription("B").seen(on: 9).used(on: 3))
    for feature in [
      GapAgainstUsual(), GapsAsLong(), MeanGap(), ActiveDayShare(), DaysSinceFirstUsage(),
      ShareSinceFirstUsage(), ExpectedSilence(),
      WeekendShare(), UsageVariation(), UsageAgainstOwnMedian(), LostCategories(), StorageOnly(),
      DevTestShare(), Regions(), ReservedShare(), FirstUseDelay(),
    ] as [any Feature] {
      let customer = try customer(of: "A", in: past, on: 9)
      let a = try #require(customer.subscriptions.first { $0.id == id("A") }.map(customer.snapshot))
      #expect(feature.value(of: a, in: customer).isNaN, "\(feature.description.name)")
    }
    #expect(try value(ActiveDaysKnown(), of: "A", in: past, on: 9) == 0)
    #expect(try value(ActiveWeeksKnown(), of: "A", in: past, on: 9) == 0)
    #expect(try value(RegularServices(), of: "A", in: past, on: 9) == 0)
  }

  @Test func `days of one week are one week`() throws {
    // Weeks end on the day looked from: on day 29 they begin on days 23, 16, 9 and 2.
    let past = history(
      subscription("A").seen(on: 30).used(on: 1, 16, 17, 22, 23, 29),
      subscription("B").seen(on: 30).used(on: 30))
    #expect(try value(ActiveWeeksKnown(), of: "A", in: past, on: 29) == 3)
    #expect(try value(ActiveWeeksKnown(), of: "A", in: past, on: 30) == 4)
    #expect(try value(ActiveWeeksKnown(), of: "B", in: past, on: 30) == 1)
  }

  @Test func `the longer and the more often it was used, the less silence is expected`() throws {
    let past = history(
      subscription("A").seen(on: 56).used(on: 0, 7, 14, 28),
      subscription("B").seen(on: 56).used(on: 56),
      subscription("C").seen(on: 56).used(daily: 0...56))
    // Four days in 56: ((28 + 56)/(56 + 56))⁴.
    #expect(
      isClose(try value(ExpectedSilence(), of: "A", in: past, on: 56), 0.75 * 0.75 * 0.75 * 0.75))
    #expect(try value(ExpectedSilence(), of: "B", in: past, on: 56) == 0.5)
    #expect(try value(ExpectedSilence(), of: "C", in: past, on: 56) < 1e-7)
  }

  @Test func `the first use is counted from the start, where both were seen`() throws {
    let past = history(
      subscription("A") { $0.effectiveStartDate = day(5) }.seen(on: 30).used(on: 9, 12),
      subscription("B") { $0.effectiveStartDate = day(9) }.seen(on: 30).used(on: 8),
      subscription("C") { $0.effectiveStartDate = day(-1) }.seen(on: 30).used(on: 0))
    #expect(try value(FirstUseDelay(), of: "A", in: past, on: 30) == 4)
    #expect(try value(FirstUseDelay(), of: "B", in: past, on: 30) == -1)
    // Usage is known from day 0 on; what came before nobody recorded.
    #expect(try value(FirstUseDelay(), of: "C", in: past, on: 30).isNaN)
  }

  @Test func `Saturdays and Sundays are the weekend`() throws {
    // Day 0 is Wednesday, 2025-01-01; days 3 and 4 are the weekend.
    let past = history(subscription("A").seen(on: 6).used(daily: 0...6))
    #expect(isClose(try value(WeekendShare(), of: "A", in: past, on: 6), 2.0 / 7))
    #expect(try value(WeekendShare(), of: "A", in: past, on: 2) == 0)
  }

  @Test func `even weeks do not vary, and the last one is usual`() throws {
    let past = history(subscription("A").seen(on: 90).used(daily: 0...90, quantity: 3))
    #expect(isClose(try value(UsageVariation(), of: "A", in: past, on: 90), 0))
    #expect(isClose(try value(UsageAgainstOwnMedian(), of: "A", in: past, on: 90), 0))
  }

  @Test func `services count alike, whatever their quantities are`() throws {
    // Meter 0 stops before the last week, meter 1 goes on: the index halves, for any unit.
    for quantity in [1.0, 1e6] {
      let past = history(
        subscription("A").seen(on: 90).used(daily: 0...83, meter: 0, quantity: quantity)
          .used(daily: 0...90, meter: 1))
      // Twelve weeks of 1/12 + 1/13 and one of 1/13; the mean of thirteen is 2/13.
      let floor = 2.0 / 130
      let expected = log((1.0 / 13 + floor) / (1.0 / 12 + 1.0 / 13 + floor))
      let found = try value(UsageAgainstOwnMedian(), of: "A", in: past, on: 90)
      #expect(abs(found - expected) < 1e-9)
    }
  }

  @Test func `a usual week takes five of them since the first use`() throws {
    let past = history(subscription("A").seen(on: 60).used(daily: 0...60))
    #expect(try value(UsageVariation(), of: "A", in: past, on: 33).isNaN)
    #expect(isClose(try value(UsageVariation(), of: "A", in: past, on: 34), 0))
  }

  @Test func `what happens to everyone is taken off`() throws {
    // All stop before the last week; A alone goes on.
    let others = (0..<25).map { number in
      subscription(Character(UnicodeScalar(UInt8(number) + 97)), of: "t\(number)").seen(on: 90)
        .used(daily: 0...83)
    }
    let past = history(
      [subscription("A").seen(on: 90).used(daily: 0...90)] + others,
      sources: [source(exports: [90])])
    #expect(isClose(try value(UsageAgainstOwnMedian(), of: "A", in: past, on: 90), 0))
    #expect(try value(UsageAgainstPartner(), of: "A", in: past, on: 90) > 2)
    // To a sixteenth, the width of a bin.
    #expect(abs(try value(UsageAgainstPartner(), of: "b", in: past, on: 90)) <= 1.0 / 32)
    let few = history(
      [subscription("A").seen(on: 90).used(daily: 0...90)] + others.prefix(18),
      sources: [source(exports: [90])])
    #expect(try value(UsageAgainstPartner(), of: "A", in: few, on: 90).isNaN)
  }

  @Test func `services that were used again are regular ones`() throws {
    let past = history(
      subscription("A").seen(on: 90).used(on: 0, 1, meter: 0).used(on: 1, meter: 1)
        .used(on: 89, 90, meter: 2))
    #expect(try value(RegularServices(), of: "A", in: past, on: 90) == 2)
    #expect(try value(RegularServices(), of: "A", in: past, on: 89) == 1)
  }

  /// The past with meters of its own: 0 a machine, 1 storage, 2 for tests, 3 reserved elsewhere.
  private func metered(_ past: InMemoryHistory) -> InMemoryHistory {
    var past = past
    past.meters = [
      Meter(meterCategory: "Virtual Machines", resourceLocation: "westeurope"),
      Meter(meterCategory: "Storage", resourceLocation: "WestEurope"),
      Meter(meterCategory: "Virtual Machines", meterSubcategory: "D2 Dev/Test"),
      Meter(meterCategory: "SQL", resourceLocation: "useast", reservationOrderId: "order"),
    ]
    return past
  }

  @Test func `categories that are used no more are lost`() throws {
    let past = metered(
      history(
        subscription("A").seen(on: 20, 90).used(on: 0, 62, meter: 0).used(on: 0, 63, meter: 1)
          .used(on: 30, meter: 3)))
    #expect(try value(LostCategories(), of: "A", in: past, on: 90) == 2)
    #expect(try value(LostCategories(), of: "A", in: past, on: 89) == 1)
    #expect(try value(LostCategories(), of: "A", in: past, on: 27) == 0)
    #expect(try value(LostCategories(), of: "A", in: past, on: 30) == 2)
  }

  @Test func `only storage is left after machines`() throws {
    let past = metered(
      history(
        subscription("A").seen(on: 90).used(daily: 0...90, meter: 1).used(daily: 0...40, meter: 0),
        subscription("B").seen(on: 90).used(daily: 0...90, meter: 1)))
    #expect(try value(StorageOnly(), of: "A", in: past, on: 67) == 0)
    #expect(try value(StorageOnly(), of: "A", in: past, on: 68) == 1)
    #expect(try value(StorageOnly(), of: "B", in: past, on: 90) == 0)
  }

  @Test func `lines for tests, reserved lines and regions`() throws {
    let past = metered(
      history(
        subscription("A").seen(on: 9).used(on: 1, 2, meter: 0).used(on: 2, meter: 1)
          .used(on: 3, meter: 2)
      ))
    #expect(try value(DevTestShare(), of: "A", in: past, on: 9) == 0.25)
    #expect(try value(ReservedShare(), of: "A", in: past, on: 9) == 0)
    // Regions match in any case, and a meter without one has none.
    #expect(try value(Regions(), of: "A", in: past, on: 9) == 1)
    let reserved = metered(history(subscription("A").seen(on: 9).used(on: 1, 2, meter: 3)))
    #expect(try value(ReservedShare(), of: "A", in: reserved, on: 9) == 1)
  }

  @Test func `the cost of a window against the one before`() throws {
    var past = history(subscription("A").seen(on: 55).used(daily: 0...55))
    past.meters[0].currency = "EUR"
    // 1 a day in the first 28 days, 3 in the last.
    past.customers[0].subscriptions[0].usage.costs = (0...55).map { $0 < 28 ? 1 : 3 }
    let floor = Double(28 + 84) / 40
    #expect(
      isClose(
        try value(CostTrend(windowDays: 28), of: "A", in: past, on: 55),
        log((84 + floor) / (28 + floor))))
    #expect(try value(CostTrend(windowDays: 28), of: "A", in: past, on: 54).isNaN)
    let unbilled = history(subscription("A").seen(on: 55).used(daily: 0...55))
    #expect(try value(CostTrend(windowDays: 28), of: "A", in: unbilled, on: 55).isNaN)
  }
}
