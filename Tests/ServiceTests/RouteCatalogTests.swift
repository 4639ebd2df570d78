import Foundation
import Testing

@testable import Service

struct RouteCatalogTests {
  @Test func `every file in Routes is in the catalog, and the other way round`() throws {
    let root = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    let files = try FileManager.default.contentsOfDirectory(
      atPath: "\(root)/Sources/Service/Routes")
    let names = Set(routes.map { "\(type(of: $0)).swift" })
    #expect(Set(files) == names.union(["Route.swift"]))
  }

  @Test func `no two routes have an address or a name in common`() {
    #expect(Set(routes.map(\.path)).count == routes.count)
    #expect(Set(routes.map(\.name)).count == routes.count)
  }
}
