import Testing

@testable import churn_bench

struct WorkloadMetersTests {
  @Test func `are all distinct`() {
    let all = (0..<WorkloadMeters.limit).map { WorkloadMeters.texts($0) }
    #expect(all.count == 2_016)
    #expect(Set(all).count == all.count)
  }

  @Test func `have every kind once among the first 24`() {
    let first = (0..<24).map { WorkloadMeters.texts($0) }
    #expect(Set(first.map { [$0.meterCategory, $0.meterSubcategory] }).count == 24)
  }

  @Test(arguments: [8, 24, 2_000]) func `a subscription has eight of those there are`(count: Int) {
    let workload = Workload(lines: 1, meterCount: count)
    for subscription in 0..<50 {
      let meters = WorkloadMeters.meters(of: subscription, in: workload)
      #expect(Set(meters).count == 8)
      #expect(meters.allSatisfy { (0..<count).contains($0) })
    }
  }
}
