// The usage lines of one subscription and import, packed into one blob.
//
// A blob holds lines of at most twelve months, the first of which is told beside it. Lines are put
// together in runs, one for each meter: what a meter counts has the same number of decimals and about
// the same size from day to day, and its days mostly follow each other, so few bits tell them apart.
//
//   ┌───┬───────┬───────┬───────────────────────────────────────────────────┬─── … ─┬─ … ─┐
//   │ 0 │ flags │ runs  │ run: meter  count - 1  first day  shape  base     │  run  │ for │
//   │   │       │       │      varint varint     varint     2 bytes varint  │       │flags│
//   │   │       │varint │      gaps × (count - 1), quantities × count       │       │     │
//   └───┴───────┴───────┴───────────────────────────────────────────────────┴─── … ─┴─ … ─┘
//
//   meter       row id less that of the run before; runs ascend by meter
//   first day   of the run, counted from the first day of the blob's month
//   shape       bits 0-6 quantity width, 7-10 decimals, 11-14 gap width, 15 smallest gap
//   base        what is added to every quantity
//   gaps        days between two lines less the smallest gap (0 or 1), each of `gap width` bits
//   quantities  scaled less the base, each of `quantity width` bits; value = scaled / 10^decimals
//
// Gaps and quantities are one stream of bits, the lowest of each byte first, filled up with zeros at
// the end of a run. A varint holds 7 bits per byte, the lowest first; the top bit says that more
// follow. Decimals of 15 mean that the quantities are doubles of 8 bytes, lowest byte first, from the
// next whole byte on. A daily meter that always counts 24 needs no bits at all beyond its header.
//
// The scaled form is used only when dividing gives back the very same double, so packing loses
// nothing: a decimal with up to twelve fraction digits below 2^53 is exact, because one correctly
// rounded division of two exact integers is what reading the decimal text does as well.
//
// The flags name sections behind the runs, each with one entry for every line in the order of the
// runs. There are none yet, and a blob with a flag that is not known is damaged.
//
// The first byte tells the layout: blobs of the first version begin with a count of at least 1
// (`FirstPackedUsage`).

/// One usage line of a known subscription and month.
struct PackedLine: Hashable {
  /// Days since the first day of the blob's month, 0 … `PackedUsage.lastDay`.
  var day: Int32
  /// Row id in the table `meter`, ≥ 1.
  var meter: Int64
  /// Finite, ≥ 0.
  var quantity: Double
}

/// Lines of one meter in one blob, of ascending days.
struct PackedRun: Hashable {
  /// Row id in the table `meter`.
  var meter: Int64
  /// Where its lines are among the columns.
  var lines: Range<Int>
}

/// What blobs say, column by column.
struct UnpackedUsage {
  /// Of each blob by meter.
  var runs: [PackedRun] = []
  /// Of each line: days since the first day of its blob's month.
  var days: [Int32] = []
  var quantities: [Double] = []
  /// The blob being read, with room behind it to load whole words.
  fileprivate var bytes: [UInt8] = []

  /// Line by line, by (day, meter); lines of one day and meter in their order.
  var orderedLines: [PackedLine] {
    var places: [(place: Int, line: PackedLine)] = []
    for run in runs {
      for index in run.lines {
        places.append(
          (index, PackedLine(day: days[index], meter: run.meter, quantity: quantities[index])))
      }
    }
    places.sort { ($0.line.day, $0.line.meter, $0.place) < ($1.line.day, $1.line.meter, $1.place) }
    return places.map(\.line)
  }

  mutating func removeAll() {
    runs.removeAll(keepingCapacity: true)
    days.removeAll(keepingCapacity: true)
    quantities.removeAll(keepingCapacity: true)
  }

  /// Adds a line of the meter of the last run, or a run for it.
  mutating func append(day: Int32, meter: Int64, quantity: Double) {
    let position = days.count
    days.append(day)
    quantities.append(quantity)
    if let last = runs.last, last.meter == meter, last.lines.upperBound == position {
      runs[runs.count - 1].lines = last.lines.lowerBound..<position + 1
    } else {
      runs.append(PackedRun(meter: meter, lines: position..<position + 1))
    }
  }

