import Features
import History
import TestSupport
import Testing

@testable import Features

/// inTrial, daysToTrialEnd, trialConverted, daysFromTrialToPaid, and the phase they rest on.
struct TrialFeatureTests: PastFixtures {
  /// A trial of days 10 … 40, paid on `paid`.
  private func trial(paid: Int? = nil, end: Int? = 40) -> InMemoryHistory {
    history(
      subscription("A") {
        $0.effectiveStartDate = day(10)
        $0.trialStartDate = day(10)
        $0.trialEndDate = end.map(pastDay)
        $0.trialToPaidConversionDate = paid.map(pastDay)
      }.seen(on: 0))
  }

  @Test(arguments: [(9, TrialPhase.none), (10, .running), (40, .running), (41, .ended)])
  func `an unpaid trial runs from its first to its last day`(number: Int, phase: TrialPhase) throws
  {
    let state = try #require(try snapshot(of: "A", in: trial(), on: number)).state
    #expect(state.trialPhase(on: day(number)) == phase)
  }

  @Test(arguments: [(10, TrialPhase.running), (24, .running), (25, .converted), (41, .converted)])
  func `a trial is converted from the day it became paid`(number: Int, phase: TrialPhase) throws {
    let state = try #require(try snapshot(of: "A", in: trial(paid: 25), on: number)).state
    #expect(state.trialPhase(on: day(number)) == phase)
  }

  @Test func `a subscription without trial dates is in none`() throws {
    let past = history(subscription("A").seen(on: 0))
    #expect(try value(InTrial(), of: "A", in: past, on: 0) == 0)
    #expect(try value(TrialConverted(), of: "A", in: past, on: 0) == 0)
    #expect(try value(DaysToTrialEnd(), of: "A", in: past, on: 0).isNaN)
    #expect(try value(DaysFromTrialToPaid(), of: "A", in: past, on: 0).isNaN)
  }

  @Test func `a running trial counts down to its last day`() throws {
    #expect(try value(InTrial(), of: "A", in: trial(), on: 15) == 1)
    #expect(try value(DaysToTrialEnd(), of: "A", in: trial(), on: 15) == 25)
    #expect(try value(DaysToTrialEnd(), of: "A", in: trial(), on: 40) == 0)
    #expect(try value(DaysToTrialEnd(), of: "A", in: trial(), on: 41).isNaN)
    #expect(try value(DaysToTrialEnd(), of: "A", in: trial(end: nil), on: 15).isNaN)
  }

  @Test func `a paid trial knows how long it took`() throws {
    #expect(try value(TrialConverted(), of: "A", in: trial(paid: 25), on: 30) == 1)
    #expect(try value(InTrial(), of: "A", in: trial(paid: 25), on: 30) == 0)
    #expect(try value(DaysFromTrialToPaid(), of: "A", in: trial(paid: 25), on: 30) == 15)
    #expect(try value(DaysFromTrialToPaid(), of: "A", in: trial(paid: 25), on: 24).isNaN)
  }
}
