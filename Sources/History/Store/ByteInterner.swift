internal import Glibc

// Numbers for byte strings, without making a String of each.
//
//   slots  ┌───┬───┬───┬───┐     open addressing, linear probing, at most half full;
//          │ - │ 2 │ 0 │ 1 │     a slot holds the number of an entry or -1
//          └───┴─┬─┴───┴───┘
//   ends         └► entry 2 = bytes[ends[1] ..< ends[2]]
//
// Entries are numbered in the order in which they came. The hash multiplies 8 bytes at a time into
// 128 bits and folds them (Wang Yi, wyhash, 2019, https://github.com/wangyi-fudan/wyhash); equality
// is decided by the bytes, so hostile input can make it slow but not wrong.

/// Gives every distinct byte string a number, counting from 0.
struct ByteInterner {
  private var bytes: [UInt8] = []
  private var ends: [Int] = []
  private var hashes: [UInt64] = []
  private var slots = [Int32](repeating: -1, count: 64)

  var count: Int { ends.count }

  /// The number of a byte string; `count` before the call when it is new.
  mutating func number(of key: Span<UInt8>) -> Int {
    let hash = Self.hash(key)
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot] >= 0 {
      let entry = Int(slots[slot])
      if hashes[entry] == hash, isEqual(entry, key) { return entry }
      slot = (slot + 1) & mask
    }
    slots[slot] = Int32(ends.count)
    bytes.append(copying: key)
    ends.append(bytes.count)
    hashes.append(hash)
    if ends.count * 2 > slots.count { grow() }
    return ends.count - 1
  }

  private func isEqual(_ entry: Int, _ key: Span<UInt8>) -> Bool {
    let start = entry == 0 ? 0 : ends[entry - 1]
    guard ends[entry] - start == key.count else { return false }
    let known = bytes.span.extracting(start..<ends[entry])
    // SAFETY: both ranges have `key.count` bytes (checked above). An empty one may have no address.
    return unsafe known.withUnsafeBytes { known in
      unsafe key.withUnsafeBytes { key in
        guard let left = known.baseAddress, let right = key.baseAddress else { return true }
        return unsafe memcmp(left, right, key.count) == 0
      }
    }
  }

  private mutating func grow() {
    slots = [Int32](repeating: -1, count: slots.count * 2)
    let mask = slots.count - 1
    for (entry, hash) in hashes.enumerated() {
      var slot = Int(truncatingIfNeeded: hash) & mask
      while slots[slot] >= 0 { slot = (slot + 1) & mask }
      slots[slot] = Int32(entry)
    }
  }

  static func hash(_ key: Span<UInt8>) -> UInt64 {
    // SAFETY: each load of 8 bytes ends at or before `count`.
    unsafe key.withUnsafeBytes { key in
      let count = key.count
      var hash = 0xA076_1D64_78BD_642F ^ UInt64(count)
      var offset = 0
      while offset + 8 <= count {
        hash = unsafe fold(hash ^ key.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
        offset += 8
      }
      if offset < count, count >= 8 {
        // The last 8 bytes, some of them for the second time.
        hash = unsafe fold(hash ^ key.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self))
      } else if offset < count {
        var tail: UInt64 = 0
        while offset < count {
          tail = unsafe tail << 8 | UInt64(key[offset])
          offset += 1
        }
        hash = fold(hash ^ tail)
      }
      return hash
    }
  }

  private static func fold(_ value: UInt64) -> UInt64 {
    let product = value.multipliedFullWidth(by: 0xE703_7ED1_A0B4_28DB)
    return product.high ^ product.low
  }
}

extension [UInt8] {
  /// The bytes of a span.
  init(copying other: Span<UInt8>) {
    self = []
    append(copying: other)
  }

  /// Appends bytes in one piece.
  mutating func append(copying other: Span<UInt8>) {
    // SAFETY: the buffer covers the span, which outlives the call.
    unsafe other.withUnsafeBufferPointer { unsafe append(contentsOf: $0) }
  }
}

extension String {
  /// UTF-8 bytes as a String; invalid sequences become the replacement character.
  init(copying bytes: Span<UInt8>) {
    // SAFETY: the buffer covers the span, which outlives the call.
    self = unsafe bytes.withUnsafeBufferPointer { unsafe String(decoding: $0, as: UTF8.self) }
  }
}
