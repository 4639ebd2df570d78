import Files
import FoundationEssentials
import History
import TestSupport
import Testing

@testable import Simulation

/// The folder as a whole: the same for the same parameters, complete or not there, and nobody else's.
struct SimulationTests {
  private let parameters = SimulationParameters(subscriptions: 12, weeks: 4)

  @Test func `writes the same bytes for the same seed, and other bytes for another`() throws {
    let (first, second, third) = (SimulationScratch(), SimulationScratch(), SimulationScratch())
    _ = try Simulation(parameters).write(to: first.path)
    _ = try Simulation(parameters).write(to: second.path)
    #expect(try first.files() == second.files())
    var other = parameters
    other.seed = 2
    _ = try Simulation(other).write(to: third.path)
    let files = try third.files()
    #expect(try Set(files.keys) == Set(first.files().keys))
    for name in ["2026-11-16/subscriptions.json", "2026-11-16/usage.jsonl.gz", "truth-hazard.csv"] {
      #expect(try files[name] != first.files()[name])
    }
  }

  @Test func `writes the files it promises and nothing else`() throws {
    let scratch = SimulationScratch()
    _ = try Simulation(parameters).write(to: scratch.path)
    let days = [
      "2026-10-21", "2026-10-26", "2026-10-28", "2026-11-02", "2026-11-04", "2026-11-09",
      "2026-11-11", "2026-11-16",
    ]
    let expected =
      days.flatMap { ["\($0)/subscriptions.json", "\($0)/usage.jsonl.gz"] } + [
        "exclusions.csv", "owners.csv", "simulation.json", "truth-hazard.csv", "truth.csv",
      ]
    #expect(try scratch.files().keys.sorted() == expected.sorted())
  }

  @Test func `writes the members of the reference in their order`() throws {
    // Source: the sample body of "Get all subscription analytics", with the exporting tenant first.
    let reference = [
      "partnerTenantId", "customerTenantId", "customerName", "customerMarket", "id", "status",
      "productName", "subscriptionType", "autoRenewEnabled", "partnerId", "friendlyName",
      "partnerName", "providerName", "creationDate", "effectiveStartDate", "commitmentEndDate",
      "currentStateEndDate", "trialToPaidConversionDate", "trialStartDate", "trialEndDate",
      "lastUsageDate", "deprovisionedDate", "lastRenewalDate", "licenseCount", "churnRisk",
      "billingCycleName",
    ]
    // Source: the sample body of "Get all Azure usage analytics".
    let usageReference = [
      "partnerTenantId", "customerTenantId", "customerName", "subscriptionId", "subscriptionName",
      "usageDate", "resourceLocation", "meterCategory", "meterSubcategory", "meterUnit",
      "reservationOrderId", "reservationId", "consumptionMeterId", "serviceType", "quantity",
    ]
    for sources in 1...2 {
      var parameters = parameters
      parameters.sources = sources
      let scratch = SimulationScratch()
      _ = try Simulation(parameters).write(to: scratch.path)
      let folder = scratch["2026-11-16"]
      let document = try JSONValue(
        parsing: contents(ofFile: folder + "/subscriptions.json"), path: "subscriptions.json")
      #expect(document.object?.members.map(\.key) == ["Value", "@nextLink", "TotalCount"])
      #expect(document["@nextLink"]?.isNull == true)
      let rows = try #require(document["Value"]?.array)
      #expect(document["TotalCount"]?.int == rows.count && !rows.isEmpty)
      // With one source there is no partner tenant to tell apart.
      let expected = Array(reference.dropFirst(2 - sources))
      for row in rows {
        let keys = try #require(row.object).members.map(\.key)
        #expect(keys == expected || keys == expected.filter { $0 != "churnRisk" })
      }
      var reader = try LineReader(ByteSource(path: folder + "/usage.jsonl.gz"))
      guard case .bytes(let range) = try reader.next() else {
        Issue.record("no usage line")
        continue
      }
      let line = try JSONValue(parsing: Array(reader.buffer[range]), path: "usage.jsonl.gz")
      #expect(line.object?.members.map(\.key) == Array(usageReference.dropFirst(2 - sources)))
      #expect(line["reservationOrderId"]?.string != nil)
    }
  }

  @Test func `replaces its own files and leaves those of others alone`() throws {
    let scratch = SimulationScratch()
    _ = try Simulation(parameters).write(to: scratch.path)
    var expected = try scratch.files()
    try FileManager.default.removeItem(atPath: scratch["truth.csv"])
    _ = FileManager.default.createFile(atPath: scratch["my-store.sqlite"], contents: Data([1]))
    _ = try Simulation(parameters).write(to: scratch.path)
    expected["my-store.sqlite"] = [1]
    #expect(try scratch.files() == expected)
  }

