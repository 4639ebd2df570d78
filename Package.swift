// swift-tools-version: 6.3
import PackageDescription

/// Settings shared by every Swift target.
///
/// All are safe to publish: no `unsafeFlags`.
let swiftSettings: [SwiftSetting] = [
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

/// Linked before the C library, so that its `malloc` takes the place of that one's.
///
/// A panel makes and drops millions of small objects, on several threads.
let allocator: [LinkerSetting] = [.linkedLibrary("mimalloc")]

let package = Package(
  name: "churn-risk",
  products: [.executable(name: "churn-risk", targets: ["churn-risk"])],
  targets: [
    // MARK: Plumbing: C libraries from Debian
    .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CISAL", pkgConfig: "libisal", providers: [.apt(["libisal-dev"])]),
    .systemLibrary(name: "COpenSSL", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
    .systemLibrary(
      name: "COpenBLAS", pkgConfig: "openblas",
      providers: [.apt(["libopenblas-pthread-dev", "liblapacke-dev"])]),
    .systemLibrary(
      name: "CXLSXWriter", pkgConfig: "xlsxwriter", providers: [.apt(["libxlsxwriter-dev"])]),
    .systemLibrary(
      name: "CMicroHTTPD", pkgConfig: "libmicrohttpd", providers: [.apt(["libmicrohttpd-dev"])]),
    // simdjson is C++; only this target knows, everyone else sees the C functions of its header.
    .target(
      name: "CSimdJSON", linkerSettings: [.linkedLibrary("simdjson"), .linkedLibrary("stdc++")]),
    // One call of C: two folders trade places.
    .target(name: "CExchange"),
    .target(
      name: "Files", dependencies: ["CExchange", "CSimdJSON", "CISAL", "CZlib", "COpenSSL"]),

    // One function of C: BLAS computes on the thread that calls it, and keeps none of its own.
    .target(name: "CBLASThreads", dependencies: ["COpenBLAS"]),
    // One line of C: asking for memory before it is needed.
    .target(name: "CPrefetch"),

    .target(name: "ForkJoin"),

    // HTTP by libmicrohttpd; knows nothing of what is served.
    .target(name: "HTTPServer", dependencies: ["CMicroHTTPD"]),

    // MARK: Rooms, in the order the data walks through them
    .target(name: "History", dependencies: ["Files", "ForkJoin", "CSQLite"]),
    .target(name: "Features", dependencies: ["CPrefetch", "History", "ForkJoin"]),
    .target(
      name: "Learning", dependencies: ["COpenBLAS", "CBLASThreads", "CPrefetch", "ForkJoin"]),
    // Every sentence and label, in four languages.
    .target(name: "Words"),
    .target(
      name: "RiskModel",
      dependencies: ["Features", "Learning", "History", "Files", "ForkJoin", "Words"]),
    .target(
      name: "Reporting",
      dependencies: [
        "RiskModel", "Learning", "History", "Files", "ForkJoin", "CXLSXWriter", "Words",
      ]),

    // The Analytics API over the history: what is asked, and the rows that answer.
    .target(
      name: "Analytics",
      dependencies: ["History", "Files", "RiskModel", "Reporting", "Words"]),
    // The Azure usage page: numbers of each section, and their HTML.
    .target(
      name: "UsagePage",
      dependencies: [
        "Reporting", "RiskModel", "Features", "History", "Files", "ForkJoin", "Words",
      ]),

    // Who may ask the service for what: roles, tokens, sessions, and the log of what was asked.
    .target(name: "Access", dependencies: ["History", "Files", "ForkJoin"]),

    // The page and the Analytics API over HTTP, to readers of different rights.
    .target(
      name: "Service",
      dependencies: [
        "Access", "Analytics", "UsagePage", "Reporting", "RiskModel", "History", "Files",
        "HTTPServer",
      ]),

    // MARK: Doors
    .target(name: "Simulation", dependencies: ["History", "Files"]),
    .target(name: "CommandLineKit"),
    .executableTarget(
      name: "churn-risk",
      dependencies: [
        "Access", "Analytics", "CommandLineKit", "Files", "ForkJoin", "HTTPServer", "History",
        "Features", "Service",
        "Learning", "RiskModel", "Reporting", "Simulation", "UsagePage", "Words",
      ], linkerSettings: allocator),
    // Measures the program against others; `make bench`.
    .executableTarget(
      name: "churn-bench",
      dependencies: [
        "CommandLineKit", "Files", "ForkJoin", "History", "Features", "Learning", "Reporting",
        "Words",
      ], linkerSettings: allocator),

    // Feeds every parser with mutated bytes; `make fuzz`.
    .executableTarget(name: "churn-fuzz", dependencies: ["Analytics", "Files", "History"]),

    // MARK: Proofs
    // Several targets of unit tests: the compiler takes them side by side.
    .target(
      name: "TestSupport", dependencies: ["Files", "History"], path: "Tests/TestSupport"),
    .testTarget(
      name: "HistoryTests",
      dependencies: ["TestSupport", "Files", "ForkJoin", "History", "churn-fuzz"]),
    .testTarget(name: "LearningTests", dependencies: ["TestSupport", "ForkJoin", "Learning"]),
    .testTarget(
      name: "ToolTests",
      dependencies: [
        "TestSupport", "Files", "ForkJoin", "History", "Features", "Learning", "RiskModel",
        "Reporting", "Simulation", "CommandLineKit", "churn-bench", "Words",
      ]),
    .testTarget(
      name: "AccessTests", dependencies: ["TestSupport", "Access", "Files", "History"]),
    .testTarget(
      name: "AnalyticsTests",
      dependencies: ["TestSupport", "Analytics", "Files", "History", "Reporting"]),
    .testTarget(
      name: "ServiceTests",
      dependencies: [
        "TestSupport", "Service", "HTTPServer", "Access", "Analytics", "UsagePage", "Files",
        "History",
      ]),
    .testTarget(
      name: "UnitTests",
      dependencies: [
        "TestSupport", "Files", "ForkJoin", "History", "Features", "Learning", "RiskModel",
        "Reporting", "Simulation", "Words",
      ], exclude: ["Reporting/Golden"]),
    .testTarget(
      name: "UsagePageTests",
      dependencies: [
        "TestSupport", "UsagePage", "Reporting", "RiskModel", "Features", "History", "Files",
        "Words",
      ]),
    .testTarget(
      name: "EndToEndTests",
      dependencies: [
        "churn-risk", "churn-bench", "CommandLineKit", "Files", "Reporting", "RiskModel", "Words",
      ]),
  ],
  swiftLanguageModes: [.v6],
  cxxLanguageStandard: .cxx17
)

for target in package.targets where [.regular, .executable, .test].contains(target.type) {
  let areOfC = ["CSimdJSON", "CBLASThreads", "CPrefetch", "CExchange"]
  guard !areOfC.contains(target.name) else { continue }
  target.swiftSettings = (target.swiftSettings ?? []) + swiftSettings
}
