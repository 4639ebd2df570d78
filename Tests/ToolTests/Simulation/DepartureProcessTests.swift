import Testing

@testable import Simulation

struct DepartureProcessTests {
  private typealias Process = DepartureProcess

  private func process(
    _ change: (inout SimulationParameters) -> Void = { _ in }
  ) -> DepartureProcess {
    var parameters = SimulationParameters(subscriptions: 1, weeks: 1)
    change(&parameters)
    return DepartureProcess(parameters: parameters)
  }

  private func week(
    _ logRisk: Double = 0, _ termEnd: DepartureProcess.TermEnd = .none, isCommitted: Bool = true
  ) -> DepartureProcess.Week {
    DepartureProcess.Week(logRisk: logRisk, termEnd: termEnd, isCommitted: isCommitted)
  }

  @Test func `gives one week's probability by hand`() {
    // Steady, average risk, no term ends: sudden departure, or a suspension that is never paid.
    let process = process {
      $0.suddenPerWeek = 0.01
      $0.nonPaymentPerWeek = 0.02
      $0.nonPaymentLostShare = 0.25
      $0.windDownPerWeek = 0
    }
    let probability = process.departureProbability(
      from: DepartureProcess.State(), isWindingDown: false, weeks: [week()])
    #expect(abs(probability - (0.01 + 0.005)) < 1e-15)
  }

  @Test func `has no departure in no time`() {
    let state = DepartureProcess.State(fadeWeek: 7, wantsOut: true)
    #expect(process().departureProbability(from: state, isWindingDown: true, weeks: []) == 0)
  }

  @Test func `never counts the end of a fixed term as departure`() {
    let state = DepartureProcess.State(fadeWeek: 9, wantsOut: true)
    let weeks = [week(1, .fixed), week(1), week(1)]
    #expect(process().departureProbability(from: state, isWindingDown: true, weeks: weeks) == 0)
  }

  @Test func `waits out a trial in the customer's state only`() {
    // During the two idle weeks the customer may begin to wind down: a mixture by hand.
    let process = process {
      $0.windDownPerWeek = 0.1
      $0.windUpPerWeek = 0.3
    }
    let weeks = [week(0.4), week(0.4)]
    let calm = process.departureProbability(
      from: DepartureProcess.State(), isWindingDown: false, weeks: weeks)
    let winding = process.departureProbability(
      from: DepartureProcess.State(), isWindingDown: true, weeks: weeks)
    let later = process.departureProbability(
      from: DepartureProcess.State(), isWindingDown: false, idleWeeks: 2, weeks: weeks)
    // Two steps of the two-state chain: stays calm .9 · .9 + .1 · .3 = .84.
    #expect(abs(later - (0.84 * calm + 0.16 * winding)) < 1e-15)
  }

  @Test(arguments: [
    DepartureProcess.State(), DepartureProcess.State(fadeWeek: 1),
    DepartureProcess.State(fadeWeek: 6, wantsOut: true),
    DepartureProcess.State(fadeWeek: 10),
  ])
  func `rises with risk, intent, winding down and time`(state: DepartureProcess.State) {
    let process = process()
    func probability(_ logRisk: Double, _ isWindingDown: Bool, _ weeks: Int) -> Double {
      process.departureProbability(
        from: state, isWindingDown: isWindingDown,
        weeks: Array(repeating: week(logRisk), count: weeks))
    }
    #expect(probability(1, false, 13) > probability(0, false, 13))
    #expect(probability(0, true, 13) > probability(0, false, 13))
    #expect(probability(0, false, 13) > probability(0, false, 4))
    #expect(probability(5, true, 13) < 1)
  }

  @Test func `leaves probabilities within bounds for every state and an extreme risk`() {
    let process = process()
    for logRisk in [-20.0, 0, 20] {
      for fadeWeek in 0...Process.lastFadeWeek {
        for wantsOut in [false, true] {
          for termEnd in [Process.TermEnd.none, .renewable, .fixed] {
            let chances = process.chances(
              DepartureProcess.State(fadeWeek: fadeWeek, wantsOut: wantsOut), isWindingDown: true,
              week: week(logRisk, termEnd))
            let exits =
              chances.transfer + chances.termEnds + chances.leave + chances.unpaidAndLost
              + chances.unpaidForAWhile
            #expect(exits >= 0 && exits <= 1)
            #expect(chances.enter <= 1 && chances.wantOut <= 1)
          }
        }
      }
    }
  }

  @Test func `counts as often as it draws`() {
    // The naive twin: 20,000 lives drawn week by week against the sum over all paths.
    let process = process { $0.windDownPerWeek = 0.03 }
    let weeks = (0..<13).map { week(1.2, $0 == 8 ? .renewable : .none) }
    let exact = process.departureProbability(
      from: DepartureProcess.State(), isWindingDown: false, weeks: weeks)
    var chance = SplitMix64(seed: 11)
    var departures = 0
    let lives = 20_000
    for _ in 0..<lives {
      var state = DepartureProcess.State()
      var isWindingDown = false
      life: for week in weeks {
        process.windDown(&isWindingDown, chance: &chance)
        switch process.step(&state, isWindingDown: isWindingDown, week: week, chance: &chance) {
        case .left, .unpaidAndLost:
          departures += 1
          break life
        case .ended, .transferred: break life
        case .stayed, .unpaidForAWhile: continue
        }
      }
    }
    let share = Double(departures) / Double(lives)
    // Four standard errors of a share.
    let tolerance = 4 * (exact * (1 - exact) / Double(lives)).squareRoot()
    #expect(abs(share - exact) < tolerance)
    #expect(exact > 0.05)
  }
}
