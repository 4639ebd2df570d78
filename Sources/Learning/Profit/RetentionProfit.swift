// What contacting the first of a ranking earns, when nobody knows yet how many will accept an offer.
//
//   profit of contacting the first k, with γ the share of leavers who accept:
//     P(k; γ) = Σ p·(γ·(v − d) − f)  −  Σ (1 − p)·(d + f)     v the row's value, d the offer's cost,
//             = slope(k)·γ − cost(k)                          f a contact's cost, p leaving: 0 or 1 when known
//
//   profit │      ╱ k = n        For each γ the best k is the highest line. Their upper hull, weighted by
//          │  __╱╱               γ ~ Beta(α, β), is the expected maximum profit.
//          │_╱____ k = 0
//          └──────── γ
//
// Source: Verbraken, Verbeke & Baesens 2013, https://doi.org/10.1109/TKDE.2012.50, there with one value for all.

/// What a contact costs and how likely it is to help.
package struct RetentionOffer: Sendable, Hashable {
  /// Of one contact; ≥ 0, in the unit of the values.
  package var contactCost: Double
  /// Of the offer to who accepts it, and to who would have stayed; ≥ 0.
  package var offerCost: Double
  /// Of the beta distribution of the share of leavers who accept; > 0.
  package var alpha: Double
  package var beta: Double

  /// The defaults of the source: contact 1, offer 10, and a share around 30 % (α 6, β 14).
  package init(
    contactCost: Double = 1, offerCost: Double = 10, alpha: Double = 6, beta: Double = 14
  ) {
    precondition(contactCost >= 0 && offerCost >= 0 && alpha > 0 && beta > 0, "Learning: an offer")
    self.contactCost = contactCost
    self.offerCost = offerCost
    self.alpha = alpha
    self.beta = beta
  }

  /// The mean share of leavers who accept.
  package var meanAcceptance: Double { alpha / (alpha + beta) }
}

/// The profit of contacting the first of a ranking, for each number of contacts.
package struct RetentionProfit: Sendable {
  private let offer: RetentionOffer
  /// For 0 … n contacts: what the profit grows by with γ, and what it costs whatever γ is.
  private var slopes: [Double] = [0]
  private var costs: [Double] = [0]
  /// Numbers of contacts where the ranking may be cut: not between rows of the same score.
  private var cuts: [Int] = [0]

  /// - Parameters:
  ///   - leaving: of each row in the order of the ranking, the probability of leaving, 0 … 1; a label is 0 or 1.
  ///   - values: of each row, what is lost with it, ≥ 0.
  ///   - isTied: whether a row has the score of the one before it, from the second row on; nil when none has.
  ///   - offer: what a contact costs, and how likely it helps.
  package init(
    leaving: [Double], values: [Double], isTied: [Bool]? = nil, offer: RetentionOffer
  ) {
    precondition(
      leaving.count == values.count && (isTied.map { $0.count == leaving.count } ?? true),
      "Learning: \(leaving.count) probabilities and \(values.count) values")
    self.offer = offer
    for index in leaving.indices {
      let p = leaving[index]
      slopes.append(slopes[index] + p * (values[index] - offer.offerCost))
      costs.append(
        costs[index] + p * offer.contactCost + (1 - p) * (offer.offerCost + offer.contactCost))
      let isTiedWithNext = index + 1 < leaving.count && isTied?[index + 1] ?? false
      if !isTiedWithNext { cuts.append(index + 1) }
    }
  }

  /// Rows of the ranking.
  package var count: Int { slopes.count - 1 }

  /// The profit that is expected from contacting the first `contacts`.
  package func expected(contacts: Int) -> Double {
    slopes[contacts] * offer.meanAcceptance - costs[contacts]
  }

  /// The number of contacts with the highest expected profit, the lowest where several have it.
  package var bestContacts: Int {
    cuts.max { (expected(contacts: $0), -$0) < (expected(contacts: $1), -$1) } ?? 0
  }

  /// The expected maximum profit of the whole ranking: for each share of acceptance the best cut.
  ///
  /// - Complexity: O(n log n).
  package var expectedMaximum: Double {
    let hull = self.hull
    var (sum, lower) = (0.0, 0.0)
    for (place, cut) in hull.enumerated() {
      let next = place + 1 < hull.count ? crossing(cut, hull[place + 1]) : 1
      let upper = min(1, max(lower, next))
      if upper > lower {
        sum += slopes[cut] * firstMoment(lower, upper) - costs[cut] * probability(lower, upper)
      }
      lower = upper
    }
    return sum
  }

  /// The cuts that are best for some γ, by ascending slope.
  private var hull: [Int] {
    var hull: [Int] = []
    for cut in cuts.sorted(by: { (slopes[$0], -costs[$0]) < (slopes[$1], -costs[$1]) }) {
      if let last = hull.last, slopes[last] == slopes[cut] { hull.removeLast() }
      while hull.count >= 2,
        crossing(hull[hull.count - 2], hull[hull.count - 1]) >= crossing(hull[hull.count - 1], cut)
      {
        hull.removeLast()
      }
      hull.append(cut)
    }
    return hull
  }

  /// The γ from which the steeper line is the higher one.
  private func crossing(_ flat: Int, _ steep: Int) -> Double {
    (costs[steep] - costs[flat]) / (slopes[steep] - slopes[flat])
  }

  private func probability(_ lower: Double, _ upper: Double) -> Double {
    IncompleteBeta.regularised(upper, offer.alpha, offer.beta)
      - IncompleteBeta.regularised(lower, offer.alpha, offer.beta)
  }

  /// ∫ γ of the density: the mean times that of Beta(α + 1, β).
  private func firstMoment(_ lower: Double, _ upper: Double) -> Double {
    offer.meanAcceptance
      * (IncompleteBeta.regularised(upper, offer.alpha + 1, offer.beta)
        - IncompleteBeta.regularised(lower, offer.alpha + 1, offer.beta))
  }
}

extension RetentionProfit {
  /// EMPC: the expected maximum profit per row of scores that are judged by labels.
  ///
  /// - Parameters:
  ///   - scores: higher ones are contacted first; equal ones together.
  ///   - labels: 1 for who left, 0 for who stayed.
  ///   - value: of each row, the same for all.
  ///   - offer: what a contact costs, and how likely it helps.
  /// - Returns: in the unit of the value; nil without rows.
  package static func expectedMaximumPerRow(
    scores: [Double], labels: [Double], value: Double, offer: RetentionOffer
  ) -> Double? {
    guard !scores.isEmpty else { return nil }
    let order = scores.indices.sorted { (-scores[$0], $0) < (-scores[$1], $1) }
    let isTied = order.indices.map { $0 > 0 && scores[order[$0]] == scores[order[$0 - 1]] }
    let profit = RetentionProfit(
      leaving: order.map { labels[$0] }, values: order.map { _ in value }, isTied: isTied,
      offer: offer)
    return profit.expectedMaximum / Double(scores.count)
  }
}
