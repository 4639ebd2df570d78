import Features
import FoundationEssentials
import History
import Testing

@testable import Features

/// A feature is one file in Definitions and one line in the catalog.
struct FeatureCatalogTests {
  /// Type names of all features of the catalog.
  private var catalogued: Set<String> {
    Set(
      FeatureCatalog.numeric.map { "\(type(of: $0))" }
        + FeatureCatalog.categorical.map { "\(type(of: $0))" })
  }

  @Test func `every file in Definitions is in the catalog, and the other way round`() throws {
    let root = #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
    let files = try FileManager.default.contentsOfDirectory(
      atPath: "/\(root)/Sources/Features/Definitions")
    #expect(files.count > 20)
    #expect(
      Set(files.map { $0.hasSuffix(".swift") ? String($0.dropLast(6)) : $0 }) == catalogued)
  }

  @Test func `names are unique`() {
    let names = FeatureCatalog.descriptions.map(\.name)
    #expect(Set(names).count == names.count)
  }

  @Test func `descriptions come in the order of the columns`() {
    #expect(
      FeatureCatalog.descriptions
        == FeatureCatalog.numeric.map { $0.description }
        + FeatureCatalog.categorical.map { $0.description })
  }

  @Test func `every description is complete`() {
    for description in FeatureCatalog.descriptions {
      let name = description.name
      #expect(name.first?.isLowercase == true && name.allSatisfy { $0.isLetter || $0.isNumber })
      #expect(!description.unit.isEmpty, "\(name)")
      for sentence in [description.meaning, description.missing] {
        #expect(sentence.count >= 5 && sentence.hasSuffix("."), "\(name): \(sentence)")
      }
      #expect(description.source.count >= 5, "\(name)")
    }
  }

  @Test func `Microsoft's own score, names and the end itself are no features`() {
    // Microsoft's own score is shown beside ours; names and ids tell nothing that generalises.
    for forbidden in ["churnRisk", "customerName", "friendlyName", "deprovisionedDate"] {
      #expect(!FeatureCatalog.descriptions.contains { $0.name == forbidden })
      #expect(!FeatureCatalog.descriptions.contains { $0.source == forbidden })
    }
  }

  @Test(arguments: UInt64(500)...505)
  func `no feature ever returns an infinite value`(seed: UInt64) throws {
    let past = RandomPast.make(seed: seed)
    let days = [-200, -100, -30, 0, 5, 30, 60, 100, 400].map(pastDay)
    for context in try ReferenceStatistics(history: past, landmarks: days, lag: 2).contexts {
      for customer in past.customers.map({ CustomerSnapshot($0, at: context) }) {
        for subscription in customer.subscriptions.map(customer.snapshot) {
          for feature in FeatureCatalog.numeric {
            let value = feature.value(of: subscription, in: customer)
            #expect(!value.isInfinite, "\(feature.description.name)")
          }
        }
      }
    }
  }
}
