import History

/// Lists of owners, read by themselves.
struct OwnersFiles: FuzzTarget {
  let name = "owners"
  let longestInput = 4_096

  func run(_ bytes: [UInt8]) {
    Scratch.withFile(of: bytes) { path in
      guard let rules = try? OwnerRules.read(path).owners else { return }
      for rule in rules.rules { expect(!rule.accountManager.isEmpty, "an owner without a name") }
    }
  }
}
