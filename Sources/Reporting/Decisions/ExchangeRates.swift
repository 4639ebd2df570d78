package import Files
package import History

/// What currencies are worth in one of them, from a file that the partner keeps.
///
/// ```
/// currency,rate,day
/// USD,1,2026-11-01          the currency of the figures has the rate 1
/// EUR,1.08,2026-11-01       what one of another is worth in it, from this day on
/// ```
package struct ExchangeRates: Sendable, Hashable {
  /// The file's name without its folder, as outputs name it.
  package let file: String
  /// The currency that amounts are converted into.
  package let currency: String
  private let rates: [String: Double]

  /// The rates of a day: of each currency the newest line that is not later.
  ///
  /// - Throws: `FileError` when the file is missing, a column or value cannot be used, or not exactly one
  ///   currency has the rate 1.
  package init(contentsOf path: String, on day: CalendarDay) throws(FileError) {
    let bytes = try Files.contents(ofFile: path)
    var reader = try DelimitedReader(bytes: bytes, path: path)
    func wrong(_ what: String, line: Int? = nil) -> FileError {
      FileError(
        kind: .unusable, path: path, line: line, what: what,
        expected:
          "lines of currency,rate,day such as 'EUR,1.08,2026-11-01', one currency with rate 1",
        remedy: "Correct the file of rates.")
    }
    guard let header = try reader.next()?.fields.map({ $0.lowercased() }),
      let (name, rate, from) = Self.places(header)
    else { throw wrong("it lacks a column") }
    var newest: [String: (day: CalendarDay, rate: Double)] = [:]
    while let (line, fields) = try reader.next() {
      guard fields.count > max(name, rate, from) else {
        throw wrong("a value is missing", line: line)
      }
      guard let value = Double(fields[rate]), value > 0, value.isFinite else {
        throw wrong("'\(fields[rate])' is no rate", line: line)
      }
      guard let begin = CalendarDay(fields[from]) else {
        throw wrong("'\(fields[from])' is no day", line: line)
      }
      let key = fields[name].uppercased()
      if begin <= day, newest[key].map({ $0.day <= begin }) ?? true { newest[key] = (begin, value) }
    }
    let units = newest.filter { $0.value.rate == 1 }.keys.sorted()
    guard let unit = units.first, units.count == 1 else {
      throw wrong("\(units.count) currencies have the rate 1 on \(day)")
    }
    file = String(path.split(separator: "/").last ?? "")
    currency = unit
    rates = newest.mapValues(\.rate)
  }

  /// An amount in the currency of the figures; nil where the file has no rate.
  package func converted(_ amount: Double, from other: String?) -> Double? {
    other.flatMap { rates[$0.uppercased()] }.map { amount * $0 }
  }

  private static func places(_ header: [String]) -> (Int, Int, Int)? {
    guard let currency = header.firstIndex(of: "currency"),
      let rate = header.firstIndex(of: "rate"),
      let day = header.firstIndex(of: "day")
    else { return nil }
    return (currency, rate, day)
  }
}
