import Files
import History

/// A partner's exports in a folder.
///
///     partner-v1-…/usage.csv  billing.csv  exclusions.csv       no day in their names
///                  2025-04-07/subscriptions.csv                 every week
///                             resellers.csv  referrals.csv  searches.csv   every fourth week
///                             audit.jsonl                       with the last one
///     partner-v1-….complete                                     once all of it is written
struct PartnerFolder: Hashable {
  var partner: PartnerWorkload
  /// The folder it stands in.
  var folder: String

  var path: String { "\(folder)/\(partner.name)" }
  /// Stands beside a folder that was written to its end.
  var mark: String { path + ".complete" }

  /// Writes the folder.
  ///
  /// - Throws: `FileError` of kind `unwritable`.
  func write() throws {
    try makeFolder(path)
    let lives = (0..<partner.allSubscriptions).map { PartnerLife($0, of: partner) }
    let daysOfUse = try writeUse(lives)
    let surroundings = PartnerSurroundings(partner: partner, lives: lives)
    try write("exclusions.csv", surroundings.exclusions)
    for (index, day) in partner.exportDays.enumerated() {
      try makeFolder("\(path)/\(day)")
      try writeSubscriptions(lives, daysOfUse, on: day)
      guard index.isMultiple(of: 4) else { continue }
      try write("\(day)/resellers.csv", surroundings.resellers(on: day))
      try write("\(day)/referrals.csv", surroundings.referrals(on: day))
      try write("\(day)/searches.csv", surroundings.searches(on: day))
    }
    try writeFile("\(path)/\(partner.lastDay)/audit.jsonl") { try $0.write(surroundings.transfers) }
    try writeFile(mark) { try $0.write("") }
  }

  private func write(_ name: String, _ rows: [[String]]) throws {
    try writeFile("\(path)/\(name)") { file in
      var writer = DelimitedWriter(file)
      for row in rows { try writer.write(row) }
    }
  }

  private func writeSubscriptions(
    _ lives: [PartnerLife], _ daysOfUse: [[CalendarDay]], on day: CalendarDay
  ) throws {
    try writeFile("\(path)/\(day)/subscriptions.csv") { file in
      var writer = DelimitedWriter(file)
      try writer.write(PartnerLife.columns)
      for (life, days) in zip(lives, daysOfUse) {
        // An export knows of use up to two days before it.
        let lastUse = days.last { $0 <= day - 2 }
        if let row = life.row(on: day, of: partner, lastUse: lastUse) { try writer.write(row) }
      }
    }
  }

  /// Writes the usage and the billing file.
  ///
  /// - Returns: of each subscription the days of use.
  private func writeUse(_ lives: [PartnerLife]) throws -> [[CalendarDay]] {
    let use = PartnerUse(partner, used: lives.count { $0.use != nil })
    var daysOfUse = [[CalendarDay]](repeating: [], count: lives.count)
    for (name, columns, isBilling) in [
      ("usage.csv", PartnerUse.usageColumns, false),
      ("billing.csv", PartnerUse.billingColumns, true),
    ] {
      try writeFile("\(path)/\(name)") { file in
        var block = Array((columns.joined(separator: ",") + "\n").utf8)
        var place = 0
        for life in lives where life.use != nil {
          defer { place += 1 }
          guard !isBilling || PartnerUse.isBilled(life) else { continue }
          daysOfUse[life.number] = use.append(
            life, place: place, isBilling: isBilling, to: &block)
          guard block.count >= 1 << 18 else { continue }
          try file.write(block)
          block.removeAll(keepingCapacity: true)
        }
        try file.write(block)
      }
    }
    return daysOfUse
  }
}
