import History
import TestSupport
import Testing

@testable import Features

/// The small numbers of one subscription's meters against a set and its order.
struct SubscriptionMetersTests {
  private let traits = MeterTraits(
    (0..<200).map { number in
      var meter = Meter(
        meterCategory: number % 7 == 0 ? "Storage" : "Category \(number % 5)",
        meterSubcategory: number % 11 == 0 ? "Dev/Test" : "\(number % 3)", meterUnit: "1 Hour",
        resourceLocation: number % 4 == 0 ? "" : "region \(number % 6)")
      if number % 13 == 0 { meter.reservationId = "r" }
      return meter
    })

  @Test func `without lines there are no meters`() {
    let none = SubscriptionMeters([], traits)
    #expect(none.numbers.isEmpty && none.placeOfRow.isEmpty && none.services.isEmpty)
  }

  @Test func `numbers at the edges of words have their places`() {
    let meters = SubscriptionMeters([64, 0, 63, 128, 127, 0, 199], traits)
    #expect(meters.numbers == [0, 63, 64, 127, 128, 199])
    #expect(meters.placeOfRow == [2, 0, 1, 4, 3, 0, 5])
  }

  @Test(arguments: UInt64(1)...20)
  func `places, services, regions and traits are those of the meters`(seed: UInt64) {
    var random = HistoryRandom(seed: seed)
    let rows = (0..<random.number(1...120)).map { _ in
      Int32(random.number(0...(seed.isMultiple(of: 2) ? 199 : 20)))
    }
    let meters = SubscriptionMeters(rows, traits)
    #expect(meters.numbers == Set(rows).sorted())
    #expect(meters.placeOfRow.map { meters.numbers[Int($0)] } == rows)
    #expect(meters.services == Set(rows.map { traits.services[Int($0)] }).sorted())
    for (place, number) in meters.numbers.enumerated() {
      let meter = Int(number)
      #expect(meters.services[Int(meters.serviceOfPlace[place])] == traits.services[meter])
      #expect((meters.regionOfPlace[place] < 0) == (traits.regions[meter] < 0))
      #expect(meters.devTestPlaces.contains(place) == traits.isDevTest[meter])
      #expect(meters.reservedPlaces.contains(place) == traits.isReserved[meter])
    }
    for (index, service) in meters.services.enumerated() {
      #expect(meters.storageServices.contains(index) == traits.isStorage[Int(service)])
      #expect(meters.categories[index] == traits.categories[Int(service)])
    }
  }
}
