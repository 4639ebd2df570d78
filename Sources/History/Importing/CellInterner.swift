internal import Files

// Numbers for tuples of texts, straight from the cells of a table.
//
//   texts    "Storage"          "1 GB/Month"            ""
//   words    7, "Storage\0"     10, "1 GB/Mon","th\0…"  0         lengths, then bytes padded with 0
//
// A tuple is a row of 64-bit words, so hashing and comparing it never looks at a single byte. The
// numbers are given out in the order in which the tuples come. Texts count as they are written: one that
// is written with escapes and without has two numbers. Hash: multiply and fold, two words at a
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
    if last >= 0, matches(last, cells, text) { return last }
    last = lookUp(cells, text)
    return last
  }

  /// Looks up the tuples of several rows, of which none is added.
  ///
  /// One row after the other would wait for memory at each step; step by step for all rows, most of the
  /// waiting is done at once.
  ///
  /// - Parameters:
  ///   - rows: at most `batchSize` of them.
  ///   - cells: `fieldCount` for each row of the table.
  ///   - fieldCount: cells of a row.
  ///   - first: the first cell of the tuple in its row.
  ///   - text: what the cells refer to, padded as for `number`.
  ///   - numbers: gets the number of each row, -1 for one that is not found at its first place.
  func find(
    _ rows: Range<Int>, _ cells: Span<CellTable.Cell>, fieldCount: Int, first: Int,
    in text: Span<UInt8>, _ numbers: inout InlineArray<64, Int>
  ) {
    precondition(rows.count <= Self.batchSize, "a batch has at most \(Self.batchSize) rows")
    var hashes = InlineArray<64, UInt64>(repeating: 0)
    var start = rows.lowerBound * fieldCount + first
    for index in 0..<rows.count {
      hashes[index] = Self.hash(cells.extracting(start..<start + width), text)
      start += fieldCount
    }
    let mask = slots.count - 1
    for index in 0..<rows.count {
      let found = slots[Int(truncatingIfNeeded: hashes[index]) & mask]
      numbers[index] = (found ^ hashes[index]) >> 32 == 0 ? Int(found & 0xFFFF_FFFF) - 1 : -1
    }
    start = rows.lowerBound * fieldCount + first
    for index in 0..<rows.count {
      let tuple = cells.extracting(start..<start + width)
      if numbers[index] >= 0, !matches(numbers[index], tuple, text) { numbers[index] = -1 }
      start += fieldCount
    }
  }

  /// The most rows that are looked up together.
  static let batchSize = 64

  /// The texts of a number that was given out; none of them has escapes.
  func texts(of number: Int) -> [[UInt8]] {
    var texts: [[UInt8]] = []
    var position = number == 0 ? 0 : ends[number - 1]
    for _ in 0..<width {
      precondition(words[position] & Self.escaped == 0, "an escaped text is read with all care")
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

  private mutating func lookUp(_ cells: Span<CellTable.Cell>, _ text: Span<UInt8>) -> Int {
    let hash = Self.hash(cells, text)
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot] != 0 {
      let found = slots[slot]
      if (found ^ hash) >> 32 == 0 {
        let entry = Int(found & 0xFFFF_FFFF) - 1
        if matches(entry, cells, text) { return entry }
      }
      slot = (slot + 1) & mask
    }
    slots[slot] = Self.slot(hash, ends.count)
    Self.forEachWord(of: cells, in: text) { words.append($0) }
    ends.append(words.count)
    hashes.append(hash)
    if ends.count * 2 > slots.count { grow() }
    return ends.count - 1
  }

  /// Whether a tuple is that of a number.
  private func matches(
    _ entry: Int, _ cells: Span<CellTable.Cell>, _ text: Span<UInt8>
  ) -> Bool {
    var position = entry == 0 ? 0 : ends[entry - 1]
    // SAFETY: an entry has a word for each length and the words of each text, and a text is compared only
    // when its length is that of the cell. Each text and the 8 bytes behind it, which its last word may
    // read, lie within `text` (checked for each).
    return unsafe words.withUnsafeBufferPointer { words in
      unsafe text.withUnsafeBytes { bytes in
        for index in cells.indices {
          let written = Self.length(cells[index])
          guard unsafe words[position] == written else { return false }
          let length = Int(written & ~Self.escaped)
          position += 1
          let offset = length == 0 ? 0 : Int(cells[index].offset)
          precondition(offset + length + 8 <= bytes.count, "a text without padding")
          var done = 0
          while done + 8 <= length {
            let word = unsafe bytes.loadUnaligned(fromByteOffset: offset + done, as: UInt64.self)
            guard unsafe UInt64(littleEndian: word) == words[position] else { return false }
            position += 1
            done += 8
          }
          if done < length {
            let word = unsafe bytes.loadUnaligned(fromByteOffset: offset + done, as: UInt64.self)
            let kept = UInt64(littleEndian: word) & (1 &<< UInt64((length - done) &* 8) &- 1)
            guard unsafe kept == words[position] else { return false }
            position += 1
          }
        }
        return true
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

  /// Set in the length of a text that is written with escapes.
  private static let escaped: UInt64 = 0x8000_0000

  // A call into another module for each cell would cost more than the rest of its work.
  private static func length(_ cell: CellTable.Cell) -> UInt64 {
    cell.length < 0xFFFF_FFFE ? UInt64(cell.length) : 0
  }

  private static func hash(_ cells: Span<CellTable.Cell>, _ text: Span<UInt8>) -> UInt64 {
    var hash: UInt64 = 0xA076_1D64_78BD_642F
    var first: UInt64 = 0
    var isSecond = false
    forEachWord(of: cells, in: text) { word in
      if isSecond { hash = fold(hash ^ first, word ^ 0xE703_7ED1_A0B4_28DB) }
      first = word
      isSecond.toggle()
    }
    return isSecond ? fold(hash ^ first, 0x8EBC_6AF0_9C88_C6E3) : hash
  }

  private static func fold(_ left: UInt64, _ right: UInt64) -> UInt64 {
    let product = left.multipliedFullWidth(by: right)
    return product.high ^ product.low
  }

  /// Calls `body` with the length of each text and its words.
  @inline(__always)
  private static func forEachWord(
    of cells: Span<CellTable.Cell>, in text: Span<UInt8>, _ body: (UInt64) -> Void
  ) {
    // SAFETY: each text and the 8 bytes behind it, which its last word may read, lie within `text`
    // (checked for each).
    unsafe text.withUnsafeBytes { bytes in
      for index in cells.indices {
        let written = length(cells[index])
        body(written)
        let length = Int(written & ~escaped)
        guard length > 0 else { continue }
        let offset = Int(cells[index].offset)
        precondition(offset + length + 8 <= bytes.count, "a text without padding")
        var done = 0
        while done < length {
          let word = unsafe bytes.loadUnaligned(fromByteOffset: offset + done, as: UInt64.self)
          let left = length - done
          body(
            left >= 8
              ? UInt64(littleEndian: word)
              : UInt64(littleEndian: word) & (1 &<< UInt64(left &* 8) &- 1))
          done += 8
        }
      }
    }
  }
}
