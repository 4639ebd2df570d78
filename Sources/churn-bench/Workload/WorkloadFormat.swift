/// How a workload's lines are written.
enum WorkloadFormat: String, CaseIterable {
  case jsonLines = "jsonl"
  case csv

  /// For people.
  var title: String {
    switch self {
    case .jsonLines: "JSON Lines"
    case .csv: "CSV"
    }
  }
}

/// The properties of the resource in the order of its reference; the last one is a number.
let workloadColumns = [
  "customerTenantId", "customerName", "subscriptionId", "subscriptionName", "usageDate",
  "resourceLocation", "meterCategory", "meterSubcategory", "meterUnit", "reservationOrderId",
  "reservationId", "consumptionMeterId", "serviceType", "quantity",
]
