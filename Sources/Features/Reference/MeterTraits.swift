internal import History

/// What the meters of a history have in common, as small numbers.
///
/// A meter is as fine as the export makes it: one for each region and reservation of a service. Whether
/// two subscriptions use the same is a question of the service: category, subcategory and unit.
struct MeterTraits: Sendable {
  /// The number of each meter's service; services are numbered as they first come.
  private(set) var services: [Int32] = []
  private(set) var serviceCount = 0

  init(_ meters: [Meter] = []) {
    var numbers: [[String]: Int32] = [:]
    for meter in meters {
      let service = [meter.meterCategory, meter.meterSubcategory, meter.meterUnit]
      let number = numbers[service] ?? Int32(numbers.count)
      numbers[service] = number
      services.append(number)
    }
    serviceCount = numbers.count
  }
}
