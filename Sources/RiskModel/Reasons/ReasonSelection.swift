internal import Features

/// Chooses the few contributions that a person reads.
///
/// Features of one family say the same thing in several windows, and a linear model may give two of
/// them opposite signs. So a feature is a reason only where its family as a whole pulls the same
/// way, and a family speaks at most twice.
///
/// A linear model also weighs one window against another and may add risk for usage that rose in
/// one of them. Nobody believes "usage rose" as a reason for leaving, and it is none by itself: what a
/// trend says against its own direction stays among the other contributions.
///
/// Trees and correlated windows spread what a family says over many features, each of them small: the family
/// with the largest sum speaks first, by its largest feature.
///
/// Many features of a family share what the family says. Of these a plain one speaks before a subtle one
/// (`SubtleFeatures`), as long as its part is not far smaller. What several features say of one topic is
/// said once, by the one with the largest part. A sentence that sounds the other way is left out, and one that
/// tells nothing is told only where there is no other (`MessageTone`).
enum ReasonSelection {
  static let mostReasons = 5
  static let mostMitigating = 3
  static let mostPerFamily = 2
  /// Smaller contributions move the odds by less than 2 %, and are not worth a sentence.
  static let leastContribution = 0.02
  /// A plain feature silences subtle ones of its family whose part is at most so many times its own.
  static let plainBefore = 4.0

  /// Indices into `contributions` of what raises and what lowers the risk, the weightiest family first.
  ///
  /// - Parameters:
  ///   - contributions: one for each feature, on any additive scale.
  ///   - families: one for each feature.
  ///   - trends: for features that are trends their value, below 0 for a decline; nil for others.
  ///   - subtle: for each feature, whether a plain one of its family is to be heard first.
  ///   - topics: for each feature what it says, where others say the same; else nil.
  ///   - untold: for each feature, whether it must not be given as a reason of risk (`EarlyDays`).
  ///   - tone: how the sentence of a feature sounds in a direction, 1 or -1; asked for few of them.
  /// - Returns: positions in the arrays.
  static func choose(
    _ contributions: [Double], families: [FeatureFamily], trends: [Double?], subtle: [Bool],
    topics: [ReasonTopic?], untold: [Bool],
    tone: (_ index: Int, _ sign: Double) -> MessageTone = { _, _ in .neutral }
  ) -> (raising: [Int], lowering: [Int]) {
    precondition(
      contributions.count == families.count && contributions.count == trends.count
        && contributions.count == subtle.count && contributions.count == topics.count
        && contributions.count == untold.count,
      "one of each for every feature")
    var net: [FeatureFamily: Double] = [:]
    for (contribution, family) in zip(contributions, families) {
      net[family, default: 0] += contribution
    }
    func pick(_ sign: Double, most: Int) -> [Int] {
      let candidates = contributions.indices.filter {
        sign * contributions[$0] >= leastContribution && sign * net[families[$0], default: 0] > 0
          && (trends[$0].map { sign * $0 < 0 } ?? true) && !(sign > 0 && untold[$0])
      }
      var plain: [FeatureFamily: Double] = [:]
      for index in candidates where !subtle[index] {
        plain[families[index]] = max(plain[families[index]] ?? 0, abs(contributions[index]))
      }
      let heard = candidates.filter { index in
        !subtle[index]
          || abs(contributions[index]) > plainBefore * plain[families[index], default: 0]
      }
      let own = heard.sorted {
        (-sign * contributions[$0], $0) < (-sign * contributions[$1], $1)
      }
      // The first of a family has the weight of all of it, unless the others take away from it.
      var weights: [Int: Double] = [:]
      var begun: Set<FeatureFamily> = []
      for index in own {
        let part = sign * contributions[index]
        weights[index] =
          begun.insert(families[index]).inserted
          ? max(part, sign * net[families[index], default: 0]) : part
      }
      let ordered = own.sorted {
        (-weights[$0, default: 0], $0) < (-weights[$1, default: 0], $1)
      }
      var used: [FeatureFamily: Int] = [:]
      var picked: [Int] = []
      var told: Set<ReasonTopic> = []
      var firstEmpty: Int?
      for index in ordered where picked.count < most {
        guard used[families[index], default: 0] < mostPerFamily,
          topics[index].map({ !told.contains($0) }) ?? true
        else { continue }
        let tone = tone(index, sign)
        guard tone.fits(sign: sign) else { continue }
        guard tone != .empty else {
          firstEmpty = firstEmpty ?? index
          continue
        }
        if let topic = topics[index] { told.insert(topic) }
        used[families[index], default: 0] += 1
        picked.append(index)
      }
      return picked.isEmpty && sign > 0 ? firstEmpty.map { [$0] } ?? [] : picked
    }
    return (pick(1, most: mostReasons), pick(-1, most: mostMitigating))
  }
}
