import Glibc
import TestSupport
import Testing

@testable import Learning

/// What contacting the first of a ranking earns.
struct RetentionProfitTests {
  private static let labels: [Double] = [0, 1, 0, 1, 0, 1, 0, 1]
  private static let scores = [0.1, 0.2, 0.3, 0.4, 0.5, 0.7, 0.8, 0.9]

  @Test func `two rows by hand`() {
    // One leaves and is worth 100, one stays; contacts cost 1, offers 10; half accept on average.
    let offer = RetentionOffer(contactCost: 1, offerCost: 10, alpha: 1, beta: 1)
    let profit = RetentionProfit(leaving: [1, 0], values: [100, 100], offer: offer)
    #expect(profit.expected(contacts: 0) == 0)
    #expect(profit.expected(contacts: 1) == 44)
    #expect(profit.expected(contacts: 2) == 33)
    #expect(profit.bestContacts == 1)
    // γ uniform: nobody below 1/90, else the first: ∫ (90γ − 1) from 1/90 to 1.
    let squares: Double = 45 * (1 - 1.0 / 8_100)
    let expected: Double = squares - 1 + 1.0 / 90
    #expect(abs(profit.expectedMaximum - expected) < 1e-12)
  }

  @Test func `the value of another implementation`() throws {
    // empulse, empc_score with alpha 6, beta 14, clv 200, incentive_cost 10, contact_cost 1.
    let empc = try #require(
      RetentionProfit.expectedMaximumPerRow(
        scores: Self.scores, labels: Self.labels, value: 200, offer: RetentionOffer()))
    #expect(abs(empc - 23.875593418348124) < 1e-11)
  }

  @Test func `it is what adding up over the shares of acceptance gives`() throws {
    // The naive twin: the best cut for each of many γ, by Simpson's rule.
    var generator = SeededGenerator(seed: 3)
    for round in 0..<12 {
      let count = [1, 2, 7, 40][round % 4]
      let offer = RetentionOffer(
        contactCost: Double(round % 3), offerCost: Double(round), alpha: 2 + Double(round % 5),
        beta: 3 + Double(round % 7))
      let leaving = (0..<count).map { _ in Double.random(in: 0...1, using: &generator) }
      let values = (0..<count).map { _ in Double.random(in: 0...300, using: &generator) }
      let profit = RetentionProfit(leaving: leaving, values: values, offer: offer)
      let norm = lgamma(offer.alpha + offer.beta) - lgamma(offer.alpha) - lgamma(offer.beta)
      func weighted(_ share: Double) -> Double {
        guard share > 0, share < 1 else { return 0 }
        var (best, sum) = (0.0, 0.0)
        for (p, value) in zip(leaving, values) {
          sum +=
            p * (share * (value - offer.offerCost) - offer.contactCost)
            - (1 - p) * (offer.offerCost + offer.contactCost)
          best = max(best, sum)
        }
        return best
          * exp(norm + (offer.alpha - 1) * log(share) + (offer.beta - 1) * log1p(-share))
      }
      let steps = 20_000
      var integral = 0.0
      for step in 0...steps {
        let weight: Double = step == 0 || step == steps ? 1 : step.isMultiple(of: 2) ? 2 : 4
        integral += weight * weighted(Double(step) / Double(steps))
      }
      // Simpson's rule meets kinks, so it is good to the square of a step only.
      let expected: Double = integral / Double(3 * steps)
      #expect(abs(profit.expectedMaximum - expected) < 1e-5 * (1 + expected))
    }
  }

  @Test func `rows of one score are contacted together, and their order does not matter`() throws {
    let scores = [0.5, 0.5, 0.5, 0.2]
    let values = try [[1.0, 0, 0, 0], [0, 0, 1, 0]].map { labels in
      try #require(
        RetentionProfit.expectedMaximumPerRow(
          scores: scores, labels: labels, value: 200, offer: RetentionOffer()))
    }
    #expect(values[0] == values[1])
  }

  @Test func `nobody is contacted where nothing can be won`() throws {
    let profit = RetentionProfit(leaving: [0.1, 0.1], values: [5, 5], offer: RetentionOffer())
    #expect(profit.expectedMaximum == 0 && profit.bestContacts == 0)
    #expect(RetentionProfit(leaving: [], values: [], offer: RetentionOffer()).expectedMaximum == 0)
    #expect(
      RetentionProfit.expectedMaximumPerRow(
        scores: [], labels: [], value: 1, offer: RetentionOffer()) == nil)
  }

  @Test func `the incomplete beta function at known places`() {
    // I(x; 1, 1) = x; I(x; a, 1) = xᵃ; I(½; a, a) = ½.
    for x in [0, 1e-9, 0.1, 0.5, 0.9, 1] {
      #expect(abs(IncompleteBeta.regularised(x, 1, 1) - x) < 1e-14)
      #expect(abs(IncompleteBeta.regularised(x, 3, 1) - x * x * x) < 1e-14)
    }
    for a in [0.5, 2, 20, 300] {
      #expect(abs(IncompleteBeta.regularised(0.5, a, a) - 0.5) < 1e-12)
    }
    // A sum of binomial probabilities: I(p; k, n − k + 1) = P(at least k of n).
    let p = 0.3
    var tail = 0.0
    for k in 6...19 {
      let count = Double(k)
      let ways: Double = exp(lgamma(20) - lgamma(count + 1) - lgamma(20 - count))
      tail += ways * pow(p, count) * pow(1 - p, 19 - count)
    }
    #expect(abs(IncompleteBeta.regularised(p, 6, 14) - tail) < 1e-13)
  }
}
