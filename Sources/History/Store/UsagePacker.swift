/// Writes blobs of packed usage lines; the layout is told in PackedUsage.swift.
///
/// Keeps the room it works in from one blob to the next.
struct UsagePacker {
  // The lines by meter, column by column.
  private var days: [Int32] = []
  private var quantities: [Double] = []
  private var scaled: [UInt64] = []
  // The meters in the order in which they are met, and for each how many lines it has, later where
  // its next line goes.
  private var meters: [Int64] = []
  private var places: [Int] = []
  /// Place of each meter among `meters`, -1 for none; by row id.
  private var meterPlaces: [Int32] = []

  /// Packs lines that are ordered by day.
  ///
  /// - Parameters:
  ///   - lines: At least one, all of one subscription and of twelve months; lines of one day and meter
  ///     stay in their order.
  ///   - blob: Added to, not cleared.
  mutating func pack(_ lines: [PackedLine], appendingTo blob: inout [UInt8]) {
    let runs = groupByMeter(lines)
    blob.append(PackedUsage.layout)
    blob.append(0)
    Varint.append(UInt64(runs.count), to: &blob)
    var meter: Int64 = 0
    for run in runs {
      Varint.append(UInt64(run.meter - meter), to: &blob)
      meter = run.meter
      append(run.lines, to: &blob)
    }
  }

  // MARK: - Runs

  /// Fills the columns, one run of lines for each meter.
  ///
  /// - Returns: the runs, by meter.
  private mutating func groupByMeter(_ lines: [PackedLine]) -> [PackedRun] {
    meters.removeAll(keepingCapacity: true)
    places.removeAll(keepingCapacity: true)
    for line in lines {
      let meter = Int(line.meter)
      if meter >= meterPlaces.count {
        meterPlaces += repeatElement(-1, count: meter + 1 - meterPlaces.count)
      }
      let place = Int(meterPlaces[meter])
      if place >= 0 {
        places[place] += 1
      } else {
        meterPlaces[meter] = Int32(meters.count)
        meters.append(line.meter)
        places.append(1)
      }
    }
    var runs: [PackedRun] = []
    runs.reserveCapacity(meters.count)
    var start = 0
    for meter in meters.sorted() {
      let place = Int(meterPlaces[Int(meter)])
      runs.append(PackedRun(meter: meter, lines: start..<start + places[place]))
      (start, places[place]) = (start + places[place], start)
    }
    if days.count < lines.count {
      let more = lines.count - days.count
      days += repeatElement(0, count: more)
      quantities += repeatElement(0, count: more)
      scaled += repeatElement(0, count: more)
    }
    for line in lines {
      let place = Int(meterPlaces[Int(line.meter)])
      let position = places[place]
      places[place] = position + 1
      days[position] = line.day
      quantities[position] = line.quantity
    }
    for meter in meters { meterPlaces[Int(meter)] = -1 }
    return runs
  }

  private mutating func append(_ run: Range<Int>, to blob: inout [UInt8]) {
    var (least, most) = (Int32.max, Int32(0))
    for index in run.dropFirst() {
      least = min(least, days[index] - days[index - 1])
      most = max(most, days[index] - days[index - 1])
    }
    let smallestGap = least >= 1 ? 1 : 0
    let decimals = scale(run)
    let range = decimals == PackedUsage.doubles ? (0, UInt64.max) : rangeOfScaled(run)
    let base = Self.base(range.0, range.1, count: run.count)
    let shape = PackedShape(
      quantityWidth: Self.width(range.1 - base), decimals: decimals,
      gapWidth: run.count == 1 ? 0 : Self.width(UInt64(most) - UInt64(smallestGap)),
      smallestGap: smallestGap)
    Varint.append(UInt64(run.count - 1), to: &blob)
    Varint.append(UInt64(days[run.lowerBound]), to: &blob)
    blob.append(UInt8(truncatingIfNeeded: shape.bits))
    blob.append(UInt8(truncatingIfNeeded: shape.bits >> 8))
    Varint.append(base, to: &blob)
    var bits = BitWriter()
    for index in run.dropFirst() {
      bits.append(
        UInt64(days[index] - days[index - 1]) - UInt64(smallestGap), width: shape.gapWidth,
        to: &blob)
    }
    if decimals == PackedUsage.doubles { bits.finish(&blob) }
    if shape.quantityWidth > 0 {
      for index in run {
        bits.append(scaled[index] - base, width: shape.quantityWidth, to: &blob)
      }
    }
    bits.finish(&blob)
  }

  // MARK: - Quantities

  /// Fills `scaled` with the quantities as integers, or with the bits of the doubles.
  ///
  /// - Returns: the fewest decimals with which each gives back the very same double, or
  ///   `PackedUsage.doubles`.
  private mutating func scale(_ run: Range<Int>) -> Int {
    var decimals = 0
    for index in run {
      while decimals <= PackedUsage.mostDecimals,
        Self.scaled(quantities[index], decimals) == nil
      {
        decimals += 1
      }
    }
    if decimals <= PackedUsage.mostDecimals, scale(run, by: decimals) { return decimals }
    for index in run { scaled[index] = quantities[index].bitPattern }
    return PackedUsage.doubles
  }

  private mutating func scale(_ run: Range<Int>, by decimals: Int) -> Bool {
    for index in run {
      guard let integer = Self.scaled(quantities[index], decimals) else { return false }
      scaled[index] = integer
    }
    return true
  }

  private static func scaled(_ quantity: Double, _ decimals: Int) -> UInt64? {
    let power = PackedUsage.powers[decimals]
    let product = quantity * power
    guard product < 0x1p53 else { return nil }
    let integer = Int64(product + 0.5)
    return integer < 1 << PackedUsage.largestWidth && Double(integer) / power == quantity
      ? UInt64(integer) : nil
  }

  private func rangeOfScaled(_ run: Range<Int>) -> (UInt64, UInt64) {
    var (least, most) = (UInt64.max, UInt64(0))
    for index in run {
      least = min(least, scaled[index])
      most = max(most, scaled[index])
    }
    return (least, most)
  }

  /// The smallest value where it saves more bits than it costs to write, else 0.
  private static func base(_ least: UInt64, _ most: UInt64, count: Int) -> UInt64 {
    let saved = count * (width(most) - width(most - least))
    return saved > (max(1, (width(least) + 6) / 7) - 1) * 8 ? least : 0
  }

  /// The bits that a value needs.
  private static func width(_ value: UInt64) -> Int { 64 - value.leadingZeroBitCount }
}

/// Puts values of a few bits one behind the other, the lowest bit of each byte first.
struct BitWriter {
  private var word: UInt64 = 0
  /// Bits of `word` that are taken, 0 … 63.
  private var taken = 0

  /// Appends the `width` lowest bits of a value that has no others.
  mutating func append(_ value: UInt64, width: Int, to bytes: inout [UInt8]) {
    word |= value << UInt64(taken)
    taken += width
    guard taken >= 64 else { return }
    Self.append(word, count: 8, to: &bytes)
    taken -= 64
    word = value >> UInt64(width - taken)
  }

  /// Fills the last byte up with zeros; the next value begins a new one.
  mutating func finish(_ bytes: inout [UInt8]) {
    Self.append(word, count: (taken + 7) / 8, to: &bytes)
    (word, taken) = (0, 0)
  }

  private static func append(_ word: UInt64, count: Int, to bytes: inout [UInt8]) {
    var rest = word
    for _ in 0..<count {
      bytes.append(UInt8(truncatingIfNeeded: rest))
      rest >>= 8
    }
  }
}
