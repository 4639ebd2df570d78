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
  /// - Parameters:
  ///   - path: The file as it was given.
  ///   - option: The day that the user named.
  ///   - modifiedOn: The day of the last modification, in UTC; nil for standard input.
  /// - Returns: nil when nothing tells the day.
  static func find(
    path: String, option: CalendarDay?, modifiedOn: CalendarDay?
  ) -> ObservationDay? {
    var found: ObservationDay
    let parts = path.split(separator: "/")
    let fileDays = dates(inName: parts.last ?? "")
    let folderDays = parts.count > 1 ? dates(inName: parts[parts.count - 2]) : []
    if let option {
      return ObservationDay(day: option, origin: .option)
    } else if let day = fileDays.max() {
      found = ObservationDay(day: day, origin: .fileName)
    } else if let day = folderDays.max() {
      found = ObservationDay(day: day, origin: .folderName)
    } else if let modifiedOn {
      return ObservationDay(
        day: modifiedOn, origin: .modificationTime,
        warnings: [
          "the observation day \(modifiedOn) is the file's modification day; "
            + "pass --observed-on or put the date into the name"
        ])
    } else {
      return nil
    }
    if Set(found.origin == .fileName ? fileDays : folderDays).count > 1 {
      found.warnings.append("the name holds several dates; the last one, \(found.day), was taken")
    }
    if let modifiedOn, found.day > modifiedOn + 1 {
      found.warnings.append(
        "the observation day \(found.day) is in the future of the file, "
          + "which was last modified on \(modifiedOn)")
    }
    return found
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
          // A time may follow: 2025-03-10T0600.
          guard length == 10, bytes[end] == UInt8(ascii: "T") else { continue }
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

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "A")...UInt8(ascii: "Z"):
      true
    default: false
    }
  }
}
