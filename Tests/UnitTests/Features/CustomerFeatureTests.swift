import Features
import History
import TestSupport
import Testing

@testable import Features

/// siblingCount, otherProductCount, siblingsLost, daysSinceSiblingLoss.
struct CustomerFeatureTests: PastFixtures {
  /// A and B run; C was suspended; D is an Office subscription; E was closed on day 4, told on day 7;
  /// F belongs to someone else.
  private var estate: InMemoryHistory {
    history(
      subscription("A").seen(on: 0, 7),
      subscription("B").seen(on: 0, 7),
      subscription("C").seen(on: 0).seen(on: 7) { $0.status = .suspended },
      subscription("D") { $0.subscriptionType = "License" }.seen(on: 0, 7),
      subscription("E").seen(on: 0).seen(on: 7) {
        $0.status = .deprovisioned
        $0.deprovisionedDate = day(4)
      },
      subscription("F", of: "fabrikam").seen(on: 0, 7))
  }

  @Test func `siblings are the customer's other active Azure subscriptions`() throws {
    #expect(try value(SiblingCount(), of: "A", in: estate, on: 0) == 3)
    #expect(try value(SiblingCount(), of: "A", in: estate, on: 7) == 1)
    #expect(try value(SiblingCount(), of: "C", in: estate, on: 7) == 2)
    #expect(try value(SiblingCount(), of: "F", in: estate, on: 7) == 0)
  }

  @Test func `other products are active subscriptions of another type`() throws {
    #expect(try value(OtherProductCount(), of: "A", in: estate, on: 7) == 1)
    #expect(try value(OtherProductCount(), of: "D", in: estate, on: 7) == 0)
    #expect(try value(OtherProductCount(), of: "F", in: estate, on: 7) == 0)
  }

  @Test func `a loss counts from the day it was told, on the day it happened`() throws {
    #expect(try value(SiblingsLost(windowDays: 91), of: "A", in: estate, on: 6) == 0)
    #expect(try value(DaysSinceSiblingLoss(), of: "A", in: estate, on: 6).isNaN)
    #expect(try value(SiblingsLost(windowDays: 91), of: "A", in: estate, on: 7) == 1)
    #expect(try value(DaysSinceSiblingLoss(), of: "A", in: estate, on: 7) == 3)
  }

  @Test func `a loss leaves the window after its last day`() throws {
    // Day 4 is in the 91 days that end on day 94, not in those that end on day 95.
    #expect(try value(SiblingsLost(windowDays: 91), of: "A", in: estate, on: 94) == 1)
    #expect(try value(SiblingsLost(windowDays: 91), of: "A", in: estate, on: 95) == 0)
    #expect(try value(SiblingsLost(windowDays: 365), of: "A", in: estate, on: 95) == 1)
  }

  @Test func `a subscription is not its own loss`() throws {
    #expect(try value(SiblingsLost(windowDays: 91), of: "E", in: estate, on: 7) == 0)
    #expect(try value(DaysSinceSiblingLoss(), of: "E", in: estate, on: 7).isNaN)
  }

  @Test func `two losses on one day are two, and each is the other's sibling`() throws {
    let past = history(
      subscription("A").seen(on: 0, 7),
      subscription("B").seen(on: 0).seen(on: 7) { $0.status = .deprovisioned },
      subscription("C").seen(on: 0).seen(on: 7) { $0.status = .deprovisioned })
    #expect(try value(SiblingsLost(windowDays: 91), of: "A", in: past, on: 7) == 2)
    #expect(try value(SiblingsLost(windowDays: 91), of: "B", in: past, on: 7) == 1)
    #expect(try value(DaysSinceSiblingLoss(), of: "B", in: past, on: 10) == 3)
  }

  @Test func `a subscription missing from the exports is no sibling and no loss`() throws {
    let past = history(
      subscription("A").seen(on: 0, 7), subscription("B").seen(on: 0))
    #expect(try value(SiblingCount(), of: "A", in: past, on: 0) == 1)
    #expect(try value(SiblingCount(), of: "A", in: past, on: 7) == 0)
    #expect(try value(SiblingsLost(windowDays: 91), of: "A", in: past, on: 7) == 0)
  }

  @Test func `a lost subscription of another type is no loss`() throws {
    let past = history(
      subscription("A").seen(on: 0, 7),
      subscription("B") { $0.subscriptionType = "License" }.seen(on: 0)
        .seen(on: 7) { $0.status = .deprovisioned })
    #expect(try value(SiblingsLost(windowDays: 91), of: "A", in: past, on: 7) == 0)
  }

  @Test func `an active status with a past deprovisionedDate is closed`() throws {
    let past = history(
      subscription("A").seen(on: 0, 7),
      subscription("B").seen(on: 0).seen(on: 7) { $0.deprovisionedDate = day(5) })
    #expect(try value(SiblingCount(), of: "A", in: past, on: 7) == 0)
    #expect(try value(DaysSinceSiblingLoss(), of: "A", in: past, on: 7) == 2)
  }

  @Test func `counting the customer once equals walking all siblings of each`() throws {
    for seed in UInt64(200)...204 {
      let past = RandomPast.make(seed: seed)
      let contexts = try ReferenceStatistics(
        history: past, landmarks: Replay.landmarks(of: past), lag: 2
      ).contexts
      for context in contexts {
        for customer in past.customers.map({ CustomerSnapshot($0, at: context) }) {
          for one in customer.subscriptions {
            let others = customer.subscriptions.filter { $0.id != one.id }
            let active = others.filter {
              $0.state.status == .active && !$0.isDeprovisioned && $0.absentSince == nil
            }
            let losses = others.filter { $0.isAzure && $0.isDeprovisioned }
              .compactMap(\.closedDate).filter { $0 <= context.asOf }
            let siblings = customer.siblings(of: customer.snapshot(of: one))
            #expect(siblings.activeAzure == active.count { $0.isAzure })
            #expect(siblings.activeOther == active.count { !$0.isAzure })
            #expect(siblings.lastLoss == losses.max())
            #expect(siblings.lossCount(inLast: 91) == losses.count { context.asOf - $0 < 91 })
          }
        }
      }
    }
  }

  @Test func `what a source that joins later tells of the past was not known then`() throws {
    let past = history(
      [
        subscription("A").seen(on: 0, 28, 70),
        subscription("B").seen(on: 70, source: 1) {
          $0.status = .deprovisioned
          $0.deprovisionedDate = day(20)
        },
      ],
      sources: [source("alpha", exports: [0, 28, 70]), source("beta", exports: [70])])
    #expect(try value(SiblingsLost(windowDays: 91), of: "A", in: past, on: 28) == 0)
    #expect(try value(SiblingsLost(windowDays: 91), of: "A", in: past, on: 70) == 1)
  }
}
