/// The meters that the workload's lines name, by number.
///
/// 24 kinds, each in 28 locations and 3 generations. Number n is kind n mod 24, and the generations
/// come one after the other, so a `meterCount` of 24 has every kind once.
enum WorkloadMeters {
  /// The texts of one meter, in the words of the resource.
  struct Texts: Hashable {
    var resourceLocation: String
    var meterCategory: String
    var meterSubcategory: String
    var meterUnit: String
    var reservationOrderId: String
    var reservationId: String
    var consumptionMeterId: String
    var serviceType: String
  }

  private static let kinds: [(category: String, subcategory: String, unit: String, type: String)] =
    [
      ("Data Management", "None", "10,000s", ""),
      ("Virtual Machines", "Dv5 Series", "1 Hour", "Standard_D4s_v5"),
      ("Storage", "Page Blob", "1 GB/Month", ""),
      ("Bandwidth", "Egress", "1 GB", ""),
      ("Virtual Network", "IP Addresses", "10 Hours", ""),
      ("Backup", "Protected VM", "1/Month", ""),
      ("App Service", "P1 v3", "1 Hour", ""),
      ("SQL Database", "Standard", "1/Day", ""),
      ("Log Analytics", "Ingestion", "1 GB", ""),
      ("Key Vault", "Operations", "10,000s", ""),
      ("Load Balancer", "Rules", "1 Hour", ""),
      ("Storage", "Files, \"hot\"", "1 GB/Month", ""),
      ("Data Factory", "Runs", "1,000 Runs", ""),
      ("Virtual Machines", "Esv5 Series", "1 Hour", "Standard_E4s_v5"),
      ("Event Hubs", "Ingress", "1M", ""),
      ("Redis Cache", "C1", "1 Hour", ""),
      ("Cosmos DB", "RU/s", "100 RU/s", ""),
      ("Functions", "Executions", "10", ""),
      ("VPN Gateway", "VpnGw1", "1 Hour", ""),
      ("Azure DNS", "Queries", "1M", ""),
      ("Azure Monitor", "Alerts", "1/Month", ""),
      ("Cognitive Services", "S1", "1,000s", ""),
      ("Service Bus", "Messages", "1M", ""),
      ("API Management", "Basic", "1/Day", ""),
    ]

  private static let locations = [
    "westeurope", "useast", "uswest", "northeurope", "ukso", "frce", "decn", "chno", "seaas",
    "japaneast", "aueast", "brso", "cacn", "incn", "krce", "zano", "uaeno", "seno", "plce", "itno",
    "noea", "esce", "useast2", "uscn", "ussc", "uswest3", "jpwest", "ausoutheast",
  ]

  /// How many distinct meters there can be.
  static let limit = kinds.count * locations.count * 3

  /// The texts of meter `number`, 0 ..< `limit`.
  static func texts(_ number: Int) -> Texts {
    precondition((0..<limit).contains(number), "there is no meter \(number)")
    let kind = kinds[number % kinds.count]
    let place = number / kinds.count
    let generation = place / locations.count
    // One kind is bought as a reservation, another one names its consumption meter.
    let isReserved = number % kinds.count == 1
    func id(_ part: UInt64) -> String { guid(.meterTexts, UInt64(number) << 8 | part) }
    return Texts(
      resourceLocation: locations[(place + number) % locations.count], meterCategory: kind.category,
      meterSubcategory: kind.subcategory + (generation == 0 ? "" : " G\(generation + 1)"),
      meterUnit: kind.unit, reservationOrderId: isReserved ? id(1) : "",
      reservationId: isReserved ? id(2) : "",
      consumptionMeterId: number % kinds.count == 2 ? id(3) : "", serviceType: kind.type)
  }

  /// The 8 distinct meters of a subscription.
  static func meters(of subscription: Int, in workload: Workload) -> [Int] {
    precondition(
      (Workload.slots...limit).contains(workload.meterCount),
      "a workload has \(Workload.slots) to \(limit) meters")
    var meters: [Int] = []
    var draw: UInt64 = 0
    while meters.count < Workload.slots {
      let meter = below(workload.meterCount, randomBits(.meter, UInt64(subscription), draw))
      draw += 1
      if !meters.contains(meter) { meters.append(meter) }
    }
    return meters
  }
}
