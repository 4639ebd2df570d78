import Files
import History

/// The bytes of a workload's lines in one format.
///
/// A line is put together from three pieces, of which there are few, and a number:
///
///     {"customerTenantId":"…",…,"usageDate":"│2025-03-10T00:00:00│","resourceLocation":"…",…,"quantity":│12.5}
///      one for each subscription              one for each day    one for each meter
struct WorkloadRows {
  /// The line of column names; empty for JSON Lines.
  let header: [UInt8]
  private let workload: Workload
  private let ofSubscription: [[UInt8]]
  private let ofDay: [[UInt8]]
  private let ofMeter: [[UInt8]]
  private let ending: [UInt8]
  /// Eight meters of each subscription.
  private let meters: [Int32]

  init(_ workload: Workload, format: WorkloadFormat) {
    self.workload = workload
    header = format == .csv ? Array((workloadColumns.joined(separator: ",") + "\n").utf8) : []
    ending = Array((format == .csv ? "\n" : "}\n").utf8)
    ofSubscription = (0..<workload.subscriptions).map { number in
      let names = WorkloadNames(subscription: number, in: workload)
      let texts = [
        names.customerTenantId, names.customerName, names.subscriptionId, names.subscriptionName,
      ]
      return Self.opening(texts, format)
    }
    ofDay = (0..<workload.dayCount).map { day in
      Array("\(workload.firstDay + day)T00:00:00".utf8)
    }
    ofMeter = (0..<workload.meterCount).map { Self.closing(WorkloadMeters.texts($0), format) }
    meters = (0..<workload.subscriptions).flatMap {
      WorkloadMeters.meters(of: $0, in: workload).map { Int32($0) }
    }
  }

  /// Appends a line, its line feed included.
  func append(subscription: Int, day: Int, slot: Int, to bytes: inout [UInt8]) {
    let meter = Int(meters[subscription * Workload.slots + slot])
    bytes.append(contentsOf: ofSubscription[subscription])
    bytes.append(contentsOf: ofDay[day])
    bytes.append(contentsOf: ofMeter[meter])
    Self.append(
      tenThousandths: workload.quantity(
        subscription: subscription, meter: meter, day: workload.firstDay + day), to: &bytes)
    bytes.append(contentsOf: ending)
  }

  private static func opening(_ texts: [String], _ format: WorkloadFormat) -> [UInt8] {
    switch format {
    case .csv:
      return Array((texts.map { DelimitedWriter.field($0) }.joined(separator: ",") + ",").utf8)
    case .jsonLines:
      return Array("{\(members(workloadColumns[..<4], texts)),\"usageDate\":\"".utf8)
    }
  }

  private static func closing(_ meter: WorkloadMeters.Texts, _ format: WorkloadFormat) -> [UInt8] {
    let texts = [
      meter.resourceLocation, meter.meterCategory, meter.meterSubcategory, meter.meterUnit,
      meter.reservationOrderId, meter.reservationId, meter.consumptionMeterId, meter.serviceType,
    ]
    switch format {
    case .csv:
      return Array(
        ("," + texts.map { DelimitedWriter.field($0) }.joined(separator: ",") + ",").utf8)
    case .jsonLines:
      return Array("\",\(members(workloadColumns[5..<13], texts)),\"quantity\":".utf8)
    }
  }

  private static func members(_ names: ArraySlice<String>, _ texts: [String]) -> String {
    zip(names, texts).map { name, text in
      "\"\(name)\":\(JSONValue.string(text).serialized(pretty: false))"
    }.joined(separator: ",")
  }

  /// Writes 125,000 as `12.5`.
  static func append(tenThousandths quantity: Int, to bytes: inout [UInt8]) {
    append(integer: quantity / 10_000, to: &bytes)
    var fraction = quantity % 10_000
    guard fraction > 0 else { return }
    bytes.append(UInt8(ascii: "."))
    var unit = 1_000
    while fraction > 0 {
      bytes.append(UInt8(ascii: "0") + UInt8(fraction / unit))
      fraction %= unit
      unit /= 10
    }
  }

  private static func append(integer: Int, to bytes: inout [UInt8]) {
    if integer >= 10 { append(integer: integer / 10, to: &bytes) }
    bytes.append(UInt8(ascii: "0") + UInt8(integer % 10))
  }
}
