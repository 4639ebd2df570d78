import Features
import Glibc
import History
import TestSupport
import Testing

@testable import Features

/// tenure, auto-renew and its switch, commitment, renewal, suspensions, licences.
struct RenewalFeatureTests: PastFixtures {
  @Test func `tenure counts from effectiveStartDate, else from creationDate`() throws {
    let both = history(
      subscription("A") {
        $0.creationDate = day(-50)
        $0.effectiveStartDate = day(-40)
      }.seen(on: 10))
    #expect(try value(Tenure(), of: "A", in: both, on: 10) == 50)
    let created = history(
      subscription("A") {
        $0.creationDate = day(-50)
        $0.effectiveStartDate = nil
      }.seen(on: 10))
    #expect(try value(Tenure(), of: "A", in: created, on: 10) == 60)
    let neither = history(subscription("A") { $0.effectiveStartDate = nil }.seen(on: 10))
    #expect(try value(Tenure(), of: "A", in: neither, on: 10).isNaN)
  }

  @Test(arguments: [(true, 1.0), (false, 0.0)])
  func `auto-renew is what the newest row says`(enabled: Bool, expected: Double) throws {
    let past = history(
      subscription("A").seen(on: 0) { $0.autoRenewEnabled = !enabled }
        .seen(on: 7) { $0.autoRenewEnabled = enabled })
    #expect(try value(AutoRenew(), of: "A", in: past, on: 7) == expected)
    #expect(try value(AutoRenew(), of: "A", in: past, on: 6) == 1 - expected)
  }

  @Test func `auto-renew is unknown when the export has no such field`() throws {
    let past = history(subscription("A").seen(on: 0))
    #expect(try value(AutoRenew(), of: "A", in: past, on: 0).isNaN)
    #expect(try value(AutoRenewSwitchedOff(), of: "A", in: past, on: 0).isNaN)
  }

  @Test func `a switch fades from the day it was seen`() throws {
    let past = history(
      subscription("A").seen(on: 0) { $0.autoRenewEnabled = true }
        .seen(on: 7, 14) { $0.autoRenewEnabled = false })
    #expect(try value(AutoRenewSwitchedOff(), of: "A", in: past, on: 6) == 0)
    #expect(try value(AutoRenewSwitchedOff(), of: "A", in: past, on: 7) == 1)
    #expect(try value(AutoRenewSwitchedOff(), of: "A", in: past, on: 98) == exp(-1))
  }

  @Test func `always off is no switch, and on again ends one`() throws {
    let off = history(subscription("A").seen(on: 0, 7) { $0.autoRenewEnabled = false })
    #expect(try value(AutoRenewSwitchedOff(), of: "A", in: off, on: 7) == 0)
    let again = history(
      subscription("A").seen(on: 0) { $0.autoRenewEnabled = true }
        .seen(on: 7) { $0.autoRenewEnabled = false }.seen(on: 14) { $0.autoRenewEnabled = true })
    #expect(try value(AutoRenewSwitchedOff(), of: "A", in: again, on: 14) == 0)
  }

  @Test func `an export without the field does not hide a switch`() throws {
    let past = history(
      subscription("A").seen(on: 0) { $0.autoRenewEnabled = true }
        .seen(on: 7) { $0.autoRenewEnabled = nil }.seen(on: 14) { $0.autoRenewEnabled = false })
    #expect(try value(AutoRenewSwitchedOff(), of: "A", in: past, on: 14) == 1)
  }

  @Test func `days to the last day of the commitment, negative once it has passed`() throws {
    let past = history(subscription("A") { $0.commitmentEndDate = day(30) }.seen(on: 0))
    #expect(try value(DaysToCommitmentEnd(), of: "A", in: past, on: 0) == 30)
    #expect(try value(DaysToCommitmentEnd(), of: "A", in: past, on: 30) == 0)
    #expect(try value(DaysToCommitmentEnd(), of: "A", in: past, on: 33) == -3)
    let none = history(subscription("A").seen(on: 0))
    #expect(try value(DaysToCommitmentEnd(), of: "A", in: none, on: 0).isNaN)
  }

  @Test func `a monthly term that renews itself has no end worth counting`() throws {
    func past(_ change: (inout SubscriptionState) -> Void) -> InMemoryHistory {
      history(
        subscription("A") {
          $0.lastRenewalDate = day(0)
          $0.commitmentEndDate = day(30)
          $0.autoRenewEnabled = true
          change(&$0)
        }.seen(on: 10))
    }
    #expect(try value(DaysToCommitmentEnd(), of: "A", in: past { _ in }, on: 10).isNaN)
    let ending = past { $0.autoRenewEnabled = false }
    #expect(try value(DaysToCommitmentEnd(), of: "A", in: ending, on: 10) == 20)
    let yearly = past { $0.commitmentEndDate = day(364) }
    #expect(try value(DaysToCommitmentEnd(), of: "A", in: yearly, on: 10) == 354)
    // Without a renewal the term began 400 days before day 0.
    let first = past { $0.lastRenewalDate = nil }
    #expect(try value(DaysToCommitmentEnd(), of: "A", in: first, on: 10) == 20)
  }

  @Test func `days since the last renewal, unknown while it lies ahead`() throws {
    let past = history(subscription("A") { $0.lastRenewalDate = day(5) }.seen(on: 0))
    #expect(try value(DaysSinceRenewal(), of: "A", in: past, on: 12) == 7)
    #expect(try value(DaysSinceRenewal(), of: "A", in: past, on: 4).isNaN)
    let never = history(subscription("A").seen(on: 0))
    #expect(try value(DaysSinceRenewal(), of: "A", in: never, on: 4).isNaN)
  }

  @Test func `past suspensions count spells, not rows`() throws {
    let past = history(
      subscription("A").seen(on: 0)
        .seen(on: 7, 14) { $0.status = .suspended }.seen(on: 21) { $0.status = .active }
        .seen(on: 28) { $0.status = .suspended }.seen(on: 35) { $0.status = .active })
    #expect(try value(PastSuspensions(), of: "A", in: past, on: 6) == 0)
    #expect(try value(PastSuspensions(), of: "A", in: past, on: 14) == 1)
    #expect(try value(PastSuspensions(), of: "A", in: past, on: 35) == 2)
  }

  @Test func `a suspension on the first observation counts`() throws {
    let past = history(
      subscription("A").seen(on: 0) { $0.status = .suspended }.seen(on: 7) { $0.status = .active })
    #expect(try value(PastSuspensions(), of: "A", in: past, on: 7) == 1)
  }

  @Test func `a status nobody can read does not split a suspension`() throws {
    let past = history(
      subscription("A").seen(on: 0) { $0.status = .suspended }
        .seen(on: 7) { $0.status = .unknown("PENDING") }
        .seen(on: 14) { $0.status = .suspended }.seen(on: 21) { $0.status = .active })
    #expect(try value(PastSuspensions(), of: "A", in: past, on: 21) == 1)
  }

  @Test func `licences as the row says, unknown when it does not`() throws {
    let past = history(subscription("A") { $0.licenseCount = 25 }.seen(on: 0))
    #expect(try value(LicenseCount(), of: "A", in: past, on: 0) == 25)
    let none = history(subscription("A").seen(on: 0))
    #expect(try value(LicenseCount(), of: "A", in: none, on: 0).isNaN)
  }
}
