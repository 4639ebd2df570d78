/// Draws the rows that each tree is grown on.
///
/// Every row, or every group with all of its rows, is drawn or not by a hash of seed and round, so that
/// no list of drawn rows has to be kept and no order matters. A bag that would be empty holds all rows.
struct Bagging: Sendable {
  private let share: Double
  private let rowCount: Int
  /// Per training row what is hashed; nil: its place.
  private let units: [Int32]?
  private let seed: UInt64

  init(settings: BoostingSettings, groups: [Int32]?, rows: [Int], seed: UInt64) {
    share = settings.rowShare
    rowCount = rows.count
    units = settings.bagsGroups ? groups.map { groups in rows.map { groups[$0] } } : nil
    self.seed = seed
  }

  /// Fills both partitions for one round.
  func draw(round: Int, bag: RowPartition, others: RowPartition) {
    guard share < 1 else {
      bag.reset(0..<rowCount) { _ in true }
      others.reset(0..<0) { _ in true }
      return
    }
    let limit = UInt64(share * 0x1p53)
    let salt = SplitMix64.mix(seed ^ SplitMix64.mix(UInt64(round) &+ 1))
    func isDrawn(_ row: Int) -> Bool {
      let unit = units.map { UInt64(UInt32(bitPattern: $0[row])) } ?? UInt64(row)
      return SplitMix64.mix(salt &+ unit &* 0x9E37_79B9_7F4A_7C15) >> 11 < limit
    }
    bag.reset(0..<rowCount, where: isDrawn)
    others.reset(0..<rowCount) { !isDrawn($0) }
    if bag.count == 0 {
      bag.reset(0..<rowCount) { _ in true }
      others.reset(0..<0) { _ in true }
    }
  }
}
