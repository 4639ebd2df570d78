import Features
import History
import TestSupport
import Testing

@testable import Features

/// The days on which the past is looked at.
struct LandmarksTests: PastFixtures {
  @Test func `landmarks are the days of any source, once each, ascending`() {
    let sources = [source("alpha", exports: [0, 7, 14]), source("beta", exports: [3, 7, 21])]
    #expect(Landmarks.observed(sources, through: day(14)) == [0, 3, 7, 14].map(day))
    #expect(Landmarks.observed(sources, through: day(-1)) == [])
    #expect(Landmarks.observed([], through: day(14)) == [])
  }

  @Test func `median spacing is that between exports of one source`() {
    // Gaps 7, 7 and 30: the days between the sources do not count.
    let sources = [source("alpha", exports: [0, 7, 14]), source("beta", exports: [3, 33])]
    #expect(Landmarks.medianSpacing(sources, through: day(100)) == 7)
    #expect(Landmarks.medianSpacing([source(exports: [0, 7, 35])], through: day(100)) == 28)
  }

  @Test func `median spacing looks no further than its day`() {
    let sources = [source(exports: [0, 7, 14, 100, 200, 300])]
    #expect(Landmarks.medianSpacing(sources, through: day(14)) == 7)
    // Gaps 7, 7, 86, 100 and 100.
    #expect(Landmarks.medianSpacing(sources, through: day(300)) == 86)
  }

  @Test func `one export has no spacing`() {
    #expect(Landmarks.medianSpacing([source(exports: [0])], through: day(100)) == nil)
    #expect(Landmarks.medianSpacing([], through: day(100)) == nil)
  }

  @Test func `days before the first export step back from it`() {
    #expect(
      Landmarks.beforeFirstExport(day(0), from: day(-70), every: 28) == [-56, -28].map(day))
    #expect(
      Landmarks.beforeFirstExport(day(0), from: day(-56), every: 28) == [-56, -28].map(day))
    #expect(Landmarks.beforeFirstExport(day(0), from: day(-27), every: 28) == [])
  }
}
