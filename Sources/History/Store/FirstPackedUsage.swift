// Blobs as the first version of the program wrote them: the lines of one month, line by line.
//
//   ┌───────┬──────────────────┬────────────────────┬──────────────────────────┐
//   │ count │ day of month  ×n │ meter           ×n │ quantity              ×n │
//   │varint │ 1 byte each      │ varint each        │ varint, or 1 + 8 bytes   │
//   └───────┴──────────────────┴────────────────────┴──────────────────────────┘
//
// Lines are ordered by (day, meter). A quantity is the varint of
//
//   scaled · 8 + scale      value = scaled / powers[scale], scale 0 … 6
//   7                       the 8 bytes of the double follow, lowest first

/// Reads the blobs of stores of version 1; none is written any more.
enum FirstPackedUsage {
  private static let powers: [Double] = [1, 10, 100, 1_000, 10_000, 1_000_000, 1_000_000_000]
  private static let rawTag: UInt64 = 7

  /// Unpacks a blob.
  ///
  /// - Parameters:
  ///   - blob: One of the first layout.
  ///   - usage: Added to, not cleared.
  /// - Returns: false when the blob is damaged; then anything may have been added.
  static func unpack(_ blob: Span<UInt8>, into usage: inout UnpackedUsage) -> Bool {
    var position = 0
    guard let count = Varint.read(blob, &position), count <= UInt64(blob.count - position) else {
      return false
    }
    let days = position
    position += Int(count)
    var meters: [Int64] = []
    meters.reserveCapacity(Int(count))
    for _ in 0..<Int(count) {
      guard let meter = Varint.read(blob, &position), meter <= UInt64(Int64.max) else {
        return false
      }
      meters.append(Int64(meter))
    }
    for index in 0..<Int(count) {
      let day = blob[days + index]
      guard day >= 1, day <= 31, let quantity = quantity(blob, &position) else { return false }
      usage.append(day: Int32(day) - 1, meter: meters[index], quantity: quantity)
    }
    return position == blob.count
  }

  private static func quantity(_ blob: Span<UInt8>, _ position: inout Int) -> Double? {
    guard let tagged = Varint.read(blob, &position) else { return nil }
    let scale = tagged & 7
    if scale != rawTag { return Double(tagged >> 3) / powers[Int(scale)] }
    guard position + 8 <= blob.count else { return nil }
    var bits: UInt64 = 0
    for index in 0..<8 { bits |= UInt64(blob[position + index]) << UInt64(8 * index) }
    position += 8
    let value = Double(bitPattern: bits)
    return value.isFinite && value >= 0 ? value : nil
  }
}
