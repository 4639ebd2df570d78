internal import Files

// Usage rows as numbers.
//
//   subscriptionId + customerTenantId ──► number of the pair     ┐ given out by this coder, in the
//   the eight texts of the meter      ──► number of the meter    ┘ order in which it meets them
//   usageDate                         ──► day
//   quantity                          ──► quantity
//
// The store's row ids of those numbers are looked up once each, when the rows are taken.

/// Rows of usage, coded by one coder.
struct CodedUsage: CodedRows {
  struct Row: Sendable {
    var subscription: Int32
    var meter: Int32
    var day: Int32
    /// Number of the partner tenant that the row names, -1 for none.
    var partnerTenant: Int32
    /// Finite, ≥ 0, never minus zero.
    var quantity: Double
  }

  /// One for each row of the table; refused ones are not to be used.
  var rows: [Row] = []
  var refused: [Int] = []
}

/// Codes rows of usage; belongs to one thread at a time.
final class UsageCoder: RowCoder {
  /// Where the fields stand in a row of cells.
  struct Fields {
    /// subscriptionId, then customerTenantId.
    var identity: Range<Int>
    /// customerName, then subscriptionName.
    var names: Range<Int>
    var usageDate: Int
    /// The texts of the meter, in the order of `Meter`.
    var meter: Range<Int>
    var partnerTenant: Int
    var quantity: Int
  }

  /// What the first row with a pair of ids says about it.
  struct Subscription {
    var guid: GUID?
    var tenant: [UInt8]
    /// customerName, then subscriptionName; empty for none.
    var names: [[UInt8]]
  }

  private let fields: Fields
  private var state = State()

  /// What the texts stand for, by the number of the texts.
  private struct State {
    var identities = CellInterner(width: 2)
    var subscriptions: [Subscription] = []
    var dates = CellInterner(width: 1)
    var days: [Int32] = []
    var meters = CellInterner(width: 8)
    var partnerTenants = CellInterner(width: 1)
  }

  /// Row ids of the store by the coder's numbers, 0 = not looked up yet; for whoever takes the rows.
  var subscriptionRowIds: [Int64] = []
  var meterRowIds: [Int64] = []

  /// Distinct texts that are remembered; hostile files with more only cost time.
  private static let textLimit = 1 << 20
  /// Stands for a date that no row can have.
  private static let noDay: Int32 = -1

  init(_ fields: Fields) {
    precondition(
      fields.identity.count == 2 && fields.names.count == 2 && fields.meter.count == 8,
      "usage has twelve texts")
    self.fields = fields
  }

  /// What a subscription's number stands for.
  func subscription(_ number: Int32) -> Subscription { state.subscriptions[Int(number)] }

  /// The key of a meter's number, as `MeterKey` makes it.
  func meterKey(_ number: Int32) -> [UInt8] {
    var key: [UInt8] = []
    for text in state.meters.texts(of: Int(number)) { MeterKey.append(text.span, to: &key) }
    return key
  }

  /// The text of a partner tenant's number.
  func partnerTenant(_ number: Int32) -> [UInt8] {
    state.partnerTenants.texts(of: Int(number))[0]
  }

  func code(_ table: CellTable, _ text: Span<UInt8>) -> CodedUsage {
    forgetIfFull()
    var coded = CodedUsage()
    coded.rows.reserveCapacity(table.rows.count)
    let cells = table.cells.span
    let numbers = table.numbers.span
    // One access to this object for all rows.
    var state = State()
    swap(&state, &self.state)
    for row in 0..<table.rows.count {
      let first = row * table.fieldCount
      let rowCells = cells.extracting(first..<first + table.fieldCount)
      if let line = code(rowCells, numbers, text, &state) {
        coded.rows.append(line)
      } else {
        coded.refused.append(row)
        coded.rows.append(
          CodedUsage.Row(subscription: 0, meter: 0, day: 0, partnerTenant: -1, quantity: 0))
      }
    }
    swap(&state, &self.state)
    extend(&subscriptionRowIds, to: self.state.subscriptions.count)
    extend(&meterRowIds, to: self.state.meters.count)
    return coded
  }

  /// Codes one row; nil when it is refused.
  private func code(
    _ cells: Span<CellTable.Cell>, _ numbers: Span<Double>, _ text: Span<UInt8>,
    _ state: inout State
  ) -> CodedUsage.Row? {
    let amount = cells[fields.quantity]
    guard amount.isNumber else { return nil }
    let quantity = numbers[Int(amount.offset)]
    guard quantity >= 0, quantity.isFinite else { return nil }
    for field in fields.meter where cells[field].isNumber { return nil }
    for field in fields.identity where cells[field].isNumber { return nil }
    guard !cells[fields.usageDate].isNumber, !cells[fields.partnerTenant].isNumber else {
      return nil
    }

    let date = state.dates.number(
      of: cells.extracting(fields.usageDate..<fields.usageDate + 1), in: text)
    if date == state.days.count {
      state.days.append(Self.day(text.extracting(cells[fields.usageDate].range)))
    }
    // Before the names are kept: those of a row that is rejected do not count.
    guard state.days[date] != Self.noDay else { return nil }
    let identity = state.identities.number(of: cells.extracting(fields.identity), in: text)
    if identity == state.subscriptions.count {
      let id = cells[fields.identity.lowerBound].range
      state.subscriptions.append(
        Subscription(
          guid: GUID(utf8: text.extracting(id)), tenant: state.identities.texts(of: identity)[1],
          names: fields.names.map { field in
            var name: [UInt8] = []
            if !cells[field].isEscaped {
              name.append(copying: text.extracting(cells[field].range))
            }
            return name
          }))
      // A name with escapes is read with all care, in the one row whose names are kept.
      for field in fields.names where cells[field].isEscaped { return nil }
    }
    guard let guid = state.subscriptions[identity].guid, guid != .zero else { return nil }
    let partner = fields.partnerTenant
    return CodedUsage.Row(
      subscription: Int32(identity),
      meter: Int32(state.meters.number(of: cells.extracting(fields.meter), in: text)),
      day: state.days[date],
      partnerTenant: cells[partner].range.isEmpty
        ? -1
        : Int32(
          state.partnerTenants.number(of: cells.extracting(partner..<partner + 1), in: text)),
      quantity: quantity)
  }

  private static func day(_ written: Span<UInt8>) -> Int32 {
    switch ParsedDate(utf8: written) {
    case .day(let found) where found.daysSinceEpoch >= 0: found.daysSinceEpoch
    default: noDay
    }
  }

  private func extend(_ rowIds: inout [Int64], to count: Int) {
    rowIds.append(contentsOf: repeatElement(0, count: count - rowIds.count))
  }

  private func forgetIfFull() {
    let most = max(
      state.identities.count, state.dates.count, state.meters.count, state.partnerTenants.count)
    guard most >= Self.textLimit else { return }
    state = State()
    subscriptionRowIds = []
    meterRowIds = []
  }
}
