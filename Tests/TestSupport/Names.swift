package import History

/// A GUID that ends in a number: readable in a failure.
package func guid(_ number: Int) -> GUID {
  GUID(high: 0xA0A0_A0A0_A0A0_4000, low: 0x8000 << 48 | UInt64(number))
}

/// The day that a text such as 2025-01-06 names.
package func day(_ text: String) -> CalendarDay {
  guard let day = CalendarDay(text) else { preconditionFailure("\(text) is no day") }
  return day
}
