import Foundation

/// Small exports in Partner Center's shape, written by hand.
enum Exports {
  static func id(_ number: Int) -> String {
    let digits = String(number, radix: 16).uppercased()
    return "AAAAAAAA-0000-4000-8000-" + String(repeating: "0", count: 12 - digits.count) + digits
  }

  static func tenant(_ number: Int) -> String {
    id(number).replacingOccurrences(of: "AAAAAAAA", with: "BBBBBBBB")
  }

  /// One subscription row; `fields` replaces or adds members given as JSON text.
  static func subscription(_ number: Int, _ fields: [String: String] = [:]) -> String {
    var members: [String: String] = [
      "customerTenantId": "\"\(tenant(number))\"", "customerName": "\"Customer \(number)\"",
      "customerMarket": "\"US\"", "id": "\"\(id(number))\"", "status": "\"ACTIVE\"",
      "productName": "\"MICROSOFT AZURE\"", "subscriptionType": "\"Azure\"",
      "autoRenewEnabled": "true", "partnerId": "\"1000001\"", "friendlyName": "\"Sub \(number)\"",
      "creationDate": "\"2025-01-01T00:00:00\"", "effectiveStartDate": "\"2025-01-01T00:00:00\"",
      "deprovisionedDate": "null", "licenseCount": "0",
    ]
    for (name, value) in fields { members[name] = value }
    let body = members.sorted { $0.key < $1.key }.map { "\"\($0.key)\":\($0.value)" }
    return "{\(body.joined(separator: ","))}"
  }

  static func envelope(_ rows: [String]) -> String {
    "{\"Value\":[\(rows.joined(separator: ","))],\"@nextLink\":null,\"TotalCount\":\(rows.count)}"
  }

  /// One usage line.
  static func usage(_ number: Int, day: String, _ fields: [String: String] = [:]) -> String {
    var members: [String: String] = [
      "customerTenantId": "\"\(tenant(number))\"", "customerName": "\"Customer \(number)\"",
      "subscriptionId": "\"\(id(number))\"", "subscriptionName": "\"Sub \(number)\"",
      "usageDate": "\"\(day)T00:00:00\"", "resourceLocation": "\"westeurope\"",
      "meterCategory": "\"Storage\"", "meterSubcategory": "\"None\"", "meterUnit": "\"1 GB\"",
      "reservationOrderId": "\"\"", "reservationId": "\"\"", "consumptionMeterId": "\"\"",
      "serviceType": "\"\"", "quantity": "20",
    ]
    for (name, value) in fields { members[name] = value }
    let body = members.sorted { $0.key < $1.key }.map { "\"\($0.key)\":\($0.value)" }
    return "{\(body.joined(separator: ","))}"
  }
}