  fileprivate mutating func removeAll(behindRun runCount: Int, line lineCount: Int) {
    runs.removeSubrange(runCount...)
    days.removeSubrange(lineCount...)
    quantities.removeSubrange(lineCount...)
  }
}

/// How the lines of a run are written.
struct PackedShape: Hashable {
  /// 0 … 53; 64 for doubles.
  var quantityWidth: Int
  /// 0 … `PackedUsage.mostDecimals`, or `PackedUsage.doubles`.
  var decimals: Int
  /// 0 … 15.
  var gapWidth: Int
  /// 0 or 1.
  var smallestGap: Int

  init(quantityWidth: Int, decimals: Int, gapWidth: Int, smallestGap: Int) {
    self.quantityWidth = quantityWidth
    self.decimals = decimals
    self.gapWidth = gapWidth
    self.smallestGap = smallestGap
  }

  /// The two bytes, lowest first; nil when no run is written like this.
  init?(bits: Int) {
    quantityWidth = bits & 0x7F
    decimals = bits >> 7 & 0xF
    gapWidth = bits >> 11 & 0xF
    smallestGap = bits >> 15 & 1
    let isPossible =
      decimals == PackedUsage.doubles
      ? quantityWidth == 64
      : decimals <= PackedUsage.mostDecimals && quantityWidth <= PackedUsage.largestWidth
    guard isPossible else { return nil }
  }

  var bits: Int { quantityWidth | decimals << 7 | gapWidth << 11 | smallestGap << 15 }
}

/// Reads the blobs of packed usage lines; `UsagePacker` writes them.
enum PackedUsage {
  /// What the first byte of a blob is, unless it is of the first version.
  static let layout: UInt8 = 0
  /// Sections that are known; none so far.
  static let knownFlags: UInt8 = 0
  /// The most months of one blob.
  static let months: Int32 = 12
  /// The last day of twelve months, counted from the first.
  static let lastDay = 365
  static let powers: [Double] = [1, 10, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12]
  static let mostDecimals = 12
  static let doubles = 15
  /// Integers of so many bits are exact as doubles.
  static let largestWidth = 53

  /// Unpacks a blob of either layout.
  ///
  /// - Parameters:
  ///   - blob: What `UsagePacker` wrote, or the first version of the program.
  ///   - usage: Added to, not cleared.
  /// - Returns: false when the blob is damaged; then `usage` is as before.
  static func unpack(_ blob: Span<UInt8>, into usage: inout UnpackedUsage) -> Bool {
    guard blob.count > 0 else { return false }
    let before = (run: usage.runs.count, line: usage.days.count)
    let isWhole =
      blob[0] == layout
      ? unpackRuns(blob, into: &usage) : FirstPackedUsage.unpack(blob, into: &usage)
    if !isWhole { usage.removeAll(behindRun: before.run, line: before.line) }
    return isWhole
  }

  private static func unpackRuns(_ blob: Span<UInt8>, into usage: inout UnpackedUsage) -> Bool {
    // Every load of a word stays within the copy.
    var bytes: [UInt8] = []
    swap(&bytes, &usage.bytes)
    defer { swap(&bytes, &usage.bytes) }
    bytes.removeAll(keepingCapacity: true)
    bytes.append(copying: blob)
    bytes.append(contentsOf: repeatElement(0, count: 8))
    // SAFETY: bytes are initialised, each of its own.
    let text = unsafe bytes.span.bytes
    let end = blob.count
    var position = 2
    guard end >= 3, blob[1] & ~knownFlags == 0,
      let runCount = varint(text, &position, end), runCount <= end
    else { return false }
    var meter = 0
    for _ in 0..<runCount {
      guard let step = varint(text, &position, end), step > 0, step <= Int(Int64.max) - meter
      else { return false }
      meter += step
      guard unpackRun(of: Int64(meter), text, &position, end, into: &usage) else { return false }
    }
    return position == end
  }