  @Test func `refuses a folder that holds something else`() throws {
    let scratch = SimulationScratch()
    try FileManager.default.createDirectory(
      atPath: scratch.path, withIntermediateDirectories: true)
    _ = FileManager.default.createFile(atPath: scratch["letter.txt"], contents: Data([1]))
    let error = #expect(throws: SimulationError.self) {
      try Simulation(parameters).write(to: scratch.path)
    }
    guard case .folderInUse(scratch.path, _) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(try scratch.files() == ["letter.txt": [1]])
  }

  @Test func `refuses a folder of other parameters and says so`() throws {
    let scratch = SimulationScratch()
    _ = try Simulation(parameters).write(to: scratch.path)
    let before = try scratch.files()
    var other = parameters
    other.seed = 9
    let error = #expect(throws: SimulationError.self) {
      try Simulation(other).write(to: scratch.path)
    }
    #expect(error?.description.contains("with other parameters") == true)
    #expect(try scratch.files() == before)
  }

  @Test func `refuses a file in the folder's place`() throws {
    let scratch = SimulationScratch()
    _ = FileManager.default.createFile(atPath: scratch.path, contents: Data([1]))
    let error = #expect(throws: SimulationError.self) {
      try Simulation(parameters).write(to: scratch.path)
    }
    #expect(error?.description.contains("is a file") == true)
    #expect(FileManager.default.contents(atPath: scratch.path) == Data([1]))
  }

  @Test func `says what stands in the way of a folder`() throws {
    let scratch = SimulationScratch()
    _ = FileManager.default.createFile(atPath: scratch.path, contents: Data())
    let error = #expect(throws: SimulationError.self) {
      try Simulation(parameters).write(to: scratch.path + "/below")
    }
    guard case .unwritable(scratch.path + "/below", let reason) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(reason == "a part of the path is a file")
  }

  @Test func `a link in the place of what is being made is removed, not what it leads to`() throws {
    let (scratch, other) = (SimulationScratch(), SimulationScratch())
    for path in [scratch.path, other.path] {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }
    _ = FileManager.default.createFile(atPath: other["letter.txt"], contents: Data([1]))
    try FileManager.default.createSymbolicLink(
      atPath: scratch[".simulating"], withDestinationPath: other.path)
    _ = try Simulation(parameters).write(to: scratch.path)
    #expect(try other.files() == ["letter.txt": [1]])
    #expect(try scratch.files()["simulation.json"] != nil)
  }

  @Test func `uses an empty folder and what a killed run left behind`() throws {
    let (fresh, used) = (SimulationScratch(), SimulationScratch())
    _ = try Simulation(parameters).write(to: fresh.path)
    try FileManager.default.createDirectory(
      atPath: used[".simulating/2026-11-16"], withIntermediateDirectories: true)
    _ = try Simulation(parameters).write(to: used.path)
    #expect(try used.files() == fresh.files())
  }

  @Test func `creates missing folders on the way`() throws {
    let scratch = SimulationScratch()
    _ = try Simulation(parameters).write(to: scratch["deep/er"])
    #expect(try scratch.files()["deep/er/simulation.json"] != nil)
  }

  @Test func `reports progress up to the last export`() throws {
    let scratch = SimulationScratch()
    var reports: [[Int]] = []
    _ = try Simulation(parameters).write(to: scratch.path) { reports.append([$0, $1]) }
    #expect(reports == (1...8).map { [$0, 8] })
  }

  @Test func `ends on the day asked for, whatever its weekday`() throws {
    var parameters = parameters
    parameters.asOf = try #require(CalendarDay("2024-02-29"))
    let partner = try SimulatedPartner(parameters)
    #expect(
      partner.exportDays.map(\.description).suffix(3)
        == ["2024-02-17", "2024-02-22", "2024-02-24", "2024-02-29"].suffix(3))
  }

  @Test func `simulates the smallest partner`() throws {
    let partner = try SimulatedPartner(SimulationParameters(subscriptions: 1, weeks: 1))
    #expect(partner.summary.customers == 1 && partner.summary.subscriptions == 1)
    #expect(partner.truth.isEmpty && partner.summary.annualChurn == 0)
  }

  @Test func `keeps the first customers when more are asked for`() {
    let few = CustomerFactory(SimulationParameters(subscriptions: 30, weeks: 10)).customers()
    let many = CustomerFactory(SimulationParameters(subscriptions: 300, weeks: 10)).customers()
    #expect(few.reduce(0) { $0 + $1.subscriptions.count } == 30)
    #expect(many.reduce(0) { $0 + $1.subscriptions.count } == 300)
    // The last of the few may have lost subscriptions to the limit.
    for (left, right) in zip(few.dropLast(), many) {
      #expect(left.customerTenantId == right.customerTenantId && left.name == right.name)
      #expect(left.subscriptions.map(\.id) == right.subscriptions.map(\.id))
      #expect(left.subscriptions.map(\.logRisk) == right.subscriptions.map(\.logRisk))
    }
  }
}
