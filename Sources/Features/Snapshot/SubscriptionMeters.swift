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
    // A meter's place is how many smaller ones there are: its rank in a set of bits.
    var words = Array(repeating: UInt64(0), count: (traits.services.count + 63) / 64)
    var found = words.mutableSpan
    let rows = rows.span
    for row in rows.indices { found[Int(rows[row] >> 6)] |= 1 &<< UInt64(rows[row] & 63) }
    var numbers: [Int32] = []
    var ranks: [Int32] = []
    ranks.reserveCapacity(words.count)
    for (word, bits) in words.enumerated() {
      ranks.append(Int32(numbers.count))
      var left = bits
      while left != 0 {
        numbers.append(Int32(word * 64 + left.trailingZeroBitCount))
        left &= left - 1
      }
    }
    var placeOfRow = Array(repeating: Int32(0), count: rows.count)
    var places = placeOfRow.mutableSpan
    let (bits, before) = (words.span, ranks.span)
    for row in rows.indices {
      let word = Int(rows[row] >> 6)
      let smaller = bits[word] & (1 &<< UInt64(rows[row] & 63) &- 1)
      places[row] = before[word] + Int32(smaller.nonzeroBitCount)
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
