// What the exports showed of each subscription, in little more than a byte for each sighting.
//
//   ┌──────┬───────────┬────────────┬─────┬──────┬───
//   │ head │ rank step │ state step │ lag │ head │ …
//   └──────┴───────────┴────────────┴─────┴──────┴───
//
//   head        bit 0: a rank step follows, else it is 1; bit 1: a state step follows, else it is 0;
//               bits 2-7: the lag, where it is no more than 61; 62: no lastUsageDate; 63: the lag follows
//   rank step   from the sighting before, or from -1; a varint
//   state step  from the sighting before, or from 0; a varint, its lowest bit the sign
//   lag         days from lastUsageDate to the observation day; a varint like a state step
//
// Mostly a subscription is in every export, in the same state, and was used a few days before.

/// Remembers sightings that are resolved: their ranks, states and days of last usage.
struct SightingLog: Sendable {
  private var bytes: [UInt8] = []
  /// By row id, where the sightings of a subscription begin; they end where the next ones begin.
  private var starts: [Int] = []

  private static let noLag: UInt8 = 62
  private static let longLag: UInt8 = 63

  /// Adds the sightings of a subscription whose row id is larger than all before.
  ///
  /// - Parameters:
  ///   - seen: by rank.
  ///   - subscription: its row id.
  ///   - places: of the imports, by rank.
  mutating func append(_ seen: [Sighting], of subscription: Int64, _ places: [ImportPlace]) {
    while starts.count <= subscription { starts.append(bytes.count) }
    var (rank, state) = (-1 as Int32, 0 as Int64)
    for sighting in seen {
      let lag = sighting.lastUsageDate.map {
        Int64(places[Int(sighting.rank)].observedOn.daysSinceEpoch) - Int64($0)
      }
      let isLong = lag.map { $0 < 0 || $0 >= Int64(Self.noLag) } ?? false
      let lagCode = isLong ? Self.longLag : lag.map { UInt8($0) } ?? Self.noLag
      let (rankStep, stateStep) = (sighting.rank - rank, sighting.state &- state)
      bytes.append(lagCode << 2 | (stateStep != 0 ? 2 : 0) | (rankStep != 1 ? 1 : 0))
      if rankStep != 1 { Varint.append(UInt64(rankStep), to: &bytes) }
      if stateStep != 0 { Varint.append(Self.unsigned(stateStep), to: &bytes) }
      if isLong, let lag { Varint.append(Self.unsigned(lag), to: &bytes) }
      (rank, state) = (sighting.rank, sighting.state)
    }
  }

  /// Whether there are sightings of a subscription.
  func has(_ subscription: Int64) -> Bool { !range(of: subscription).isEmpty }

  /// Reads the sightings of a subscription, each as if of one accepted row.
  ///
  /// - Parameters:
  ///   - subscription: its row id.
  ///   - places: as for `append`.
  ///   - seen: what is in it is replaced.
  func read(_ subscription: Int64, _ places: [ImportPlace], into seen: inout [Sighting]) {
    seen.removeAll(keepingCapacity: true)
    let range = range(of: subscription)
    let bytes = bytes.span.extracting(range)
    var position = 0
    var (rank, state) = (-1 as Int32, 0 as Int64)
    func number() -> UInt64 { Varint.read(bytes, &position) ?? 0 }
    while position < bytes.count {
      let head = bytes[position]
      position += 1
      rank += head & 1 == 0 ? 1 : Int32(number())
      if head & 2 != 0 { state &+= Self.signed(number()) }
      var lastUsageDate: Int32?
      if head >> 2 != Self.noLag {
        let lag = head >> 2 == Self.longLag ? Self.signed(number()) : Int64(head >> 2)
        lastUsageDate = Int32(Int64(places[Int(rank)].observedOn.daysSinceEpoch) - lag)
      }
      seen.append(Sighting(rank: rank, state: state, lastUsageDate: lastUsageDate))
    }
  }

  /// Adds the log to other bytes: of each subscription how many are its own, then these.
  func append(to other: inout [UInt8]) {
    Varint.append(UInt64(starts.count), to: &other)
    for (index, start) in starts.enumerated() {
      let end = index + 1 < starts.count ? starts[index + 1] : bytes.count
      Varint.append(UInt64(end - start), to: &other)
    }
    other += bytes
  }

  init() {}

  /// Reads what `append(to:)` wrote at `position`, up to the end of the bytes; nil when it is no log.
  init?(_ other: Span<UInt8>, _ position: inout Int) {
    guard let count = Varint.read(other, &position), count <= UInt64(other.count) else {
      return nil
    }
    starts.reserveCapacity(Int(count))
    var end = 0
    for _ in 0..<count {
      guard let length = Varint.read(other, &position), length <= UInt64(other.count) else {
        return nil
      }
      starts.append(end)
      end += Int(length)
    }
    guard position + end == other.count else { return nil }
    bytes.append(addingCapacity: end) { bytes in
      for index in position..<position + end { bytes.append(other[index]) }
    }
    position += end
  }

  private func range(of subscription: Int64) -> Range<Int> {
    guard subscription >= 0, subscription < starts.count else { return 0..<0 }
    let next = Int(subscription) + 1
    return starts[next - 1]..<(next < starts.count ? starts[next] : bytes.count)
  }

  private static func unsigned(_ value: Int64) -> UInt64 {
    UInt64(bitPattern: value << 1 ^ value >> 63)
  }

  private static func signed(_ value: UInt64) -> Int64 {
    Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
  }
}
