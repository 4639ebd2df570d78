/// A column of levels: a small number for each row, and once what these numbers stand for.
///
/// A table has millions of cells and few levels. Texts in every cell would take four times the room, and each
/// copy of one would count a reference.
package struct LevelColumn: Sendable {
  /// Of each row the index of its level; -1 = unknown.
  package private(set) var codes: [Int32] = []
  /// Each once, in the order in which the rows show them first.
  package private(set) var levels: [String] = []
  private var codeOfLevel: [String: Int32] = [:]

  package init() {}

  package var count: Int { codes.count }

  /// The level of a row, or nil when it is unknown.
  package subscript(row: Int) -> String? { codes[row] < 0 ? nil : levels[Int(codes[row])] }

  /// Adds a row.
  ///
  /// - Parameter code: what `code(of:)` returned.
  mutating func append(code: Int32) { codes.append(code) }

  /// Adds the rows of another column behind these.
  package mutating func append(_ other: Self) {
    let own = other.levels.map { code(of: $0) }
    codes.append(addingCapacity: other.codes.count) { codes in
      for code in other.codes { codes.append(code < 0 ? Self.unknown : own[Int(code)]) }
    }
  }

  package mutating func reserveCapacity(_ count: Int) { codes.reserveCapacity(count) }

  /// The code of a level, which is added when it is new; -1 for an unknown one.
  mutating func code(of level: String?) -> Int32 {
    guard let level else { return Self.unknown }
    if let code = codeOfLevel[level] { return code }
    let code = Int32(levels.count)
    codeOfLevel[level] = code
    levels.append(level)
    return code
  }

  private static let unknown: Int32 = -1

  /// Codes of the states that came last: the rows of a customer's few subscriptions take turns.
  struct RecentCodes {
    private static let count = 8
    private var states = InlineArray<8, ObjectIdentifier?>(repeating: nil)
    private var codes = InlineArray<8, Int32>(repeating: -1)
    /// Where the next one is looked for first, and where a new one goes.
    private var (next, oldest) = (0, 0)

    /// - Parameters:
    ///   - facts: of the state; those that were asked for are held by whoever asks.
    ///   - make: finds the code of one that is not among the last.
    /// - Returns: the code of its level.
    @inline(__always)
    mutating func code(of facts: StateFacts, _ make: (StateFacts) -> Int32) -> Int32 {
      let state = ObjectIdentifier(facts)
      for _ in 0..<Self.count {
        let index = next
        next = (next + 1) % Self.count
        if states.span[index] == state { return codes.span[index] }
      }
      let code = make(facts)
      (states[oldest], codes[oldest]) = (state, code)
      oldest = (oldest + 1) % Self.count
      next = oldest
      return code
    }
  }
}

extension LevelColumn: Equatable {
  /// Rows with the same levels have the same codes, whatever parts they were put together of.
  package static func == (left: Self, right: Self) -> Bool {
    left.codes == right.codes && left.levels == right.levels
  }
}
