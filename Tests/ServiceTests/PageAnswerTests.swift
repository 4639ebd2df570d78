import Access
import Testing

@Suite(.serialized) struct PageAnswerTests {
  @Test(arguments: ["2026-01-04", "2026-01-13", "0001-01-01", "9999-12-31"])
  func `a page as of a day of which nothing is known is a 400 that names the days`(day: String)
    throws
  {
    let small = try SmallService()
    let answer = small.get("/?asOf=\(day)", as: .globalAdmin)
    #expect(answer.status == 400)
    #expect(answer.body.contains("invalidAsOf") && answer.body.contains("2026-01-05 to 2026-01-12"))
  }
}
