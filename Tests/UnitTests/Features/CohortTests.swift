import Features
import Glibc
import History
import Testing

@testable import Features

/// One subscription against the others of its product and commitment end.
struct CohortTests: PastFixtures {
  /// Subscription A and `others` more of the product, each a customer of its own.
  private func cohort(
    others: Int, _ a: (SubscriptionPast) -> SubscriptionPast = { $0.seen(on: 0, 7, 14, 21, 28) },
    _ other: (Int, SubscriptionPast) -> SubscriptionPast = { $1.seen(on: 0, 7, 14, 21, 28) }
  ) -> InMemoryHistory {
    let letters = (0..<others).compactMap { UnicodeScalar(UInt8($0) + UInt8(ascii: "a")) }
    let pasts = letters.enumerated().map { number, letter in
      other(
        number,
        subscription(Character(letter), of: "tenant \(letter)") { $0.productName = "Azure Plan" })
    }
    return history(
      [a(subscription("A") { $0.productName = "AZURE PLAN" })] + pasts,
      sources: [source(exports: [0, 7, 14, 21, 28])])
  }

  private func suspended(_ subscription: SubscriptionPast, on day: Int) -> SubscriptionPast {
    let days = [0, 7, 14, 21, 28]
    return days.reduce(subscription) { past, number in
      past.seen(on: number) { $0.status = number >= day ? .suspended : .active }
    }
  }

  @Test func `counts the others lost in the window, and not itself`() throws {
    // 3 of 20 were lost on day 14, and there is no other cohort: 3/20 is the usual share, too. Told is .16.
    let past = cohort(others: 20, { $0.seen(on: 0, 7, 14, 21, 28) }) { number, other in
      number < 3 ? suspended(other, on: 14) : other.seen(on: 0, 7, 14, 21, 28)
    }
    #expect(try value(CohortLost(windowDays: 28), of: "A", in: past, on: 7) == 0)
    #expect(try value(CohortLost(windowDays: 28), of: "A", in: past, on: 14) == 0.16)
    #expect(try value(CohortLost(windowDays: 28), of: "A", in: past, on: 28) == 0.16)
    // One of the three lost looks at 18 present and the two others lost.
    #expect(try value(CohortLost(windowDays: 28), of: "a", in: past, on: 28) == 0.1)
  }

  @Test func `a loss leaves the window after its days`() throws {
    let past = history(
      (0..<12).map { number in
        let letter = Character(UnicodeScalar(UInt8(number) + 97))
        let one = subscription(letter, of: "t\(number)") { $0.productName = "p" }
        return number == 1
          ? one.seen(on: 0).seen(on: 10, 30, 37, 38, 100, 101) { $0.status = .suspended }
          : one.seen(on: 0, 10, 30, 37, 38, 100, 101)
      }, sources: [source(exports: [0, 10, 30, 37, 38, 100, 101])])
    #expect(try value(CohortLost(windowDays: 28), of: "a", in: past, on: 37) > 0)
    #expect(try value(CohortLost(windowDays: 28), of: "a", in: past, on: 38) == 0)
    #expect(try value(CohortLost(windowDays: 91), of: "a", in: past, on: 100) > 0)
    #expect(try value(CohortLost(windowDays: 91), of: "a", in: past, on: 101) == 0)
  }

  @Test func `a small cohort is drawn towards the whole source`() throws {
    // Product q: A alone with one other, lost. Product p: ten others, none lost.
    let past = history(
      [
        subscription("A") { $0.productName = "q" }.seen(on: 0, 7),
        subscription("B", of: "b") { $0.productName = "q" }.seen(on: 0)
          .seen(on: 7) { $0.status = .deprovisioned },
      ]
        + (0..<10).map { number in
          subscription(Character(UnicodeScalar(UInt8(number) + 97)), of: "t\(number)") {
            $0.productName = "p"
          }.seen(on: 0, 7)
        }, sources: [source(exports: [0, 7])])
    // (1 + 20 · 1/11) / (1 + 20) = .134, in fiftieths.
    #expect(try value(CohortLost(windowDays: 28), of: "A", in: past, on: 7) == 0.14)
  }

