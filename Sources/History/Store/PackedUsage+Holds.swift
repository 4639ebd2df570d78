/// Whether packed usage lines stand what may happen to a file: bytes that no packing wrote are told as
/// damaged or unpacked as lines that pack and unpack to themselves.
///
/// - Parameter blob: any bytes.
/// - Returns: false only when the packing is at fault.
package func packedUsageHolds(_ blob: [UInt8]) -> Bool {
  var usage = UnpackedUsage()
  guard PackedUsage.unpack(blob.span, into: &usage) else {
    return usage.days.isEmpty && usage.quantities.isEmpty && usage.runs.isEmpty
  }
  let lines = usage.orderedLines
  let isSane = lines.allSatisfy {
    $0.quantity.isFinite && $0.quantity >= 0 && (0...Int32(PackedUsage.lastDay)).contains($0.day)
  }
  guard isSane else { return false }
  // What no import brings is not packed again: other meters, or a day of a meter twice.
  guard !lines.isEmpty, lines.allSatisfy({ (1..<UsageStaging.meterLimit).contains($0.meter) }),
    zip(lines, lines.dropFirst()).allSatisfy({ $0.day != $1.day || $0.meter != $1.meter })
  else {
    return true
  }
  var packed: [UInt8] = []
  var packer = UsagePacker()
  packer.pack(lines, appendingTo: &packed)
  var again = UnpackedUsage()
  return PackedUsage.unpack(packed.span, into: &again) && again.orderedLines == lines
}
