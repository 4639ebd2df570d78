/// One kind of meter, named as the usage resource names it.
///
/// Units hold commas ("10,000s") and quantities of different units differ by orders of magnitude.
struct MeterKind: Sendable {
  /// On which days the meter runs.
  enum Rhythm: Sendable, Hashable {
    /// Storage, addresses, backups: every day, and still there when everything else has stopped.
    case always
    /// Machines of a service that customers use: every day, less at weekends.
    case production
    /// Machines of people at work: weekdays, hardly ever at weekends.
    case office
    /// Machines of a few developers: some weekdays.
    case sporadic
    /// Closing runs and reports: a few fixed days a month.
    case monthly
  }

  var category: String
  var subcategory: String
  var unit: String
  var serviceType: String
  var rhythm: Rhythm
  /// Median quantity on a day on which it runs, in `unit`.
  var typicalQuantity: Double
  /// Written as `consumptionMeterId`; some meters have none and leave it empty.
  var hasMeterId: Bool

  /// Indices into this are `MeterUse.kind`.
  static let all: [MeterKind] = [
    MeterKind("Storage", "Standard Page Blob", "1 GB/Month", .always, 3.4),
    MeterKind("Storage", "Locally Redundant", "100 GB/Month", .always, 0.27, hasMeterId: false),
    MeterKind("Backup", "Protected Instances", "1/Month", .always, 0.13),
    MeterKind("Virtual Network", "IP Addresses", "10 Hours", .always, 2.4),
    MeterKind(
      "Virtual Machines", "Dv5 Series", "1 Hour", service: "Standard_D4s_v5", .production, 46),
    MeterKind("Azure App Service", "Premium v3 Plan", "10 Hours", .production, 7.2),
    MeterKind("SQL Database", "Single Standard", "1/Day", .production, 1.9),
    MeterKind("Bandwidth", "Internet Egress", "1 GB", .production, 12, hasMeterId: false),
    MeterKind("Data Management", "None", "10,000s", .production, 20, hasMeterId: false),
    MeterKind("Virtual Machines", "Bs Series", "1 Hour", service: "Standard_B2ms", .office, 19),
    MeterKind(
      "Azure Virtual Desktop", "Esv5 Series", "1 Hour", service: "Standard_E4s_v5", .office, 33),
    MeterKind("Log Analytics", "Data Ingestion", "1 GB", .office, 2.1),
    MeterKind(
      "Virtual Machines", "Fsv2 Series", "1 Hour", service: "Standard_F2s_v2", .sporadic, 8),
    MeterKind("Container Registry", "Basic", "10/Day", .sporadic, 0.1),
    MeterKind("Azure Data Factory", "Orchestration", "1,000 Runs", .monthly, 1.6),
    MeterKind("Azure Synapse", "Serverless SQL", "1,000,000 Rows", .monthly, 88),
  ]

  static func indices(of rhythm: Rhythm) -> [Int] {
    all.indices.filter { all[$0].rhythm == rhythm }
  }

  private init(
    _ category: String, _ subcategory: String, _ unit: String, service: String = "",
    _ rhythm: Rhythm, _ typicalQuantity: Double, hasMeterId: Bool = true
  ) {
    self.category = category
    self.subcategory = subcategory
    self.unit = unit
    serviceType = service
    self.rhythm = rhythm
    self.typicalQuantity = typicalQuantity
    self.hasMeterId = hasMeterId
  }
}

/// What a subscription is for; decides its meters, its name and a part of its risk.
enum Workload: CaseIterable, Sendable {
  case production, office, development, batch, archive, unused

  /// Relative frequency among subscriptions that are used at all.
  var weight: Double {
    switch self {
    case .production: 15
    case .office: 30
    case .development: 24
    case .batch: 16
    case .archive: 15
    case .unused: 0
    }
  }

  /// Added to the log of the weekly risk: experiments end, production stays.
  var logRisk: Double {
    switch self {
    case .production: -1.5
    case .office: -0.2
    case .development: 1.3
    case .batch: 0.3
    case .archive: -0.6
    case .unused: 1.4
    }
  }

  var friendlyNames: [String] {
    switch self {
    case .production: ["Production", "PROD-01", "Web shop", "ERP live"]
    case .office: ["Virtual desktops", "Head office", "File and print", "MICROSOFT AZURE"]
    case .development: ["Dev/Test", "Sandbox", "Proof of concept", "CI agents"]
    case .batch: ["Month-end reports", "Data warehouse", "Billing runs"]
    case .archive: ["Backup vault", "Archive", "Offsite copies"]
    case .unused: ["MICROSOFT AZURE", "Azure plan", "New subscription"]
    }
  }
}
