extension HistoryStore {
  func insertMeter(_ meter: Meter) throws(HistoryError) -> Int64 {
    let insertion = try statement(
      """
      INSERT INTO meter (meterCategory, meterSubcategory, meterUnit, resourceLocation,
        reservationOrderId, reservationId, consumptionMeterId, serviceType, currency)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
      """)
    for (index, text) in meter.fields.enumerated() { insertion.bind(text, at: Int32(index + 1)) }
    try insertion.run()
    let id = connection.lastInsertedId
    guard id < UsageStaging.meterLimit else {
      throw HistoryError(
        .unusable, path: path,
        what: "the usage names more than \(UsageStaging.meterLimit - 1) distinct meters",
        remedy: "Check that the meter columns hold meters and not resource names.")
    }
    return id
  }
}

extension Meter {
  /// The nine texts in the order of the table's columns.
  var fields: [String] {
    [
      meterCategory, meterSubcategory, meterUnit, resourceLocation, reservationOrderId,
      reservationId, consumptionMeterId, serviceType, currency,
    ]
  }

  /// A meter from a row of `SELECT * FROM meter`.
  init(row: Statement) {
    self.init(
      meterCategory: row.text(1), meterSubcategory: row.text(2), meterUnit: row.text(3),
      resourceLocation: row.text(4), reservationOrderId: row.text(5), reservationId: row.text(6),
      consumptionMeterId: row.text(7), serviceType: row.text(8), currency: row.text(9))
  }

  /// The bytes that tell meters apart; see `MeterKey`.
  var key: [UInt8] {
    var key: [UInt8] = []
    for text in currency.isEmpty ? Array(fields.dropLast()) : fields {
      MeterKey.append(text.utf8Span.span, to: &key)
    }
    return key
  }
}

extension Meter {
  /// A meter from the bytes of its key.
  init(key: Span<UInt8>) {
    var fields: [String] = []
    var position = 0
    while position + 3 <= key.count {
      let count =
        Int(key[position]) | Int(key[position + 1]) << 8 | Int(key[position + 2]) << 16
      position += 3
      fields.append(String(copying: key.extracting(position..<position + count)))
      position += count
    }
    precondition(
      fields.count == 8 || fields.count == 9, "a meter has 8 or 9 fields, not \(fields.count)")
    self.init(
      meterCategory: fields[0], meterSubcategory: fields[1], meterUnit: fields[2],
      resourceLocation: fields[3], reservationOrderId: fields[4], reservationId: fields[5],
      consumptionMeterId: fields[6], serviceType: fields[7],
      currency: fields.count > 8 ? fields[8] : "")
  }
}

/// Joins the texts of a meter into one byte string, each with its length in front, so that no two
/// meters share a key whatever their texts hold.
enum MeterKey {
  static func append(_ text: Span<UInt8>, to key: inout [UInt8]) {
    let count = text.count
    key.append(UInt8(truncatingIfNeeded: count))
    key.append(UInt8(truncatingIfNeeded: count >> 8))
    key.append(UInt8(truncatingIfNeeded: count >> 16))
    key.append(copying: text)
  }
}
