/// Whether packed usage lines stand what may happen to a file: bytes that no packing wrote are told as
/// damaged or unpacked as lines that pack and unpack to themselves.
///
/// - Parameter blob: any bytes.
/// - Returns: false only when the packing is at fault.
package func packedUsageHolds(_ blob: [UInt8]) -> Bool {
  var lines: [PackedLine] = []
  guard PackedUsage.unpack(blob.span, into: &lines) else { return lines.isEmpty }
  let isSane = lines.allSatisfy { $0.quantity.isFinite && $0.quantity >= 0 }
  // Packing takes only what an import may bring.
  guard isSane else { return true }
  var packed: [UInt8] = []
  PackedUsage.pack(lines[...], appendingTo: &packed)
  var again: [PackedLine] = []
  return PackedUsage.unpack(packed.span, into: &again) && again == lines
}
