/// The usage lines of the last days by what they are for, whatever their quantities.
struct RecentLines: Sendable {
  /// All lines, those for development and tests, and those that a reservation paid for.
  private(set) var count = 0
  private(set) var devTest = 0
  private(set) var reserved = 0
  /// Different meters of all days and of the recent ones, and different regions.
  private(set) var meters = 0
  private(set) var recentMeters = 0
  private(set) var regions = 0

  init() {}

  /// - Parameters:
  ///   - settledLines: the lines of the settled days.
  ///   - known: what was known on a landmark.
  ///   - first: the number of the first active day that counts.
  ///   - recent: of the first recent one, at least `first`.
  init(_ settledLines: MeterLineCounts, _ known: KnownUsage, from first: Int, recent: Int) {
    let (meters, settled) = (known.meters, known.settledCount)
    var (count, devTest, reserved) = (0, 0, 0)
    var (used, usedRecently, regions) = (SmallNumbers(), SmallNumbers(), SmallNumbers())
    func add(_ place: Int, _ lines: Int) {
      count += lines
      if meters.devTestPlaces.contains(place) { devTest += lines }
      if meters.reservedPlaces.contains(place) { reserved += lines }
      used.insert(place)
      let region = Int(meters.regionOfPlace[place])
      if region >= 0 { regions.insert(region) }
    }
    settledLines.forEachUsed(onDays: min(first, settled)..<settled, add)
    settledLines.forEachUsed(onDays: min(recent, settled)..<settled) { place, _ in
      usedRecently.insert(place)
    }
    if let open = known.openLines {
      for day in open.days.indices where settled + day >= first {
        for line in open.firstLine(ofDay: day)..<open.lineEnds[day] {
          add(Int(open.places[line]), 1)
          if settled + day >= recent { usedRecently.insert(Int(open.places[line])) }
        }
      }
    }
    (self.count, self.devTest, self.reserved) = (count, devTest, reserved)
    (self.meters, recentMeters, self.regions) = (used.count, usedRecently.count, regions.count)
  }
}
