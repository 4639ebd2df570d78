/// The meters of one subscription's lines and their services, under small numbers of its own.
///
/// A history has thousands of meters and a subscription uses a few: sums over its lines are kept in arrays
/// as long as these few. A meter's *place* is its index here.
final class SubscriptionMeters: Sendable {
  /// As in `HistorySource.meters`, ascending.
  let numbers: [Int32]
  /// The services of these meters, as in `MeterTraits.services`; ascending.
  let services: [Int32]
  /// The category of each of the services, as in `MeterTraits.categories`.
  let categories: [Int32]
  /// The indices of the services that keep data and do nothing else.
  let storageServices: SmallNumbers
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
    var placeOfRow = Array(repeating: Int32(0), count: rows.count)
    var identityOfRow = placeOfRow.mutableSpan
    numbers.reserveCapacity(Self.usualCount)
    identities.reserveCapacity(Self.usualCount)
    var place = 0
    let rows = rows.span
    for row in rows.indices {
      // The meters of a day ascend: the next one is seldom far away.
      let start = row > 0 && rows[row] >= rows[row - 1] ? place : 0
      place = start
      while place < numbers.count, numbers[place] < rows[row] {
        place += 1
        if place - start == Self.nearby {
          place += numbers[place...].partitionIndex { $0 >= rows[row] } - place
        }
      }
      if place == numbers.count || numbers[place] != rows[row] {
        numbers.insert(rows[row], at: place)
        identities.insert(Int32(identities.count), at: place)
      }
      identityOfRow[row] = identities[place]
    }
    var placeOfIdentity = identities
    for (place, identity) in identities.enumerated() {
      placeOfIdentity[Int(identity)] = Int32(place)
    }
    for row in identityOfRow.indices {
      identityOfRow[row] = placeOfIdentity[Int(identityOfRow[row])]
    }
    self.placeOfRow = placeOfRow
    services = Self.distinct(numbers) { traits.services[Int($0)] }
    categories = services.map { traits.categories[Int($0)] }
    storageServices = SmallNumbers(services.lazy.map { traits.isStorage[Int($0)] })
    let regions = Self.distinct(numbers) { traits.regions[Int($0)] }.filter { $0 >= 0 }
    serviceOfPlace = Self.indices(numbers, in: services) { traits.services[Int($0)] }
    regionOfPlace = Self.indices(numbers, in: regions) { traits.regions[Int($0)] }
    devTestPlaces = SmallNumbers(numbers.lazy.map { traits.isDevTest[Int($0)] })
    reservedPlaces = SmallNumbers(numbers.lazy.map { traits.isReserved[Int($0)] })
    self.numbers = numbers
  }

  /// A meter that is not among so many next ones is searched for.
  private static let nearby = 8

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
}
