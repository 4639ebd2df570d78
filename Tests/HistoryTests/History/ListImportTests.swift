import TestSupport
import Testing

@testable import History

struct ListImportTests {
  @Test func `owners lines that contradict each other are told at import`() throws {
    let folder = ExportFolder()
    folder.write(
      "owners.csv",
      "customerMarket,accountManager,email\nUS,Kim,k@x\nDE,Kim,k@x\nUS,Robin,r@x\nDE,Kim,k@x\n")
    #expect(
      try folder.import("owners.csv").files[0].warnings == [
        "lines that a later line about the same, from the same day on, contradicts: 1; "
          + "the later one counts"
      ])
  }

  @Test func `reads owners of every kind`() throws {
    let folder = ExportFolder()
    folder.write(
      "owners.csv",
      """
      subscriptionId,customerTenantId,partnerId,customerMarket,accountManager,email,from
      \(guid(1).description.uppercased()),,,,Ann,ann@example.com,
      ,\(guid(901).description.uppercased()),,,"Bo, the second",bo@example.com,2025-01-01
      ,,1000001,,Cy,,
      ,,,US,Di,di@example.com,
      \(guid(2)),\(guid(901)),77,DE,Ed,ed@example.com,

      """)
    let file = try folder.import("owners.csv").files[0]
    #expect((file.rowsAccepted, file.format) == (5, "owners"))
    let owners = try folder.reading().owners
    #expect(
      owners.rules.map(\.subject) == [
        .subscription(guid(1)), .customer("\(guid(901))"), .partner("1000001"), .market("us"),
        .subscription(guid(2)),
      ])
    #expect(owners.rules[1].accountManager == "Bo, the second")
    #expect(owners.rules[1].from == day("2025-01-01"))
  }

  @Test func `lets the most specific rule win, and of equals the one that began last`() {
    let rules = OwnerRules([
      OwnerRule(subject: .market("us"), accountManager: "market", email: ""),
      OwnerRule(subject: .partner("p"), accountManager: "partner", email: ""),
      OwnerRule(
        subject: .customer("t"), accountManager: "old", email: "", from: day("2025-01-01")),
      OwnerRule(
        subject: .customer("t"), accountManager: "new", email: "", from: day("2025-06-01")),
      OwnerRule(subject: .customer("t"), accountManager: "always", email: ""),
      OwnerRule(
        subject: .subscription(guid(1)), accountManager: "own", email: "", from: day("2026-01-01")),
    ])
    func manager(_ id: Int, _ tenant: String?, _ partner: String?, _ market: String?, _ on: String)
      -> String?
    {
      rules.owner(
        forSubscription: guid(id), customerTenantId: tenant, partnerId: partner,
        customerMarket: market, on: day(on))?.accountManager
    }
    #expect(manager(1, "T", "P", "US", "2026-01-01") == "own")
    #expect(manager(1, "T", "P", "US", "2025-12-31") == "new")
    #expect(manager(1, "T", "P", "US", "2025-05-31") == "old")
    #expect(manager(1, "T", "P", "US", "2024-12-31") == "always")
    #expect(manager(2, "other", "P", "US", "2026-01-01") == "partner")
    #expect(manager(2, nil, nil, "us", "2026-01-01") == "market")
    #expect(manager(2, nil, nil, nil, "2026-01-01") == nil)
  }

  @Test func `lets the later of two rules that begin on the same day win`() {
    let rules = OwnerRules([
      OwnerRule(subject: .market("us"), accountManager: "first", email: ""),
      OwnerRule(subject: .market("us"), accountManager: "second", email: ""),
    ])
    #expect(
      rules.owner(
        forSubscription: guid(1), customerTenantId: nil, partnerId: nil, customerMarket: "US",
        on: day("2025-01-01"))?.accountManager == "second")
  }

  @Test func `replaces a list by a newer one of the same name, and keeps those of other names`()
    throws
  {
    let folder = ExportFolder()
    let header = "customerMarket,accountManager,email\n"
    folder.write("2025-01-06/owners.csv", header + "US,Ann,\nDE,Bo,\n")
    folder.write("2025-01-13/owners.csv", header + "US,Cy,\n")
    folder.write("2025-01-06/more.csv", header + "FR,Di,\n")
    try folder.import("2025-01-13", "2025-01-06")
    #expect(
      Set(try folder.reading().owners.rules.map(\.accountManager)) == ["Cy", "Di"])
  }

  @Test(arguments: [
    ("owners.csv", "customerMarket,accountManager,email", "US,Ann,"),
    ("exclusions.csv", "subscriptionId,reason,from", "\(guid(1)),test,"),
  ])
  func `a list with a header and no rows is empty, and replaces a fuller one`(
    name: String, header: String, row: String
  ) throws {
    let folder = ExportFolder()
    folder.write("2025-01-06/\(name)", "\(header)\n\(row)\n")
    folder.write("2025-01-13/\(name)", header + "\n")
    try folder.import("2025-01-06")
    func isEmpty() throws -> Bool {
      let store = try folder.reading()
      return store.owners.rules.isEmpty && store.exclusions.isEmpty
    }
    #expect(try !isEmpty())
    try folder.import("2025-01-13")
    #expect(try isEmpty())
  }

  @Test func `a contacts file without rows takes nothing from the log, and replaces nothing`()
    throws
  {
    let folder = ExportFolder()
    let header = "subscriptionId,date,accountManager,outcome,until\n"
    folder.write("2025-01-06/contacts.csv", header + "\(guid(1)),2025-01-03,Ann,called,\n")
    folder.write("2025-01-13/contacts.csv", header)
    try folder.import("2025-01-06")
    let file = try folder.import("2025-01-13").files[0]
    guard case .imported = file.outcome else {
      Issue.record("\(file.outcome)")
      return
    }
    #expect(file.remarks.isEmpty && file.warnings.isEmpty)
    let contacts = try folder.reading().contacts
    #expect(contacts.contacts(about: guid(1), through: day("2025-02-01")).count == 1)
  }

  @Test func `whoever a rule in force names is told by the day`() {
    let rules = OwnerRules([
      OwnerRule(subject: .market("us"), accountManager: "Anna", email: ""),
      OwnerRule(subject: .market("us"), accountManager: "Bob", email: "", from: day("2025-03-01")),
      OwnerRule(subject: .market("de"), accountManager: "Cy", email: "", from: day("2025-05-01")),
    ])
    #expect(rules.managers(on: day("2025-02-28")) == ["Anna"])
    #expect(rules.managers(on: day("2025-03-01")) == ["Bob"])
    #expect(rules.managers(on: day("2025-05-01")) == ["Bob", "Cy"])
    #expect(OwnerRules().managers(on: day("2025-05-01")).isEmpty)
  }

  @Test func `says which list a list replaces, or which newer one is in force`() throws {
    let folder = ExportFolder()
    let header = "customerMarket,accountManager,email\n"
    folder.write("emea/owners.csv", header + "DE,Bo,\n")
    folder.write("apac/owners.csv", header + "JP,Cy,\n")
    folder.write("apac/others.csv", header + "AU,Di,\n")
    #expect(try folder.import("emea/owners.csv", on: "2025-01-06").files[0].warnings.isEmpty)
    let second = try folder.import("apac", on: "2025-01-13")
    #expect(
      second.files.map(\.remarks) == [
        [],
        [
          "it replaces import 1, the list of the same name of 2025-01-06 (\(folder["emea/owners.csv"]))"
        ],
      ])
    #expect(try folder.import("apac", on: "2025-01-13").files.allSatisfy(\.warnings.isEmpty))
    // An older one does not replace a newer one, whenever it comes.
    let inForce =
      "import 3, the newer list of the same name of 2025-01-13 (\(folder["apac/owners.csv"])), "
      + "is in force instead"
    folder.write("old/owners.csv", header + "FR,Ed,\n")
    #expect(try folder.import("old/owners.csv", on: "2025-01-01").files[0].warnings == [inForce])
    let again = try folder.import("emea/owners.csv", on: "2025-01-06").files[0]
    guard case .unchanged(importId: 1) = again.outcome else {
      Issue.record("the same list was imported again")
      return
    }
    #expect(again.warnings == [inForce])
    // A dry run says the same; the weekly run over a whole archive says nothing of its old lists.
    let rehearsal = try folder.import("emea/owners.csv", on: "2025-01-06", dryRun: true).files[0]
    #expect(rehearsal.warnings == [inForce])
    #expect(try folder.import("emea", on: "2025-01-06").files[0].warnings.isEmpty)
    #expect(try folder.reading().owners.rules.map(\.accountManager).sorted() == ["Cy", "Di"])
  }

  @Test func `says that an edited list is back, where a newer one is in force`() throws {
    let folder = ExportFolder()
    let header = "customerMarket,accountManager,email\n"
    folder.write("all/owners.csv", header + "DE,Bo,\n")
    folder.setModificationDay("all/owners.csv", day("2025-01-06"))
    try folder.import("all")
    folder.write("all/owners.csv", header + "DE,Cy,\n")
    folder.setModificationDay("all/owners.csv", day("2025-01-13"))
    #expect(try folder.import("all").files[0].remarks.contains { $0.hasPrefix("it replaces") })
    folder.write("all/owners.csv", header + "DE,Bo,\n")
    folder.setModificationDay("all/owners.csv", day("2025-01-06"))
    let file = try folder.import("all").files[0]
    #expect(file.warnings.contains { $0.hasPrefix("import 2, the newer list") })
    #expect(try folder.reading().owners.rules.map(\.accountManager) == ["Cy"])
  }

  @Test func `reads lists behind blank lines and Excel's separator`() throws {
    let folder = ExportFolder()
    folder.write("owners.csv", "sep=;\r\ncustomerMarket;accountManager\r\nUS;Ann\r\n")
    folder.write("exclusions.csv", "\n\nsubscriptionId;reason\n\(guid(1));fraud\n")
    let report = try folder.import("owners.csv", "exclusions.csv")
    #expect(report.failure == nil)
    #expect(report.files.map(\.rowsAccepted) == [1, 1])
  }

  @Test func `rejects a row whose quote is left open and loads those after it`() throws {
    let folder = ExportFolder()
    folder.write(
      "owners.csv",
      "customerMarket,accountManager\nUS,\"Ann\nDE,Bo\nFR,\"Cy\"\nIT,Di\n")
    let file = try folder.import("owners.csv").files[0]
    #expect((file.rowsAccepted, file.rowsRejected) == (3, 1))
    #expect(file.rejections.map(\.line) == [2])
  }

  @Test func `rejects a row with a field of many MiB`() throws {
    let folder = ExportFolder()
    let name = String(repeating: "x", count: 3 << 20)
    folder.write(
      "owners.csv", "customerMarket,accountManager\nUS,\(name)\nDE,\"\(name)\"\nFR,Cy\n")
    let file = try folder.import("owners.csv").files[0]
    #expect((file.rowsAccepted, file.rowsRejected) == (1, 2))
    #expect(file.rejectionCounts == ["the field is longer than 1 MiB": 2])
  }

  @Test func `reads exclusions, with semicolons too`() throws {
    let folder = ExportFolder()
    folder.write(
      "exclusions.csv",
      """
      subscriptionId;customerTenantId;reason;from
      \(guid(1));;transferred;2025-03-01
      ;\(guid(901).description.uppercased());Internal;
      \(guid(2));\(guid(902));fraud;

      """)
    try folder.import("exclusions.csv")
    #expect(
      try folder.reading().exclusions == [
        Exclusion(subscriptionId: guid(1), reason: .transferred, from: day("2025-03-01")),
        Exclusion(customerTenantId: "\(guid(901))", reason: .internal),
        Exclusion(subscriptionId: guid(2), reason: .fraud),
      ])
  }

  @Test func `rejects rows of lists that name nothing or nobody`() throws {
    let folder = ExportFolder()
    folder.write(
      "owners.csv",
      """
      subscriptionId,customerMarket,accountManager,email,from
      ,US,Ann,,
      ,US,,x@example.com,
      ,,Bo,,
      not-a-guid,,Bo,,
      ,US,Bo,,2025-02-30
      ,US,Bo,,,extra
      ,US,"Bo,,
      """)
    let file = try folder.import("owners.csv").files[0]
    #expect(file.rowsAccepted == 1)
    #expect(file.rejections.map(\.line) == [3, 4, 5, 6, 7, 8])
    folder.write(
      "exclusions.csv", "subscriptionId,reason\n\(guid(1)),bored\n,fraud\n\(guid(1)),\n")
    let failure = try #require(try folder.import("exclusions.csv").failure)
    #expect(failure.kind == .unusable)
  }

  @Test func `takes a list back`() throws {
    let folder = ExportFolder()
    folder.write("exclusions.csv", "subscriptionId,reason\n\(guid(1)),fraud\n")
    try folder.import("exclusions.csv")
    let store = try HistoryStore.open(folder.storePath, for: .importing)
    #expect(store.exclusions.count == 1)
    try store.remove(importId: 1)
    #expect(store.exclusions.isEmpty)
  }
}
