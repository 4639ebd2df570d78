extension ImportTransaction {
  /// Packs and inserts staged billed lines as one chunk, and empties the staging.
  func flush(_ staging: inout BilledStaging) throws(HistoryError) {
    guard !staging.isEmpty else { return }
    var months = MonthCalendar()
    let before = staging.repeated
    for (subscription, lines) in staging.drain() {
      try tally(lines, of: subscription)
      var start = 0
      while start < lines.count {
        let month = months.split(lines[start].day).month
        var end = start + 1
        while end < lines.count, months.split(lines[end].day).month == month { end += 1 }
        try insert(lines[start..<end], of: subscription, month: month)
        start = end
      }
    }
    usage.repeated += staging.repeated - before
    chunk += 1
  }

  private func insert(
    _ lines: ArraySlice<BilledLine>, of subscription: Int64, month: Int32
  ) throws(HistoryError) {
    let insertion = try store.statement("INSERT INTO billing VALUES (?, ?, ?, ?, ?, ?, ?)")
    let blob = PackedBilling.pack(lines, dayBefore: MonthCalendar.dayBefore(month: month))
    insertion.bind(subscription, at: 1)
    insertion.bind(Int64(month), at: 2)
    insertion.bind(importId, at: 3)
    insertion.bind(chunk, at: 4)
    insertion.bind(usageTenants[subscription], at: 5)
    insertion.bind(Int64(lines.count), at: 6)
    insertion.bind(bytes: blob.span, at: 7)
    try insertion.run()
    for line in lines {
      linesByDay[Int(line.day)] += 1
      let meter = Int(line.meter)
      if meter >= usedMeters.count {
        usedMeters += repeatElement(false, count: meter + 1 - usedMeters.count)
      }
      usedMeters[meter] = true
    }
  }

  /// Counts what the lines change about what the store knows.
  private func tally(_ lines: [BilledLine], of subscription: Int64) throws(HistoryError) {
    guard hasEarlierBilling, let first = lines.first, let last = lines.last else {
      usage.new += lines.count
      return
    }
    let known = try store.knownBilling(of: subscription, days: first.day...last.day)
    var next = 0
    for line in lines {
      while next < known.count, BilledLine.isOrdered(known[next], line) { next += 1 }
      guard next < known.count, known[next].isSame(as: line) else {
        usage.new += 1
        continue
      }
      restatedDays.note(line.quantity, before: known[next].quantity, day: Int32(line.day))
      if known[next].saysSame(as: line) {
        usage.known += 1
      } else {
        usage.corrections += 1
        if line.quantity < known[next].quantity { usage.lowered += 1 }
      }
    }
  }
}
