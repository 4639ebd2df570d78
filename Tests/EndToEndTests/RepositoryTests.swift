import Foundation
import Testing

/// What the repository promises to a fresh machine.
struct RepositoryTests {
  private static func text(_ name: String) throws -> String {
    String(
      decoding: try Data(contentsOf: URL(fileURLWithPath: "\(Repository.root)/\(name)")),
      as: UTF8.self)
  }

  @Test func `the packages that are installed hold every library of the manifest, and C++`() throws
  {
    let packages = Set(try Self.text(".ci/packages").split(separator: "\n").map(String.init))
    let manifest = try Self.text("Package.swift")
    let named = manifest.matches(of: #/\.apt\(\[(?<names>[^\]]*)\]\)/#).flatMap { match in
      match.output.names.matches(of: #/"([^"]+)"/#).map { String($0.output.1) }
    }
    #expect(named.count >= 5)
    // simdjson is C++: its headers need those of the standard library, which need those of C.
    for package in named + ["libsimdjson-dev", "libstdc++-12-dev", "libc6-dev"] {
      #expect(packages.contains(package), "\(package) is not in .ci/packages")
    }
  }
}
