import Files

/// What the machine itself allows for one file, measured at the same time as the import.
///
/// No import can be faster than its slowest stage, and none faster than all stages together spread
/// over all processors:
///
///     limit = max( longest stage that is one stream, Σ stages / processors )
struct PhysicalLimits {
  /// Something that every import has to do with every byte.
  struct Stage: Hashable {
    var name: String
    /// On one processor.
    var seconds: Double
    /// Whether it cannot be split over processors.
    var isOneStream: Bool
    /// Whether it happens within the other stages, and is told for comparison only.
    var isWithinOthers = false
  }

  /// The file, for people.
  var file: String
  var byteCount: Int
  var processors: Int
  var stages: [Stage]
  /// The median of the import that is compared, in seconds.
  var imported: Double

  /// The least time that the stages take, in seconds.
  var limit: Double {
    let stages = stages.filter { !$0.isWithinOthers }
    let longest = stages.filter(\.isOneStream).map(\.seconds).max() ?? 0
    return max(longest, stages.map(\.seconds).reduce(0, +) / Double(processors))
  }

  /// Measures the stages for a file that is in the page cache; the best of five each.
  static func measure(
    _ file: WorkloadFile, imported: Double, processors: Int
  ) throws -> PhysicalLimits {
    let byteCount = fileSize(file.path) ?? 0
    let reading = try (0..<5).map { _ in try readThrough(file.path) }.min() ?? 0
    // libcrypto over memory, so that its rate does not hold the reading, too.
    let block = [UInt8](repeating: 0x5A, count: 1 << 22)
    let hashing =
      (0..<5).map { _ in
        let start = monotonicSeconds()
        for _ in 0..<16 { _ = sha256(block) }
        return monotonicSeconds() - start
      }.min() ?? 0
    let speed = try ParsingSpeed(file)
    return PhysicalLimits(
      file: "\(file.title), \(file.workload.title)", byteCount: byteCount, processors: processors,
      stages: [
        Stage(name: "reading from the page cache", seconds: reading, isOneStream: false),
        Stage(
          name: "reading from memory", seconds: speed.memory * Double(byteCount), isOneStream: false
        ),
        Stage(
          name: "cutting lines into cells", seconds: speed.parsing * Double(byteCount),
          isOneStream: false),
        Stage(
          name: "SHA-256 by libcrypto",
          seconds: hashing * Double(byteCount) / Double(16 * block.count), isOneStream: true),
      ],
      imported: imported)
  }

  var text: String {
    var text = "Limits for \(file) (\(megabytes(byteCount))), on one processor:\n"
    for stage in stages {
      let rate = stage.seconds > 0 ? Double(byteCount) / stage.seconds / 1e9 : 0
      text += "  \(stage.name): \(decimals(rate, 2)) GB/s, \(secondsText(stage.seconds))\n"
    }
    return text + "  Together on \(processors) processors at least \(secondsText(limit)). "
      + "\(Program.name) import takes \(secondsText(imported)), "
      + "\(decimals(limit > 0 ? imported / limit : 0, 2)) times that.\n"
  }

  var json: JSONValue {
    [
      "file": .string(file), "bytes": .integer(byteCount), "processors": .integer(processors),
      "stages": .array(
        stages.map {
          [
            "name": .string($0.name), "seconds": .number($0.seconds),
            "isOneStream": .bool($0.isOneStream),
          ]
        }),
      "limit": .number(limit), "imported": .number(imported),
    ]
  }
}
