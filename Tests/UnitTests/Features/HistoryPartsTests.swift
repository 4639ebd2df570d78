import Features
import History
import Synchronization
import TestSupport
import Testing

/// Customers in parts, while the next ones are read.
struct HistoryPartsTests {
  private struct Broken: Error {}

  /// Customers 0, 1, …, and a reading that may end early.
  private struct Numbered: HistorySource {
    let count: Int
    var failsBehind = Int.max
    let sources: [Source] = []
    let meters: [Meter] = []
    let exclusions: [Exclusion] = []
    let surroundings = Surroundings()

    func forEachCustomerBatch(size: Int, _ body: ([CustomerHistory]) throws -> Void) throws {
      for start in stride(from: 0, to: count, by: size) {
        guard start < failsBehind else { throw Broken() }
        try body(
          (start..<min(start + size, count)).map {
            CustomerHistory(customerTenantId: "\($0)", subscriptions: [])
          })
      }
    }
  }

  private func parts(_ history: Numbered, batch: Int, size: Int) throws -> [[String]] {
    var parts: [[String]] = []
    try history.mapCustomers(batch: batch, inPartsOf: size) { customers, first in
      zip(customers, first...).map { "\($0.customerTenantId) is \($1)" }
    } combine: {
      parts += $0
    }
    return parts
  }

  @Test(arguments: [0, 1, 6, 7, 8, 20, 21], [1, 2, 3, 7, 50])
  func `every customer comes once, in order and with its number`(count: Int, size: Int) throws {
    let parts = try parts(Numbered(count: count), batch: 7, size: size)
    #expect(parts.flatMap(\.self) == (0..<count).map { "\($0) is \($0)" })
    #expect(parts.allSatisfy { $0.count <= size && !$0.isEmpty })
  }

  @Test(arguments: [0, 1, 6, 7, 8, 20])
  func `what is done meanwhile is done once, also without customers`(count: Int) throws {
    var (meanwhile, combined) = (0, 0)
    try Numbered(count: count).mapCustomers(batch: 7, inPartsOf: 3) { customers, _ in
      customers.count
    } meanwhile: {
      #expect(combined < max(1, count))
      meanwhile += 1
    } combine: {
      combined += $0.reduce(0, +)
    }
    #expect(meanwhile == 1 && combined == count)
    #expect(throws: Broken.self) {
      try Numbered(count: count).mapCustomers(batch: 7, inPartsOf: 3) { _, _ in
      } meanwhile: {
        throw Broken()
      } combine: { _ in
      }
    }
  }

  /// Counts what is read of a history.
  private final class Counting: HistorySource {
    let base: Numbered
    var read: [String] = []
    var (sources, meters, exclusions): ([Source], [Meter], [Exclusion]) = ([], [], [])
    let surroundings = Surroundings()

    init(_ base: Numbered) { self.base = base }

    func forEachCustomerBatch(size: Int, _ body: ([CustomerHistory]) throws -> Void) throws {
      try forEachCustomerBatch(size: size, after: 0, body)
    }

    func forEachCustomerBatch(
      size: Int, after count: Int, _ body: ([CustomerHistory]) throws -> Void
    ) throws {
      try base.forEachCustomerBatch(size: size, after: count) { customers in
        read += customers.map(\.customerTenantId)
        try body(customers)
      }
    }
  }

  /// Memory for about so many customers without subscriptions.
  @Test(arguments: [0, 1, 5, 9, 10, 99], [1, 3, 10, 20])
  func `a remembered history is the same each time, and its first part is read once`(
    remembered: Int, size: Int
  ) throws {
    let base = Counting(Numbered(count: 10))
    let bytes = remembered * MemoryLayout<CustomerHistory>.stride
    let history = RememberedHistory(base, mostBytes: bytes)
    let all = (0..<10).map { "\($0)" }
    for reading in 0..<3 {
      base.read = []
      var seen: [String] = []
      try history.forEachCustomerBatch(size: size) { customers in
        #expect(!customers.isEmpty && customers.count <= size)
        seen += customers.map(\.customerTenantId)
      }
      #expect(seen == all)
      #expect(base.read == Array(reading == 0 ? all[...] : all[min(remembered, 10)...]))
    }
  }

  @Test func `a first reading that fails is none`() throws {
    let base = Counting(Numbered(count: 10, failsBehind: 5))
    let history = RememberedHistory(base)
    for _ in 0..<2 {
      var seen = 0
      #expect(throws: Broken.self) {
        try history.forEachCustomerBatch(size: 5) { seen += $0.count }
      }
      #expect(seen == 5)
    }
  }

  @Test func `an error of the reading ends it, and nothing runs on`() {
    var seen = 0
    let begun = Atomic(0)
    let ended = Atomic(0)
    #expect(throws: Broken.self) {
      try Numbered(count: 50, failsBehind: 20).mapCustomers(batch: 10, inPartsOf: 3) {
        customers, _ in
        begun.wrappingAdd(1, ordering: .relaxed)
        defer { ended.wrappingAdd(1, ordering: .relaxed) }
        return customers.count
      } combine: {
        seen += $0.reduce(0, +)
      }
    }
    // The batch before the error was begun, and nobody took it.
    #expect(seen == 10)
    #expect(begun.load(ordering: .relaxed) == 8 && ended.load(ordering: .relaxed) == 8)
  }

  @Test func `an error of who takes the parts ends the reading`() {
    var seen = 0
    #expect(throws: Broken.self) {
      try Numbered(count: 50).mapCustomers(batch: 10, inPartsOf: 3) { customers, _ in
        customers.count
      } combine: {
        seen += $0.reduce(0, +)
        if seen > 12 { throw Broken() }
      }
    }
    #expect(seen == 20)
  }

  @Test(arguments: [0, 1, 6, 7, 8, 20, 200], [1, 3, 50])
  func `the sums of the threads have every customer once`(count: Int, size: Int) throws {
    let sums = try Numbered(count: count).sums(batch: 7, inPartsOf: size, empty: [String]()) {
      sum, customer in sum.append(customer.customerTenantId)
    }
    #expect(sums.joined().sorted() == (0..<count).map { "\($0)" }.sorted())
    #expect(sums.allSatisfy { !$0.isEmpty })
  }

  @Test func `an error of the reading ends adding up, too`() {
    #expect(throws: Broken.self) {
      try Numbered(count: 50, failsBehind: 20).sums(batch: 10, inPartsOf: 3, empty: 0) {
        sum, _ in sum += 1
      }
    }
  }
}
