internal import Files

// Usage rows as numbers.
//
//   subscriptionId + customerTenantId ──► number of the pair     ┐ given out by this coder, in the
//   the eight texts of the meter      ──► number of the meter    ┘ order in which it meets them
//   usageDate                         ──► day
//   quantity                          ──► quantity
//
// What is new among them goes with the rows, so whoever takes those knows what they stand for; the
// store's row ids of the numbers are looked up once each then.

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

  /// What the first row with a pair of ids says about it.
  struct Subscription: Sendable {
    var guid: GUID?
    var tenant: [UInt8]
    /// customerName, then subscriptionName; empty for none.
    var names: [[UInt8]]
  }

  /// One for each row of the table; refused ones are not to be used.
  var rows: [Row] = []
  var refused: [Int] = []
  /// Whether the numbers begin at 0 again with these rows.
  var beginsAnew = false
  // What the numbers stand for that were not given out before, in their order.
  var subscriptions: [Subscription] = []
  /// As `MeterKey` makes them.
  var meters: [[UInt8]] = []
  var partnerTenants: [[UInt8]] = []
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

  private let fields: Fields
  private var state = State()

  /// What the texts stand for, by the number of the texts.
  private struct State {
    var identities = CellInterner(width: 2)
    var guids: [GUID?] = []
    var dates = CellInterner(width: 1)
    var days: [Int32] = []
    var meters = CellInterner(width: 8)
    /// Whether the texts of the meter can be read.
    var isMeter: [Bool] = []
    var partnerTenants = CellInterner(width: 1)
  }

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

  func code(
    _ table: CellTable, _ text: Span<UInt8>, by parser: any LinesParser
  ) -> CodedUsage {
    var coded = CodedUsage()
    coded.beginsAnew = forgetIfFull()
    coded.rows.reserveCapacity(table.rows.count)
    let cells = table.cells.span
    let numbers = table.numbers.span
    // One access to this object for all rows.
    var state = State()
    swap(&state, &self.state)
    let partnerCount = state.partnerTenants.count
    var known = KnownNumbers()
    for row in 0..<table.rows.count {
      let place = row % CellInterner.batchSize
      if place == 0 {
        let batch = row..<min(row + CellInterner.batchSize, table.rows.count)
        state.identities.find(
          batch, cells, fieldCount: table.fieldCount, first: fields.identity.lowerBound, in: text,
          &known.identities)
        state.meters.find(
          batch, cells, fieldCount: table.fieldCount, first: fields.meter.lowerBound, in: text,
          &known.meters)
      }
      let first = row * table.fieldCount
      let rowCells = cells.extracting(first..<first + table.fieldCount)
      let line = code(
        rowCells, numbers, text, parser, (known.identities[place], known.meters[place]), &state,
        &coded.subscriptions, &coded.meters)
      if let line {
        coded.rows.append(line)
      } else {
        coded.refused.append(row)
        coded.rows.append(
          CodedUsage.Row(subscription: 0, meter: 0, day: 0, partnerTenant: -1, quantity: 0))
      }
    }
    coded.partnerTenants = (partnerCount..<state.partnerTenants.count).map {
      state.partnerTenants.texts(of: $0)[0]
    }
    swap(&state, &self.state)
    return coded
  }

  /// Numbers that were found for the rows of a batch; -1 for those that were not.
  private struct KnownNumbers {
    var identities = InlineArray<64, Int>(repeating: -1)
    var meters = InlineArray<64, Int>(repeating: -1)
  }

  /// Codes one row; nil when it is refused.
  private func code(
    _ cells: Span<CellTable.Cell>, _ numbers: Span<Double>, _ text: Span<UInt8>,
    _ parser: any LinesParser, _ known: (identity: Int, meter: Int), _ state: inout State,
    _ new: inout [CodedUsage.Subscription], _ newMeters: inout [[UInt8]]
  ) -> CodedUsage.Row? {
    let amount = cells[fields.quantity]
    guard amount.isNumber else { return nil }
    let quantity = numbers[Int(amount.offset)]
    guard quantity >= 0, quantity <= Amount.largest else { return nil }
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
    let identity =
      known.identity >= 0
      ? known.identity
      : state.identities.number(of: cells.extracting(fields.identity), in: text)
    if identity == state.guids.count {
      let guid = GUID(utf8: text.extracting(cells[fields.identity.lowerBound].range))
      let names = fields.names.map { Self.text(of: cells[$0], in: text, parser) }
      state.guids.append(guid)
      new.append(
        CodedUsage.Subscription(
          guid: guid, tenant: state.identities.texts(of: identity)[1], names: names.map { $0 ?? [] }
        ))
      // What is wrong with a name is said of the row.
      guard names.allSatisfy({ $0 != nil }) else { return nil }
    }
    guard let guid = state.guids[identity], guid != .zero else { return nil }
    let meter =
      known.meter >= 0
      ? known.meter : state.meters.number(of: cells.extracting(fields.meter), in: text)
    if meter == state.isMeter.count {
      let texts = fields.meter.map { Self.text(of: cells[$0], in: text, parser) }
      var key: [UInt8] = []
      for written in texts {
        let text = written ?? []
        MeterKey.append(text.span, to: &key)
      }
      newMeters.append(key)
      state.isMeter.append(texts.allSatisfy { $0 != nil })
    }
    // What is wrong with a text is said of each row.
    guard state.isMeter[meter] else { return nil }
    let partner = fields.partnerTenant
    return CodedUsage.Row(
      subscription: Int32(identity),
      meter: Int32(meter),
      day: state.days[date],
      partnerTenant: cells[partner].range.isEmpty
        ? -1
        : Int32(
          state.partnerTenants.number(of: cells.extracting(partner..<partner + 1), in: text)),
      quantity: Amount.rounded(quantity))
  }

  /// The text of a cell, empty where there is none; nil when its escapes are wrong.
  private static func text(
    of cell: CellTable.Cell, in text: Span<UInt8>, _ parser: any LinesParser
  ) -> [UInt8]? {
    guard !cell.isEscaped else { return parser.unescaped(cell, in: text) }
    var copy: [UInt8] = []
    copy.append(copying: text.extracting(cell.range))
    return copy
  }

  private static func day(_ written: Span<UInt8>) -> Int32 {
    switch ParsedDate(utf8: written) {
    case .day(let found) where found.daysSinceEpoch >= 0: found.daysSinceEpoch
    default: noDay
    }
  }

  /// Begins anew when too much is remembered; says so.
  private func forgetIfFull() -> Bool {
    let most = max(
      state.identities.count, state.dates.count, state.meters.count, state.partnerTenants.count)
    guard most >= Self.textLimit else { return false }
    state = State()
    return true
  }
}