  @Test func `fewer than ten others say nothing`() throws {
    #expect(try value(CohortLost(windowDays: 28), of: "A", in: cohort(others: 9), on: 28).isNaN)
    #expect(try value(CohortLost(windowDays: 28), of: "A", in: cohort(others: 10), on: 28) == 0)
    #expect(
      try value(CohortServicesMissed(windowDays: 28), of: "A", in: cohort(others: 9), on: 28).isNaN)
  }

  @Test func `another end of the commitment is another cohort, and so is no product`() throws {
    let past = cohort(others: 10) { $0.seen(on: 0) { $0.commitmentEndDate = pastDay(300) } }
    #expect(try value(CohortServicesMissed(windowDays: 28), of: "A", in: past, on: 0).isNaN)
    let bare = cohort(others: 10) { $0.seen(on: 0) { $0.productName = nil } }
    #expect(try value(CohortLost(windowDays: 28), of: "A", in: bare, on: 0).isNaN)
  }

  @Test func `services that 40 % of the others used are missed`() throws {
    // Of ten others all use meter 0, four meter 1, three meter 2.
    let past = cohort(others: 10, { $0.seen(on: 0, 28).used(on: 20, meter: 2) }) { number, other in
      var used = other.seen(on: 0, 28).used(on: 20, meter: 0)
      if number < 4 { used = used.used(on: 20, meter: 1) }
      if number < 3 { used = used.used(on: 20, meter: 2) }
      return used
    }
    #expect(try value(CohortServicesMissed(windowDays: 28), of: "A", in: past, on: 28) == 2)
    // For the fourth A makes it four who use meter 2; for the others of the four it stays theirs.
    #expect(try value(CohortServicesMissed(windowDays: 28), of: "a", in: past, on: 28) == 0)
    #expect(try value(CohortServicesMissed(windowDays: 28), of: "d", in: past, on: 28) == 1)
    #expect(try value(CohortServicesMissed(windowDays: 91), of: "A", in: past, on: 28) == 2)
  }

  @Test func `the window of the services ends at the landmark less the lag`() throws {
    let past = cohort(others: 10, { $0.seen(on: 0, 28) }) { $1.seen(on: 0, 28).used(on: 1) }
    #expect(try value(CohortServicesMissed(windowDays: 28), of: "A", in: past, on: 28) == 1)
    #expect(
      try value(CohortServicesMissed(windowDays: 28), of: "A", in: past, on: 28, lag: 1) == 1)
    let older = cohort(others: 10, { $0.seen(on: 0, 28) }) { $1.seen(on: 0, 28).used(on: 0) }
    #expect(try value(CohortServicesMissed(windowDays: 28), of: "A", in: older, on: 28) == 0)
    #expect(
      try value(CohortServicesMissed(windowDays: 28), of: "A", in: older, on: 28, lag: 1) == 1)
    #expect(try value(CohortServicesMissed(windowDays: 91), of: "A", in: older, on: 28) == 1)
  }

  @Test func `active days are compared with the mean of the others`() throws {
    let past = cohort(others: 10, { $0.seen(on: 0, 28).used(daily: 24...28) }) { number, other in
      number < 5 ? other.seen(on: 0, 28).used(daily: 1...28) : other.seen(on: 0, 28)
    }
    #expect(try value(CohortActiveDays(), of: "A", in: past, on: 28) == 5 - 14)
  }

  @Test func `the mean of the others is told in whole days, halves upwards`() throws {
    // The others used it on 26 days in all, 2.6 on average; with one more of them on 25, 2.5.
    for (days, mean) in [(26, 3.0), (25, 3), (24, 2)] {
      let past = cohort(others: 10, { $0.seen(on: 0, 28).used(daily: 24...28) }) { number, other in
        number == 0
          ? other.seen(on: 0, 28).used(daily: (29 - days)...28) : other.seen(on: 0, 28)
      }
      #expect(try value(CohortActiveDays(), of: "A", in: past, on: 28) == 5 - mean)
    }
  }

  @Test func `services that 40 % of the others have ever used are missed, however long ago`() throws
  {
    // Of ten others four used meter 0, three meter 1, long before any window; A used meter 2 as all did.
    let past = cohort(others: 10, { $0.seen(on: 0, 28, 200).used(on: 30, meter: 2) }) {
      number, other in
      var used = other.seen(on: 0, 28, 200).used(on: 20, meter: 2)
      if number < 4 { used = used.used(on: 40, meter: 0) }
      if number < 3 { used = used.used(on: 40, meter: 1) }
      return used
    }
    let missed = CohortServicesMissedKnown()
    #expect(try value(missed, of: "A", in: past, on: 200) == 1)
    // Three of the others of "a" used meter 0, which is not 40 %; "j" misses it as A does.
    #expect(try value(missed, of: "a", in: past, on: 200) == 0)
    #expect(try value(missed, of: "j", in: past, on: 200) == 1)
    #expect(try value(CohortServicesMissed(windowDays: 91), of: "A", in: past, on: 200) == 0)
    // On day 30 nobody had used meter 0; with a lag that hides day 40 nobody knows it on that day.
    #expect(try value(missed, of: "A", in: past, on: 30) == 0)
    #expect(try value(missed, of: "A", in: past, on: 40) == 1)
    #expect(try value(missed, of: "A", in: past, on: 40, lag: 1) == 0)
    #expect(try value(missed, of: "A", in: past, on: 41, lag: 1) == 1)
  }

  @Test func `nine others say nothing of services ever used`() throws {
    let few = cohort(others: 9, { $0.seen(on: 0, 28) }) { $1.seen(on: 0, 28).used(on: 20) }
    #expect(try value(CohortServicesMissedKnown(), of: "A", in: few, on: 28).isNaN)
    let enough = cohort(others: 10, { $0.seen(on: 0, 28) }) { $1.seen(on: 0, 28).used(on: 20) }
    #expect(try value(CohortServicesMissedKnown(), of: "A", in: enough, on: 28) == 1)
  }

  @Test func `the level is the log ratio to the geometric mean of those who use the same`() throws {
    let past = cohort(others: 20, { $0.seen(on: 0, 28).used(on: 20, quantity: 8) }) {
      number, other in
      number < 10
        ? other.seen(on: 0, 28).used(on: 20, quantity: number < 5 ? 1 : 4) : other.seen(on: 0, 28)
    }
    // √(1·4) = 2, and log₂ is counted in 1/1,024.
    #expect(abs(try value(CohortLevel(), of: "A", in: past, on: 28) - log(4)) < 1e-3)
    // Nine others use it beside A, and A makes ten: (4·log 1 + 5·log 4 + log 8) / 10.
    let mean = (5 * log(4.0) + log(8.0)) / 10
    #expect(abs(try value(CohortLevel(), of: "a", in: past, on: 28) + mean) < 1e-3)
    #expect(try value(CohortLevel(), of: "t", in: past, on: 28).isNaN)
  }

  @Test func `silence adds up how surprising it is not to use each service that others use`() throws
  {
    // Of ten others all use meter 0, five of them meter 1.
    func past(_ a: @escaping (SubscriptionPast) -> SubscriptionPast) -> InMemoryHistory {
      cohort(others: 10, { a($0.seen(on: 0, 28, 111, 112)) }) { number, other in
        let used = other.seen(on: 0, 28, 111, 112).used(on: 20, meter: 0)
        return number < 5 ? used.used(on: 21, meter: 1) : used
      }
    }
    let silent = past { $0 }
    func silence(of letter: Character, in past: InMemoryHistory, on day: Int = 28) throws -> Double
    {
      try value(CohortSilence(), of: letter, in: past, on: day)
    }
    #expect(abs(try silence(of: "A", in: silent) + log(0.02) + log(0.5)) < 1e-5)
    let one = past { $0.used(on: 20, meter: 0) }
    #expect(abs(try silence(of: "A", in: one) + log(0.5)) < 1e-5)
    // Who misses nothing is not silent at all; what nobody else uses changes nothing.
    #expect(
      try silence(of: "A", in: past { $0.used(on: 20, meter: 0).used(on: 20, meter: 1) }) == 0)
    #expect(try silence(of: "a", in: silent) == 0)
    let other = past { $0.used(on: 20, meter: 0).used(on: 20, meter: 2) }
    #expect(try silence(of: "A", in: other) == silence(of: "A", in: one))
    // "f" uses meter 0; five of its ten others use meter 1.
    #expect(abs(try silence(of: "f", in: silent) + log(0.5)) < 1e-5)
    // Days 20 and 21 leave the window of 91 days.
    #expect(abs(try silence(of: "A", in: silent, on: 111) + log(0.5)) < 1e-5)
    #expect(try silence(of: "A", in: silent, on: 112) == 0)
    let few = cohort(others: 9, { $0.seen(on: 0, 28) }) { $1.seen(on: 0, 28).used(on: 20) }
    #expect(try silence(of: "A", in: few).isNaN)
  }

  @Test func `the level of all days known is told in standard deviations of the others`() throws {
    // log₂ of what the others used is 0 for five and 2 for five: a mean of 1 ± 1.
    func past(_ total: Double, others: Int = 10) -> InMemoryHistory {
      cohort(
        others: others,
        {
          $0.seen(on: 0, 400).used(on: 20, quantity: total / 4).used(
            on: 30, quantity: total * 3 / 4)
        }
      ) { number, other in
        other.seen(on: 0, 400).used(on: 25, quantity: number % 2 == 0 ? 1 : 4)
      }
    }
    // One service counts beside two at 0.
    let level = CohortLevelKnown()
    #expect(abs(try value(level, of: "A", in: past(8), on: 400) - 2.0 / 3) < 1e-3)
    #expect(abs(try value(level, of: "A", in: past(2), on: 400)) < 1e-3)
    #expect(try value(level, of: "A", in: past(1e9), on: 400) == 1)
    #expect(try value(level, of: "A", in: past(1e-9), on: 400) == -1)
    // The others of "a": four times 0, five times 2, and 3 of A: 1.3 ± 1.1.
    #expect(abs(try value(level, of: "a", in: past(8), on: 400) + 1.3 / 1.1 / 3) < 1e-3)
    #expect(try value(level, of: "A", in: past(8, others: 9), on: 400).isNaN)
  }

  @Test func `where all others used the same, a twentieth more is one standard deviation`() throws {
    let past = cohort(
      others: 10,
      {
        $0.seen(on: 0, 28).used(on: 20, quantity: 1.05).used(on: 20, meter: 1, quantity: 7)
      }
    ) { $1.seen(on: 0, 28).used(on: 20, quantity: 1) }
    // log₂ 1.05 = .0704, and meter 1 has nobody to be compared with.
    #expect(abs(try value(CohortLevelKnown(), of: "A", in: past, on: 28) - 1.005 / 3) < 0.01)
    let unused = cohort(others: 10, { $0.seen(on: 0, 28) }) { $1.seen(on: 0, 28).used(on: 20) }
    #expect(try value(CohortLevelKnown(), of: "A", in: unused, on: 28).isNaN)
  }

  @Test func `who has vanished is neither lost nor there`() throws {
    // Nine stay and one vanishes: too few others are left to compare with.
    let past = cohort(others: 10, { $0.seen(on: 0, 7, 14, 21, 28) }) { number, other in
      number == 0 ? other.seen(on: 0, 7) : other.seen(on: 0, 7, 14, 21, 28)
    }
    #expect(try value(CohortServicesMissed(windowDays: 28), of: "A", in: past, on: 7) == 0)
    #expect(try value(CohortServicesMissed(windowDays: 28), of: "A", in: past, on: 14).isNaN)
  }

  @Test(arguments: UInt64(700)...703)
  func `parts of the customers counted apart add up to the whole`(seed: UInt64) throws {
    let past = RandomPast.makeAlike(seed: seed)
    let frame = PeerCounts.Frame(
      landmarks: Replay.landmarks(of: past), lag: 2, traits: MeterTraits(past.meters),
      sources: past.sources)
    func counts(_ subscriptions: some Sequence<SubscriptionHistory>) -> PeerCounts {
      var counts = PeerCounts(frame)
      for subscription in subscriptions { counts.add(subscription) }
      return counts
    }
    let all = past.customers.flatMap(\.subscriptions)
    let whole = counts(all)
    for cut in [0, 1, all.count / 2, all.count] {
      // The later part first: no order matters.
      var sum = counts(all[cut...])
      sum.add(counts(all[..<cut]))
      // Groups are numbered as they come.
      #expect(Set(sum.numbers.cohorts.keys) == Set(whole.numbers.cohorts.keys))
      #expect(Set(sum.numbers.resellers.keys) == Set(whole.numbers.resellers.keys))
      #expect(Set(sum.numbers.markets.keys) == Set(whole.numbers.markets.keys))
      let (services, wholeServices) = (sum.cohortServices(), whole.cohortServices())
      for (key, number) in sum.numbers.cohorts {
        let (one, other) = (
          services[number], wholeServices[try #require(whole.numbers.cohorts[key])]
        )
        #expect(one.numbers == other.numbers)
        for landmark in frame.landmarks.indices {
          #expect(
            Array(one.uses(onLandmark: landmark)) == Array(other.uses(onLandmark: landmark)))
        }
      }
      for (left, right) in zip(sum.peers(services), whole.peers(wholeServices)) {
        #expect(left.sources == right.sources)
        #expect(left.weekChange == right.weekChange)
        for (key, number) in sum.numbers.resellers {
          let other = try #require(whole.numbers.resellers[key])
          #expect(left.resellers[number] == right.resellers[other])
        }
        for (key, number) in sum.numbers.markets {
          let other = try #require(whole.numbers.markets[key])
          #expect(left.markets[number] == right.markets[other])
        }
        for (key, number) in sum.numbers.cohorts {
          let (one, other) = (
            left.cohorts[number], right.cohorts[try #require(whole.numbers.cohorts[key])]
          )
          #expect(one?.counts == other?.counts)
        }
      }
    }
  }

  @Test(arguments: UInt64(1)...20)
  func `a subscription finds its services among those of a cohort`(seed: UInt64) {
    var random = HistoryRandom(seed: seed)
    func some() -> [Int32] { (Int32(0)..<30).filter { _ in random.chance(0.4) } }
    let (numbers, own) = (some(), some())
    let landmarks = random.number(1...4)
    let services = CohortServices(numbers, present: Array(repeating: 40, count: landmarks)) {
      service, landmark in
      var sum = ServiceSum()
      // Which service on which landmark it is.
      sum.usersKnown = numbers[service] * 10 + Int32(landmark)
      return sum
    }
    let shared = services.shared(by: own, ofCohort: 3)
    #expect(shared.cohort == 3 && shared.places.count == own.count)
    for (service, place) in zip(own, shared.places) {
      guard numbers.contains(service) else {
        #expect(place == -1)
        continue
      }
      for landmark in 0..<landmarks {
        #expect(
          shared.uses[Int(place) + landmark].sum.usersKnown == service * 10 + Int32(landmark))
      }
    }
    for landmark in 0..<landmarks {
      #expect(
        services.uses(onLandmark: landmark).map(\.sum.usersKnown)
          == numbers.map { $0 * 10 + Int32(landmark) })
    }
  }
}
