import Testing

@testable import churn_bench

struct WorkloadCellsTests {
  @Test func `are as many as wanted, ascending, and each only once`() {
    let workload = Workload(lines: 1_003, subscriptions: 10)
    var total = 0
    for subscription in 0..<10 {
      let cells = WorkloadCells(of: subscription, in: workload).map { $0.day * 8 + $0.slot }
      #expect(cells.count == (subscription < 3 ? 101 : 100))
      #expect(zip(cells, cells.dropFirst()).allSatisfy { $0 < $1 })
      #expect(cells.allSatisfy { (0..<365 * 8).contains($0) })
      total += cells.count
    }
    #expect(total == 1_003)
  }

  @Test func `are spread evenly over the days`() {
    let workload = Workload(lines: 100_000, subscriptions: 100)
    var halves = [0, 0]
    for subscription in 0..<100 {
      for (day, _) in WorkloadCells(of: subscription, in: workload) {
        halves[day < 182 ? 0 : 1] += 1
      }
    }
    // 182 of 365 days: 49,863 expected, standard deviation below 158; six of them.
    #expect(abs(halves[0] - 49_863) < 950)
  }

  @Test func `both orders walk over the same lines`() {
    var workload = Workload(lines: 500, subscriptions: 7)
    var sets: [Set<[Int]>] = []
    for order in Workload.Order.allCases {
      workload.order = order
      var lines: Set<[Int]> = []
      workload.forEachLine { lines.insert([$0, $1, $2]) }
      sets.append(lines)
    }
    #expect(sets[0].count == 500)
    #expect(sets[0] == sets[1])
  }
}
