import Learning
import Testing

struct LogisticTests {
  @Test func `is one half at zero and exact far out`() {
    #expect(Logistic.probability(logOdds: 0) == 0.5)
    #expect(Logistic.probability(logOdds: 1000) == 1)
    #expect(Logistic.probability(logOdds: -1000) == 0)
    // e^-40, https://www.wolframalpha.com: 4.248354255291589e-18
    #expect(abs(Logistic.probability(logOdds: -40) / 4.248354255291589e-18 - 1) < 1e-14)
  }

  @Test(arguments: [-30.0, -3.5, -0.1, 0, 0.7, 12, 30]) func `inverts`(z: Double) {
    // At 30 the probability is 1 - 9e-14, of which a double keeps some 3 digits.
    let tolerance = abs(z) < 20 ? 1e-9 : 1e-2
    #expect(abs(Logistic.logOdds(probability: Logistic.probability(logOdds: z)) - z) < tolerance)
  }

  @Test(arguments: [-800.0, -5, 0, 2, 800]) func `loss is the negative logarithm`(z: Double) {
    #expect(Logistic.loss(logOdds: z, label: 1) - Logistic.loss(logOdds: z, label: 0) == -z)
    if abs(z) < 30 {
      let p = Logistic.probability(logOdds: z)
      let difference =
        Logistic.loss(logOdds: z, label: 1) - Logistic.loss(probability: p, label: 1)
      #expect(abs(difference) < 1e-12)
    }
  }

  @Test func `a wrong certainty costs 52 bits`() {
    #expect(abs(Logistic.loss(probability: 0, label: 1) - 36.04365338911715) < 1e-12)
    #expect(Logistic.loss(probability: 1, label: 1) == 0)
  }

  @Test func `base rate of one class stays finite`() {
    #expect(Logistic.baseLogOdds(positives: 1, count: 2) == 0)
    #expect(Logistic.baseLogOdds(positives: 0, count: 10) < -2)
    #expect(Logistic.baseLogOdds(positives: 10, count: 10) > 2)
  }
}
