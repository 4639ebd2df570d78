// The billed lines of one subscription, month, import and chunk, packed into one blob.
//
//   ┌───────┬──────────────────┬───────────┬─────────────┬─────────────┬─────────────┐
//   │ count │ day of month  ×n │ meter  ×n │ identity ×n │ quantity ×n │ cost     ×n │
//   │varint │ 1 byte each      │ varint    │ 8 bytes     │ 8 bytes     │ 8 bytes     │
//   └───────┴──────────────────┴───────────┴─────────────┴─────────────┴─────────────┘
//
// Unlike the lines of the usage analytics, several lines of a day and meter stand side by side, one
// for each resource, and all of them add up. What tells them apart is kept as a number made from the
// texts, so that a later file finds the very line it restates.

/// One billed line of a known subscription.
struct BilledLine: Hashable {
  /// Days since 1970-01-01.
  var day: Int32
  /// Row id in the table `meter`.
  var meter: Int64
  /// What tells the line from others of its day and meter; made from the resource, the kind of charge
  /// and what else the format has.
  var identity: UInt64
  /// In the meter's unit; finite, negative for what is taken back.
  var quantity: Double
  /// In the meter's currency; NaN when the line has none.
  var cost: Double

  /// By (day, meter, identity).
  static func isOrdered(_ left: Self, _ right: Self) -> Bool {
    (left.day, left.meter, left.identity) < (right.day, right.meter, right.identity)
  }

  /// Whether two lines are of the same day, meter and identity.
  func isSame(as other: Self) -> Bool {
    day == other.day && meter == other.meter && identity == other.identity
  }

  /// Whether two lines say the same.
  func saysSame(as other: Self) -> Bool {
    quantity == other.quantity && (cost == other.cost || cost.isNaN && other.cost.isNaN)
  }

  /// Adds what another line of the same identity says.
  mutating func add(_ other: Self) {
    quantity += other.quantity
    cost = cost.isNaN ? other.cost : other.cost.isNaN ? cost : cost + other.cost
  }
}

/// Writes and reads the blobs of billed lines.
enum PackedBilling {
  /// Packs lines of one month.
  ///
  /// - Parameters:
  ///   - lines: ordered; all of one month.
  ///   - dayBefore: the day before the first of the month.
  /// - Returns: the blob.
  static func pack(_ lines: ArraySlice<BilledLine>, dayBefore: Int32) -> [UInt8] {
    var blob: [UInt8] = []
    Varint.append(UInt64(lines.count), to: &blob)
    for line in lines { blob.append(UInt8(line.day - dayBefore)) }
    for line in lines { Varint.append(UInt64(line.meter), to: &blob) }
    for line in lines { append(word: line.identity, to: &blob) }
    for line in lines { append(word: line.quantity.bitPattern, to: &blob) }
    for line in lines { append(word: line.cost.bitPattern, to: &blob) }
    return blob
  }

  /// Unpacks a blob.
  ///
  /// - Parameters:
  ///   - blob: what `pack` wrote.
  ///   - dayBefore: the day before the first of the month.
  ///   - lines: added to.
  /// - Returns: false when the blob is damaged; then `lines` is as before.
  static func unpack(_ blob: Span<UInt8>, dayBefore: Int32, into lines: inout [BilledLine]) -> Bool
  {
    var position = 0
    guard let written = Varint.read(blob, &position), written <= UInt64(blob.count) else {
      return false
    }
    let count = Int(written)
    let first = lines.count
    let days = position
    position += count
    for index in 0..<count {
      guard position < blob.count, let meter = Varint.read(blob, &position), meter < 1 << 32 else {
        lines.removeSubrange(first...)
        return false
      }
      lines.append(
        BilledLine(
          day: dayBefore + Int32(blob[days + index]), meter: Int64(meter), identity: 0, quantity: 0,
          cost: 0))
    }
    guard blob.count - position == count * 24 else {
      lines.removeSubrange(first...)
      return false
    }
    for index in 0..<count {
      let place = position + index * 8
      lines[first + index].identity = word(blob, place)
      lines[first + index].quantity = Double(bitPattern: word(blob, place + count * 8))
      lines[first + index].cost = Double(bitPattern: word(blob, place + count * 16))
    }
    return true
  }

  private static func append(word: UInt64, to blob: inout [UInt8]) {
    for shift in stride(from: UInt64(0), to: 64, by: 8) {
      blob.append(UInt8(truncatingIfNeeded: word >> shift))
    }
  }

  private static func word(_ blob: Span<UInt8>, _ position: Int) -> UInt64 {
    // Written out, it is one load.
    let bytes = blob.extracting(position..<position + 8)
    return UInt64(bytes[0]) | UInt64(bytes[1]) << 8 | UInt64(bytes[2]) << 16
      | UInt64(bytes[3]) << 24 | UInt64(bytes[4]) << 32 | UInt64(bytes[5]) << 40
      | UInt64(bytes[6]) << 48 | UInt64(bytes[7]) << 56
  }
}
