/// The meters of one subscription's lines and their services, under small numbers of its own.
///
/// A history has thousands of meters and a subscription uses a few: sums over its lines are kept in arrays
/// as long as these few. A meter's *place* is its index here.
final class SubscriptionMeters: Sendable {
  /// As in `HistorySource.meters`, ascending.
  let numbers: [Int32]
  /// The services of these meters, as in `MeterTraits.services`; ascending.
  let services: [Int32]
  /// For each meter the index of its service in `services`.
  let serviceOfPlace: [Int32]

  /// - Parameters:
  ///   - rows: the meter of each line.
  ///   - traits: of the history's meters.
  init(_ rows: [Int32], _ traits: MeterTraits) {
    var numbers: [Int32] = []
    var place = -1
    for meter in rows {
      place = Self.place(of: meter, after: place, in: numbers)
      if place == numbers.count || numbers[place] != meter { numbers.insert(meter, at: place) }
    }
    var services: [Int32] = []
    for meter in numbers {
      let service = traits.services[Int(meter)]
      let index = services.partitionIndex { $0 >= service }
      if index == services.count || services[index] != service {
        services.insert(service, at: index)
      }
    }
    serviceOfPlace = numbers.map { meter in
      let service = traits.services[Int(meter)]
      return Int32(services.partitionIndex { $0 >= service })
    }
    (self.numbers, self.services) = (numbers, services)
  }

  /// Where a meter is.
  ///
  /// - Parameters:
  ///   - meter: as in `HistorySource.meters`.
  ///   - previous: the place of the line before, -1 without one: from one day to the next the same meters
  ///     follow each other.
  /// - Returns: an index into `numbers`.
  func place(of meter: Int32, after previous: Int) -> Int {
    Self.place(of: meter, after: previous, in: numbers)
  }

  /// Where a meter is, or would be.
  private static func place(of meter: Int32, after previous: Int, in numbers: [Int32]) -> Int {
    let next = previous + 1
    if next < numbers.count, numbers[next] == meter { return next }
    if let first = numbers.first, first == meter { return 0 }
    return numbers.partitionIndex { $0 >= meter }
  }
}
