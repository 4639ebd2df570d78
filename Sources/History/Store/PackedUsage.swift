// The usage lines of one subscription, month and import, packed into one blob.
//
//   ┌───────┬──────────────────┬────────────────────┬──────────────────────────┐
//   │ count │ day of month  ×n │ meter           ×n │ quantity              ×n │
//   │varint │ 1 byte each      │ varint each        │ varint, or 1 + 8 bytes   │
//   └───────┴──────────────────┴────────────────────┴──────────────────────────┘
//
// Lines are ordered by (day, meter), each pair at most once. A varint holds 7 bits per byte, the
// lowest first; the top bit says that more follow. A quantity is the varint of
//
//   scaled · 8 + scale      value = scaled / powers[scale], scale 0 … 6
//   7                       the 8 bytes of the double follow, lowest first
//
// The scaled form is used only when dividing gives back the very same double, so packing loses
// nothing: every decimal with up to nine fraction digits below 2^53 is exact, because one correctly
// rounded division of two exact integers is what reading the decimal text does as well.

/// One usage line of a known subscription and month.
struct PackedLine: Hashable {
  /// 1 … 31.
  var dayOfMonth: UInt8
  /// Row id in the table `meter`.
  var meter: Int64
  /// Finite, ≥ 0.
  var quantity: Double
}

/// Writes and reads the blobs of packed usage lines.
enum PackedUsage {
  private static let powers: [Double] = [1, 10, 100, 1_000, 10_000, 1_000_000, 1_000_000_000]
  private static let rawTag: UInt64 = 7
  /// Integers up to here are exact as doubles and leave room for the three bits of the scale.
  private static let largestScaled = 0x1p53

  /// Packs lines that are ordered by (day, meter).
  ///
  /// - Parameters:
  ///   - lines: The lines, all of one subscription and month.
  ///   - blob: Added to, not cleared.
  static func pack(_ lines: ArraySlice<PackedLine>, appendingTo blob: inout [UInt8]) {
    append(UInt64(lines.count), to: &blob)
    for line in lines { blob.append(line.dayOfMonth) }
    for line in lines { append(UInt64(line.meter), to: &blob) }
    for line in lines { append(quantity: line.quantity, to: &blob) }
  }

  /// Unpacks a blob.
  ///
  /// - Parameters:
  ///   - blob: What `pack` wrote.
  ///   - lines: Added to, not cleared.
  /// - Returns: false when the blob is damaged; then `lines` is as before.
  static func unpack(_ blob: Span<UInt8>, into lines: inout [PackedLine]) -> Bool {
    var position = 0
    guard let count = varint(blob, &position), count <= UInt64(blob.count - position) else {
      return false
    }
    let first = lines.count
    let daysStart = position
    position += Int(count)
    lines.reserveCapacity(first + Int(count))
    for index in 0..<Int(count) {
      guard let meter = varint(blob, &position), meter <= UInt64(Int64.max) else {
        lines.removeSubrange(first...)
        return false
      }
      lines.append(
        PackedLine(dayOfMonth: blob[daysStart + index], meter: Int64(meter), quantity: 0))
    }
    for index in 0..<Int(count) {
      guard let quantity = quantity(blob, &position) else {
        lines.removeSubrange(first...)
        return false
      }
      lines[first + index].quantity = quantity
    }
    guard position == blob.count else {
      lines.removeSubrange(first...)
      return false
    }
    return true
  }

  private static func append(_ value: UInt64, to blob: inout [UInt8]) {
    var rest = value
    while rest >= 0x80 {
      blob.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    blob.append(UInt8(rest))
  }

  private static func append(quantity: Double, to blob: inout [UInt8]) {
    for scale in powers.indices {
      let scaled = (quantity * powers[scale]).rounded()
      guard scaled < largestScaled else { break }
      if scaled / powers[scale] == quantity {
        append(UInt64(scaled) << 3 | UInt64(scale), to: &blob)
        return
      }
    }
    append(rawTag, to: &blob)
    let bits = quantity.bitPattern
    for shift in stride(from: UInt64(0), to: 64, by: 8) {
      blob.append(UInt8(truncatingIfNeeded: bits >> shift))
    }
  }

  private static func varint(_ blob: Span<UInt8>, _ position: inout Int) -> UInt64? {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while position < blob.count, shift < 64 {
      let byte = blob[position]
      position += 1
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return value }
      shift += 7
    }
    return nil
  }

  private static func quantity(_ blob: Span<UInt8>, _ position: inout Int) -> Double? {
    guard let tagged = varint(blob, &position) else { return nil }
    let scale = tagged & 7
    if scale != rawTag { return Double(tagged >> 3) / powers[Int(scale)] }
    guard position + 8 <= blob.count else { return nil }
    var bits: UInt64 = 0
    for index in 0..<8 { bits |= UInt64(blob[position + index]) << UInt64(8 * index) }
    position += 8
    return Double(bitPattern: bits)
  }
}
