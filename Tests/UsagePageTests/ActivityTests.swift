import History
import TestSupport
import Testing

@testable import UsagePage

/// When a subscription was active, and when it was lost.
struct ActivityTests {
  private let exports = ["2026-01-05", "2026-01-12", "2026-01-19", "2026-01-26", "2026-03-16"]

  private func activity(_ build: (inout SmallPartner) -> Void) -> Activity {
    var partner = SmallPartner(exports: exports)
    build(&partner)
    return Activity(partner.history.customers[0].subscriptions[0])
  }

  @Test func `from its start on, until the day of its deprovisioning`() {
    let activity = activity { partner in
      partner.see(1, on: ["2026-01-05", "2026-01-12"]) { $0.creationDate = day("2026-01-02") }
      partner.see(1, on: ["2026-01-19"]) {
        $0.creationDate = day("2026-01-02")
        $0.status = .deprovisioned
        $0.deprovisionedDate = day("2026-01-14")
      }
    }
    #expect(!activity.isActive(on: day("2026-01-01")) && activity.isActive(on: day("2026-01-02")))
    #expect(activity.isActive(on: day("2026-01-13")) && !activity.isActive(on: day("2026-01-14")))
    #expect(activity.losses.map(\.day) == [day("2026-01-14")])
    #expect(activity.losses.map(\.kind) == [.deprovisioned])
    #expect(activity.isActive(in: day("2026-01-10")...day("2026-02-10")))
    #expect(!activity.isActive(in: day("2026-01-14")...day("2026-02-10")))
  }

  @Test func `a suspension counts where it was first seen, and is undone within thirty days`() {
    func suspended(backOn day: String) -> Activity {
      activity { partner in
        partner.see(1, on: ["2026-01-05"])
        partner.see(1, on: ["2026-01-12", "2026-01-19"]) { $0.status = .suspended }
        partner.see(1, on: [day])
      }
    }
    let soon = suspended(backOn: "2026-01-26")
    #expect(soon.losses.map(\.day) == [day("2026-01-12")] && soon.losses[0].isUndone)
    #expect(!soon.isActive(on: day("2026-01-25")) && soon.isActive(on: day("2026-01-26")))
    #expect(soon.isActive(in: day("2026-01-13")...day("2026-01-26")))
    #expect(!soon.isActive(in: day("2026-01-13")...day("2026-01-25")))
    let late = suspended(backOn: "2026-03-16")
    #expect(late.losses[0].returnedOn == day("2026-03-16") && !late.losses[0].isUndone)
  }

  @Test func `closed when first seen, nobody knows since when: no event and no activity`() {
    let activity = activity { partner in
      partner.see(1, on: ["2026-01-05", "2026-01-12"]) {
        $0.status = .suspended
        $0.creationDate = day("2025-06-01")
      }
      partner.see(1, on: ["2026-01-19"]) { $0.creationDate = day("2025-06-01") }
    }
    #expect(activity.losses.isEmpty)
    #expect(!activity.isActive(on: day("2026-01-04")) && !activity.isActive(on: day("2026-01-12")))
    #expect(activity.isActive(on: day("2026-01-19")))
  }

  @Test func `a date that is told late lies before the suspension that was seen`() {
    let activity = activity { partner in
      partner.see(1, on: ["2026-01-05"])
      partner.see(1, on: ["2026-01-12"]) { $0.status = .suspended }
      partner.see(1, on: ["2026-01-19"]) {
        $0.status = .deprovisioned
        $0.deprovisionedDate = day("2026-01-08")
      }
    }
    #expect(Set(activity.losses.map(\.kind)) == [.suspended, .deprovisioned])
    #expect(activity.isActive(on: day("2026-01-07")) && !activity.isActive(on: day("2026-01-08")))
  }
}
