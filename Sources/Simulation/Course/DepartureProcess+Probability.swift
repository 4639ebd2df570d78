extension DepartureProcess {
  /// The probability that an active subscription leaves for good within `weeks.count` weeks.
  ///
  /// Backward over the weeks, with w the customer's state, s the subscription's:
  /// P₀(s, w) = 0; Pₙ(s, w) = Σ_w' p(w → w') · ( leave + lost + pause · Pₙ₋₁(s, w')
  ///            + (1 − all exits) · Σ_s' p(s → s') · Pₙ₋₁(s', w') ).
  /// - Parameters:
  ///   - state: at the landmark.
  ///   - isWindingDown: of the customer, at the landmark.
  ///   - idleWeeks: weeks before the chain starts (the rest of a trial); counted within the horizon.
  ///   - weeks: the chain's weeks inside the horizon, in order.
  /// - Returns: 0 … 1.
  /// - Complexity: O(weeks · 44).
  func departureProbability(
    from state: State, isWindingDown: Bool, idleWeeks: Int = 0, weeks: [Week]
  ) -> Double {
    let stateCount = 4 * (Self.lastFadeWeek + 1)
    var later = [Double](repeating: 0, count: stateCount)
    var turned = later
    for week in weeks.reversed() {
      for fadeWeek in 0...Self.lastFadeWeek {
        for wantsOut in [false, true] {
          let state = State(fadeWeek: fadeWeek, wantsOut: wantsOut)
          for isWindingDown in [false, true] {
            turned[Self.index(state, isWindingDown)] = leaving(
              state, isWindingDown: isWindingDown, week: week, later: later)
          }
        }
      }
      for calm in stride(from: 0, to: stateCount, by: 2) {
        (later[calm], later[calm + 1]) = customerTurns(
          calm: turned[calm], winding: turned[calm + 1])
      }
    }
    var calm = later[Self.index(state, false)]
    var winding = later[Self.index(state, true)]
    for _ in 0..<idleWeeks {
      (calm, winding) = customerTurns(calm: calm, winding: winding)
    }
    return isWindingDown ? winding : calm
  }

  /// The expectations before the customer's own change of a week, from those after it.
  private func customerTurns(calm: Double, winding: Double) -> (calm: Double, winding: Double) {
    (
      calm + parameters.windDownPerWeek * (winding - calm),
      winding + parameters.windUpPerWeek * (calm - winding)
    )
  }

  /// Pₙ once the customer's state of the week is known, from `later` = Pₙ₋₁.
  private func leaving(
    _ state: State, isWindingDown: Bool, week: Week, later: [Double]
  ) -> Double {
    let chances = chances(state, isWindingDown: isWindingDown, week: week)
    let exits =
      chances.transfer + chances.termEnds + chances.leave + chances.unpaidAndLost
      + chances.unpaidForAWhile
    func afterIntent(_ fadeWeek: Int) -> Double {
      let out = later[Self.index(State(fadeWeek: fadeWeek, wantsOut: true), isWindingDown)]
      let renewing = later[Self.index(State(fadeWeek: fadeWeek, wantsOut: false), isWindingDown)]
      let wantsOut = state.wantsOut ? 1 - chances.stayIn : chances.wantOut
      return wantsOut * out + (1 - wantsOut) * renewing
    }
    let stays: Double
    if state.fadeWeek == 0 {
      stays = chances.enter * afterIntent(1) + (1 - chances.enter) * afterIntent(0)
    } else {
      let next = min(state.fadeWeek + 1, Self.lastFadeWeek)
      stays = chances.recover * afterIntent(0) + (1 - chances.recover) * afterIntent(next)
    }
    return chances.leave + chances.unpaidAndLost
      + chances.unpaidForAWhile * later[Self.index(state, isWindingDown)]
      + max(0, 1 - exits) * stays
  }

  private static func index(_ state: State, _ isWindingDown: Bool) -> Int {
    state.fadeWeek * 4 + (state.wantsOut ? 2 : 0) + (isWindingDown ? 1 : 0)
  }
}
