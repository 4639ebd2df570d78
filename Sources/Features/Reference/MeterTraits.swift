internal import History

/// What the meters of a history have in common, as small numbers.
///
/// A meter is as fine as the export makes it: one for each region and reservation of a service. Whether
/// two subscriptions use the same is a question of the service: category, subcategory and unit.
struct MeterTraits: Sendable {
  /// The number of each meter's service; services are numbered as they first come.
  private(set) var services: [Int32] = []
  /// The number of each service's category.
  private(set) var categories: [Int32] = []
  /// Of each service: whether it keeps data and does nothing else.
  private(set) var isStorage: [Bool] = []
  /// The number of each meter's region; -1 without one.
  private(set) var regions: [Int32] = []
  /// Of each meter: whether it is sold for development and tests.
  private(set) var isDevTest: [Bool] = []
  /// Of each meter: whether a reservation paid for it.
  private(set) var isReserved: [Bool] = []

  init(_ meters: [Meter] = []) {
    var services = Numbering<[String]>()
    var categories = Numbering<String>()
    var regions = Numbering<String>()
    for meter in meters {
      let category = meter.meterCategory.lowercased()
      let service = services.number(
        of: [category, meter.meterSubcategory.lowercased(), meter.meterUnit.lowercased()])
      if service == self.categories.count {
        self.categories.append(categories.number(of: category))
        isStorage.append(Self.storageWords.contains { category.contains($0) })
      }
      self.services.append(service)
      let region = meter.resourceLocation.lowercased()
      self.regions.append(region.isEmpty ? -1 : regions.number(of: region))
      let words = "\(meter.meterSubcategory) \(meter.serviceType)".lowercased()
      isDevTest.append(Self.devTestWords.contains { words.contains($0) })
      isReserved.append(!meter.reservationOrderId.isEmpty || !meter.reservationId.isEmpty)
    }
  }

  /// In categories that keep data, which costs go on for when nothing runs any more.
  private static let storageWords = ["storage", "backup", "snapshot"]
  /// In subcategories and service types.
  private static let devTestWords = ["dev/test", "devtest", "dev test", "dev-test"]
}

/// Numbers for values, in the order in which they first come.
private struct Numbering<Value: Hashable> {
  private var numbers: [Value: Int32] = [:]

  mutating func number(of value: Value) -> Int32 {
    if let known = numbers[value] { return known }
    numbers[value] = Int32(numbers.count)
    return Int32(numbers.count - 1)
  }
}
