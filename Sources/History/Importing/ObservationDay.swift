/// The day on which an export was made, and how it was found.
package struct ObservationDay: Sendable, Hashable {
  /// A UTC day.
  package var day: CalendarDay
  /// What told the day.
  package var origin: DayOrigin
  /// What a user should know about how it was found.
  package var warnings: [String] = []

  /// Finds the day: the option, else a date in the file's or its folder's name, else the day of
  /// the last modification.
  ///
  /// A name without a date may stand for one that has it: a link `latest`, or the folder that the
  /// user stands in. So the real path is asked where the one given tells nothing.
  ///
  /// - Parameters:
  ///   - path: The file as it was given.
  ///   - realPath: The same without links and dots; nil where there is none.
  ///   - option: The day that the user named.
  ///   - modifiedOn: The day of the last modification, in UTC; nil for standard input.
  ///   - today: By the clock, in UTC.
  /// - Returns: nil when nothing tells the day.
  static func find(
    path: String, realPath: String? = nil, option: CalendarDay?, modifiedOn: CalendarDay?,
    today: CalendarDay
  ) -> ObservationDay? {
    if let option {
      var found = ObservationDay(day: option, origin: .option)
      // Somewhere it is tomorrow already.
      if option > today + 1 {
        found.warnings.append("the observation day \(option) is in the future; is it right?")
      }
      return found
    }
    guard var found = named(path) ?? realPath.flatMap(named) else {
      return modifiedOn.map { day in
        ObservationDay(
          day: day, origin: .modificationTime,
          warnings: [
            "the observation day \(day) is the file's modification day; "
              + "pass --observed-on or put the date into the name"
          ])
      }
    }
    if let modifiedOn, found.day > modifiedOn + 1 {
      found.warnings.append(
        "the observation day \(found.day) is in the future of the file, "
          + "which was last modified on \(modifiedOn)")
    }
    return found
  }

  /// The day that the name of a file, or of the folder it is in, holds.
  private static func named(_ path: String) -> ObservationDay? {
    let parts = path.split(separator: "/")
    for (origin, part) in [(DayOrigin.fileName, parts.last), (.folderName, parts.dropLast().last)] {
      let days = dates(inName: part ?? "")
      guard let day = days.max() else { continue }
      var found = ObservationDay(day: day, origin: origin)
      if Set(days).count > 1 {
        found.warnings.append("the name holds several dates; the last one, \(day), was taken")
      }
      return found
    }
    return nil
  }

  /// The ISO dates in a name, `2025-03-10` or `20250310`, that are not part of something longer.
  static func dates(inName name: some StringProtocol) -> [CalendarDay] {
    let bytes = Array(name.utf8)
    var found: [CalendarDay] = []
    for length in [10, 8] where bytes.count >= length {
      for start in 0...(bytes.count - length) {
        let end = start + length
        if start > 0, isAlphanumeric(bytes[start - 1]) { continue }
        if end < bytes.count, isAlphanumeric(bytes[end]) {
          // A time may follow: 2025-03-10T0600, 20250310T060000Z.
          guard bytes[end] == UInt8(ascii: "T"), end + 1 < bytes.count, isDigit(bytes[end + 1])
          else { continue }
        }
        var text = String(decoding: bytes[start..<end], as: UTF8.self)
        if length == 8 {
          text = "\(text.prefix(4))-\(text.dropFirst(4).prefix(2))-\(text.suffix(2))"
        }
        // Numbers such as 10000000 are no dates, so neither are years before Partner Center's time.
        if let day = CalendarDay(text),
          (1970..<ParsedDate.firstEndlessYear).contains(day.civil.year)
        {
          found.append(day)
        }
      }
    }
    return found
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
  }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
    default: isDigit(byte)
    }
  }
}