  private static func unpackRun(
    of meter: Int64, _ text: RawSpan, _ position: inout Int, _ end: Int,
    into usage: inout UnpackedUsage
  ) -> Bool {
    guard let last = varint(text, &position, end), let firstDay = varint(text, &position, end),
      firstDay <= lastDay, position + 2 <= end,
      let shape = PackedShape(
        bits: Int(UInt16(truncatingIfNeeded: word(text, at: position))))
    else { return false }
    position += 2
    // Only a section could tell lines of one day apart, and that has bytes for each.
    guard let base = varint(text, &position, end),
      last < (shape.smallestGap == 1 ? lastDay + 1 : end), base < 1 << largestWidth
    else { return false }
    let count = last + 1
    let isDoubles = shape.decimals == doubles
    let gapBits = last * shape.gapWidth
    let gaps = position * 8
    let quantities = isDoubles ? (gaps + gapBits + 7) / 8 * 8 : gaps + gapBits
    let length = quantities + count * shape.quantityWidth
    guard length <= end * 8 else { return false }
    position = (length + 7) / 8
    let start = usage.days.count
    guard appendDays(count, from: firstDay, shape, text, at: gaps, to: &usage.days) else {
      return false
    }
    if isDoubles {
      for index in 0..<count {
        let value = Double(bitPattern: word(text, at: quantities / 8 + 8 * index))
        guard value.isFinite, value >= 0 else { return false }
        usage.quantities.append(value)
      }
    } else {
      appendQuantities(count, base, shape, text, at: quantities, to: &usage.quantities)
    }
    usage.runs.append(PackedRun(meter: meter, lines: start..<start + count))
    return true
  }

  /// Appends the days of a run; false when they go beyond the last.
  private static func appendDays(
    _ count: Int, from firstDay: Int, _ shape: PackedShape, _ text: RawSpan, at bit: Int,
    to days: inout [Int32]
  ) -> Bool {
    var day = firstDay
    let (width, gap) = (shape.gapWidth, shape.smallestGap)
    let mask = (1 as UInt64) << UInt64(width) &- 1
    days.append(addingCapacity: count) { days in
      days.append(Int32(truncatingIfNeeded: day))
      var bit = bit
      for _ in 1..<count {
        day &+= Int(truncatingIfNeeded: value(text, at: bit, mask)) &+ gap
        days.append(Int32(truncatingIfNeeded: day))
        bit &+= width
      }
    }
    return day <= lastDay
  }

  private static func appendQuantities(
    _ count: Int, _ base: Int, _ shape: PackedShape, _ text: RawSpan, at bit: Int,
    to quantities: inout [Double]
  ) {
    let width = shape.quantityWidth
    let mask = (1 as UInt64) << UInt64(width) &- 1
    let power = powers[shape.decimals]
    quantities.append(addingCapacity: count) { quantities in
      var bit = bit
      for _ in 0..<count {
        let scaled = Int64(truncatingIfNeeded: value(text, at: bit, mask)) &+ Int64(base)
        quantities.append(Double(scaled) / power)
        bit &+= width
      }
    }
  }

  /// At most 57 bits from some bit on, which is not behind the end.
  @inline(__always)
  private static func value(_ text: RawSpan, at bit: Int, _ mask: UInt64) -> UInt64 {
    // SAFETY: 8 bytes follow the end of the blob, behind which no value of a run begins.
    let word = unsafe text.unsafeLoadUnaligned(
      fromUncheckedByteOffset: bit &>> 3, as: UInt64.self)
    return UInt64(littleEndian: word) &>> UInt64(truncatingIfNeeded: bit & 7) & mask
  }

  /// 8 bytes, lowest first.
  @inline(__always)
  private static func word(_ text: RawSpan, at position: Int) -> UInt64 {
    // SAFETY: every pattern of bits is an integer; the position is checked by the call.
    unsafe UInt64(littleEndian: text.unsafeLoadUnaligned(fromByteOffset: position, as: UInt64.self))
  }

  private static func varint(_ text: RawSpan, _ position: inout Int, _ end: Int) -> Int? {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while position < end, shift < 63 {
      // SAFETY: as for words.
      let byte = unsafe text.unsafeLoad(fromByteOffset: position, as: UInt8.self)
      position += 1
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return Int(value) }
      shift += 7
    }
    return nil
  }
}
