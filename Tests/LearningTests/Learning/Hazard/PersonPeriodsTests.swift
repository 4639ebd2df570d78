import Testing

@testable import Learning

/// Rows cut into the periods that each was exposed in.
struct PersonPeriodsTests {
  private let ends = [28, 56, 84, 91]

  @Test func `a row is in every period from the first to its end, or as far as one can look`() {
    let periods = PersonPeriods(
      [
        Exposure(seenDays: 200, endDay: 60, endsInEvent: true),
        Exposure(seenDays: 200, endDay: 30),
        Exposure(seenDays: 80),
        Exposure(seenDays: 27),
        Exposure(seenDays: 91),
      ], ends: ends)
    #expect(periods.counts == [3, 2, 2, 0, 4])
    #expect(periods.hasEvent == [true, false, false, false, false])
    #expect(periods.rows == [4, 4, 2, 1])
    #expect(periods.events == [0, 0, 1, 0])
  }

  @Test(arguments: [
    (28, 1), (29, 2), (56, 2), (91, 4), (92, 4), (1, 1),
  ]) func `an event on the last day of a period is in it`(day: Int32, count: Int) {
    let periods = PersonPeriods(
      [Exposure(seenDays: 400, endDay: day, endsInEvent: true)], ends: ends)
    #expect(periods.counts == [count])
    // After the last period it is no event of the fit.
    #expect(periods.hasEvent == [day <= 91])
  }

  @Test func `a period that is not seen to its end counts neither the kept nor the lost`() {
    // Seen 50 days, lost on day 40: the second period ends on day 56.
    let periods = PersonPeriods(
      [Exposure(seenDays: 50, endDay: 40, endsInEvent: true), Exposure(seenDays: 50)], ends: ends)
    #expect(periods.counts == [1, 1])
    #expect(periods.hasEvent == [false, false])
  }

  @Test func `looked at earlier, later days are not known`() {
    let lost = Exposure(seenDays: 200, endDay: 60, endsInEvent: true)
    let earlier = lost.cut(toSeen: 70)
    #expect(earlier.seenDays == 70)
    #expect(PersonPeriods([earlier], ends: ends).counts == [2])
    #expect(PersonPeriods([earlier], ends: ends).hasEvent == [false])
    #expect(lost.cut(toSeen: -5).seenDays == 0)
    #expect(lost.cut(toSeen: 300) == lost)
  }

  @Test func `an event lies within a horizon from its day on`() {
    let lost = Exposure(seenDays: 200, endDay: 60, endsInEvent: true)
    #expect(!lost.hasEvent(within: 59) && lost.hasEvent(within: 60))
    #expect(!Exposure(seenDays: 200, endDay: 60).hasEvent(within: 100))
    #expect(!Exposure(seenDays: 200).hasEvent(within: 100))
  }

  @Test func `no period and no row are nothing`() {
    #expect(PersonPeriods([], ends: ends).rows == [0, 0, 0, 0])
    #expect(PersonPeriods([Exposure(seenDays: 9)], ends: []).counts == [0])
  }

  @Test func `the counts are those of the table written out`() throws {
    for reference in try LearningReference.load().hazard {
      let periods = PersonPeriods(reference.all, ends: reference.ends)
      #expect(periods.rows == reference.periodRows)
      #expect(periods.events == reference.periodEvents)
    }
  }
}

extension LearningReference.HazardCase {
  /// What was seen of each row.
  var all: [Exposure] {
    exposures.map {
      Exposure(seenDays: $0[0], endDay: $0[1] > 0 ? $0[1] : nil, endsInEvent: $0[2] == 1)
    }
  }
}
