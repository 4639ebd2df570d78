/// The meters of one subscription's lines and their services, under small numbers of its own.
///
/// A history has thousands of meters and a subscription uses a few: sums over its lines are kept in arrays
/// as long as these few. A meter's *place* is its index here.
final class SubscriptionMeters: Sendable {
  /// As in `HistorySource.meters`, ascending.
  let numbers: [Int32]
  /// The services of these meters, as in `MeterTraits.services`; ascending.
  let services: [Int32]
  /// For each line the place of its meter.
  let placeOfRow: [Int32]
  /// For each meter the index of its service in `services`.
  let serviceOfPlace: [Int32]
  /// For each meter its region under a number of the subscription's own; -1 without one.
  let regionOfPlace: [Int32]
  /// The places of meters for development and tests, and of those a reservation paid for.
  let devTestPlaces: SmallNumbers
  let reservedPlaces: SmallNumbers

  /// - Parameters:
  ///   - rows: the meter of each line.
  ///   - traits: of the history's meters.
  init(_ rows: [Int32], _ traits: MeterTraits) {
    // While meters are found each has an identity, because a place moves when a smaller meter comes.
    var numbers: [Int32] = []
    var identities: [Int32] = []
    var identityOfRow: [Int32] = []
    identityOfRow.reserveCapacity(rows.count)
    numbers.reserveCapacity(Self.usualCount)
    identities.reserveCapacity(Self.usualCount)
    var place = -1
    let rows = rows.span
    for row in rows.indices {
      place = Self.place(of: rows[row], after: place, in: numbers)
      if place == numbers.count || numbers[place] != rows[row] {
        numbers.insert(rows[row], at: place)
        identities.insert(Int32(identities.count), at: place)
      }
      identityOfRow.append(identities[place])
    }
    var placeOfIdentity = identities
    for (place, identity) in identities.enumerated() {
      placeOfIdentity[Int(identity)] = Int32(place)
    }
    placeOfRow = identityOfRow.map { placeOfIdentity[Int($0)] }
    services = Self.distinct(numbers) { traits.services[Int($0)] }
    let regions = Self.distinct(numbers) { traits.regions[Int($0)] }.filter { $0 >= 0 }
    serviceOfPlace = Self.indices(numbers, in: services) { traits.services[Int($0)] }
    regionOfPlace = Self.indices(numbers, in: regions) { traits.regions[Int($0)] }
    devTestPlaces = SmallNumbers(numbers.lazy.map { traits.isDevTest[Int($0)] })
    reservedPlaces = SmallNumbers(numbers.lazy.map { traits.isReserved[Int($0)] })
    self.numbers = numbers
  }

  /// Most subscriptions use no more meters.
  private static let usualCount = 16

  /// The different traits of meters, ascending.
  private static func distinct(_ meters: [Int32], _ trait: (Int32) -> Int32) -> [Int32] {
    var traits: [Int32] = []
    traits.reserveCapacity(meters.count)
    for meter in meters {
      let trait = trait(meter)
      let index = traits.partitionIndex { $0 >= trait }
      if index == traits.count || traits[index] != trait { traits.insert(trait, at: index) }
    }
    return traits
  }

  /// For each meter the index of its trait in `traits`; -1 where it is not there.
  private static func indices(
    _ meters: [Int32], in traits: [Int32], _ trait: (Int32) -> Int32
  ) -> [Int32] {
    meters.map { meter in
      let trait = trait(meter)
      let index = traits.partitionIndex { $0 >= trait }
      return index < traits.count && traits[index] == trait ? Int32(index) : -1
    }
  }

  /// Where a meter is, or would be.
  ///
  /// - Parameters:
  ///   - meter: as in `HistorySource.meters`.
  ///   - previous: the place of the line before, -1 without one: from one day to the next the same meters
  ///     follow each other.
  ///   - numbers: of the meters found.
  /// - Returns: an index into `numbers`.
  private static func place(of meter: Int32, after previous: Int, in numbers: [Int32]) -> Int {
    let next = previous + 1
    if next < numbers.count, numbers[next] == meter { return next }
    if let first = numbers.first, first == meter { return 0 }
    return numbers.partitionIndex { $0 >= meter }
  }
}
