import Glibc
import TestSupport
import Testing

@testable import Access

struct UTCTimeTests {
  /// By `date -u -d … +%s` of coreutils, with milliseconds added.
  @Test(arguments: [
    (0, "1970-01-01T00:00:00.000Z"), (1_795_721_795_123, "2026-11-26T19:36:35.123Z"),
    (1_709_251_199_999, "2024-02-29T23:59:59.999Z"), (-1, "1969-12-31T23:59:59.999Z"),
  ]) func `times are written and read to the millisecond`(milliseconds: Int, text: String) {
    let time = UTCTime(milliseconds: milliseconds)
    #expect(time.description == text)
    #expect(UTCTime(text) == time)
    #expect(time.day == day(String(text.prefix(10))))
  }

  @Test func `seconds are rounded down, also before 1970`() {
    #expect(UTCTime(milliseconds: 1_999).seconds == 1)
    #expect(UTCTime(milliseconds: -1).seconds == -1)
    #expect(UTCTime(milliseconds: 5) < UTCTime(milliseconds: 6))
  }

  @Test(arguments: [
    "", "2026-11-26", "2026-11-26T19:36:35Z", "2026-11-26 19:36:35.123Z",
    "2026-11-26T24:00:00.000Z",
    "2026-11-26T19:60:35.123Z", "2026-11-26T19:36:60.123Z", "2026-02-30T19:36:35.123Z",
    "2026-11-26T19:36:35.12aZ", "2026-11-26T19:36:35.123+",
  ]) func `what is written otherwise is no time`(text: String) {
    #expect(UTCTime(text) == nil)
  }

  @Test func `now is what the system's other clock says`() {
    let before = time(nil)
    let now = UTCTime.now()
    let after = time(nil)
    // That clock ticks some times a second, and lags behind by less than that.
    #expect((before - 1...after + 1).contains(now.seconds))
    #expect(UTCTime(now.description) == now)
  }
}
