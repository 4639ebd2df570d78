import Learning
import Testing

struct CalibrationMapTests {
  static let maps: [CalibrationMap] = [
    .identity, .interceptShift(b: -0.7), .platt(a: 0.4, b: 1), .platt(a: 0, b: -2),
    .beta(a: 0.5, b: 1.7, c: -0.2), .beta(a: 0, b: 0.3, c: 1),
    .isotonic(logOdds: [-2, 0, 1], probabilities: [0.1, 0.1, 0.6]),
  ]

  @Test(arguments: maps) func `never falls and stays within 0 and 1`(map: CalibrationMap) {
    #expect(map.isValid)
    let p = map.probabilities(logOdds: (-400...400).map { Double($0) / 10 })
    #expect(p.allSatisfy { $0 >= 0 && $0 <= 1 })
    // Rounding may move neighbours far out in the tails by a unit in the last place.
    #expect(zip(p, p.dropFirst()).allSatisfy { $0 <= $1 + 1e-15 })
  }

  @Test func `beta with equal exponents is Platt scaling`() {
    for z in [-50.0, -3, 0, 0.4, 8, 50] {
      let beta = CalibrationMap.beta(a: 0.8, b: 0.8, c: 0.3).probability(logOdds: z)
      let platt = CalibrationMap.platt(a: 0.8, b: 0.3).probability(logOdds: z)
      #expect(abs(beta - platt) < 1e-15)
    }
  }

  @Test func `isotonic is linear between points and constant outside`() {
    let map = CalibrationMap.isotonic(logOdds: [0, 2], probabilities: [0.2, 0.6])
    #expect(
      map.probabilities(logOdds: [-9, 0, 1, 2, 9]).map { ($0 * 10).rounded() } == [2, 2, 4, 6, 6])
  }

  @Test(arguments: [
    CalibrationMap.platt(a: -0.1, b: 0), .platt(a: .nan, b: 0), .beta(a: 1, b: -1, c: 0),
    .interceptShift(b: .infinity), .isotonic(logOdds: [], probabilities: []),
    .isotonic(logOdds: [0, 0], probabilities: [0.1, 0.2]),
    .isotonic(logOdds: [0, 1], probabilities: [0.3, 0.2]),
    .isotonic(logOdds: [0], probabilities: [1.5]),
  ]) func `knows a map that could turn the order round`(map: CalibrationMap) {
    #expect(!map.isValid)
  }
}
