import History

/// Packed usage: a damaged blob is told, any other is unpacked and packed as the same lines.
struct PackedBlobs: FuzzTarget {
  let name = "packed-usage"
  let longestInput = 2_048

  func run(_ bytes: [UInt8]) {
    expect(packedUsageHolds(bytes), "other lines")
  }
}
