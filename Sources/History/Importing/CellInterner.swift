internal import Files

// Numbers for tuples of texts, straight from the cells of a table.
//
//   texts    "Storage"          "1 GB/Month"            ""
//   words    7, "Storage\0"     10, "1 GB/Mon","th\0…"  0         lengths, then bytes padded with 0
//
// A tuple is a row of 64-bit words, so hashing and comparing it never looks at a single byte. The
// numbers are given out in the order in which the tuples come. Hash: multiply and fold, two words at a
// time (Wang Yi, wyhash, 2019, https://github.com/wangyi-fudan/wyhash); equality is decided by the
// words, so hostile texts can make it slow but not wrong.

/// Gives every distinct tuple of texts a number, counting from 0.
struct CellInterner {
  /// How many texts a tuple has.
  let width: Int

  private var words: [UInt64] = []
  private var ends: [Int] = []
  private var hashes: [UInt64] = []
  /// The upper half of the hash, then the number plus 1; 0 for none.
  private var slots = [UInt64](repeating: 0, count: 64)
  private var scratch: [UInt64] = []
  /// The number given out last: rows often repeat what the row before them said.
  private var last = -1

  init(width: Int) { self.width = width }

  var count: Int { ends.count }

  /// Looks up a tuple.
  ///
  /// - Parameters:
  ///   - cells: `width` cells; those that are no text are empty ones.
  ///   - text: what they refer to, with `JSONLinesParser.padding` bytes behind the last of them.
  /// - Returns: its number; `count` before the call when it is new.
  mutating func number(of cells: Span<CellTable.Cell>, in text: Span<UInt8>) -> Int {
    precondition(cells.count == width, "a tuple of \(width) texts has \(cells.count)")
    var most = width
    for index in cells.indices { most += (Self.length(cells[index]) + 7) / 8 }
    if scratch.count < most {
      scratch.append(contentsOf: repeatElement(0, count: most * 2 - scratch.count))
    }
    let wordCount = Self.fill(&scratch, cells, text)
    if last >= 0, isEqual(last, wordCount) { return last }
    last = lookUp(wordCount)
    return last
  }

  /// The texts of a number that was given out.
  func texts(of number: Int) -> [[UInt8]] {
    var texts: [[UInt8]] = []
    var position = number == 0 ? 0 : ends[number - 1]
    for _ in 0..<width {
      let length = Int(words[position])
      position += 1
      var text: [UInt8] = []
      for index in 0..<length {
        text.append(UInt8(truncatingIfNeeded: words[position + index / 8] >> (index % 8 * 8)))
      }
      position += (length + 7) / 8
      texts.append(text)
    }
    return texts
  }

  private mutating func lookUp(_ wordCount: Int) -> Int {
    let hash = Self.hash(scratch, wordCount)
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot] != 0 {
      let found = slots[slot]
      if (found ^ hash) >> 32 == 0 {
        let entry = Int(found & 0xFFFF_FFFF) - 1
        if isEqual(entry, wordCount) { return entry }
      }
      slot = (slot + 1) & mask
    }
    slots[slot] = Self.slot(hash, ends.count)
    words.append(contentsOf: scratch[..<wordCount])
    ends.append(words.count)
    hashes.append(hash)
    if ends.count * 2 > slots.count { grow() }
    return ends.count - 1
  }

  private func isEqual(_ entry: Int, _ wordCount: Int) -> Bool {
    let start = entry == 0 ? 0 : ends[entry - 1]
    guard ends[entry] - start == wordCount else { return false }
    // SAFETY: entry's words end at `ends[entry]`, `wordCount` behind its start; `scratch` has at least
    // as many.
    return unsafe words.withUnsafeBufferPointer { words in
      unsafe scratch.withUnsafeBufferPointer { scratch in
        var index = 0
        while index < wordCount, unsafe words[start + index] == scratch[index] { index += 1 }
        return index == wordCount
      }
    }
  }

  private mutating func grow() {
    slots = [UInt64](repeating: 0, count: slots.count * 2)
    let mask = slots.count - 1
    for (entry, hash) in hashes.enumerated() {
      var slot = Int(truncatingIfNeeded: hash) & mask
      while slots[slot] != 0 { slot = (slot + 1) & mask }
      slots[slot] = Self.slot(hash, entry)
    }
  }

  private static func slot(_ hash: UInt64, _ entry: Int) -> UInt64 {
    hash & 0xFFFF_FFFF_0000_0000 | UInt64(entry + 1)
  }

  // A call into another module for each cell would cost more than the rest of its work.
  private static func length(_ cell: CellTable.Cell) -> Int {
    cell.length < 0xFFFF_FFFE ? Int(cell.length) : 0
  }

  /// Writes the words of a tuple.
  ///
  /// - Returns: how many.
  private static func fill(
    _ scratch: inout [UInt64], _ cells: Span<CellTable.Cell>, _ text: Span<UInt8>
  ) -> Int {
    // SAFETY: the caller made room for the words. Each text and the 8 bytes behind it, which its last
    // word may read, lie within `text` (checked for each).
    unsafe scratch.withUnsafeMutableBufferPointer { words in
      unsafe text.withUnsafeBytes { bytes in
        guard let words = words.baseAddress, let start = bytes.baseAddress else { return 0 }
        var next = unsafe words
        for index in cells.indices {
          let length = length(cells[index])
          let offset = length == 0 ? 0 : Int(cells[index].offset)
          precondition(offset + length + 8 <= bytes.count, "a text without padding")
          unsafe next.pointee = UInt64(length)
          unsafe next += 1
          var from = unsafe start + offset
          var left = length
          while left >= 8 {
            unsafe next.pointee = UInt64(littleEndian: from.loadUnaligned(as: UInt64.self))
            unsafe next += 1
            unsafe from += 8
            left -= 8
          }
          if left > 0 {
            let word = unsafe UInt64(littleEndian: from.loadUnaligned(as: UInt64.self))
            unsafe next.pointee = word & (1 &<< UInt64(left &* 8) &- 1)
            unsafe next += 1
          }
        }
        return unsafe next - words
      }
    }
  }

  private static func hash(_ words: [UInt64], _ count: Int) -> UInt64 {
    // SAFETY: `words` has at least `count` elements.
    unsafe words.withUnsafeBufferPointer { words in
      var hash = 0xA076_1D64_78BD_642F ^ UInt64(count)
      var index = 0
      while index + 2 <= count {
        hash = unsafe fold(hash ^ words[index], words[index + 1] ^ 0xE703_7ED1_A0B4_28DB)
        index += 2
      }
      return index < count ? unsafe fold(hash ^ words[index], 0x8EBC_6AF0_9C88_C6E3) : hash
    }
  }

  private static func fold(_ left: UInt64, _ right: UInt64) -> UInt64 {
    let product = left.multipliedFullWidth(by: right)
    return product.high ^ product.low
  }
}
