/// What a figure has to reach.
struct Target: Hashable {
  /// On which side of the limits the figure must be.
  enum Side: String { case atLeast, atMost }

  /// How well a figure does.
  enum Grade: String { case stretch, must, miss }

  var side: Side
  var must: Double
  var stretch: Double

  static func atLeast(_ must: Double, stretch: Double) -> Target {
    Target(side: .atLeast, must: must, stretch: stretch)
  }

  static func atMost(_ must: Double, stretch: Double) -> Target {
    Target(side: .atMost, must: must, stretch: stretch)
  }

  func grade(_ figure: Double) -> Grade {
    func reaches(_ limit: Double) -> Bool { side == .atLeast ? figure >= limit : figure <= limit }
    return reaches(stretch) ? .stretch : reaches(must) ? .must : .miss
  }
}
