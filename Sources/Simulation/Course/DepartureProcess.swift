import Glibc

/// The weekly hidden Markov chain that decides whether, when and how a subscription leaves.
///
/// ```
///                    enter                 next week
///        steady  ─────────────►  fading 1 ─────────► fading 2 … fading 10 ⟲
///          ▲  │                     │                    │
///          │  │ sudden              │ leave(k), grows with the week
///          │  └───────────► gone ◄──┴────────────────────┘
///          └──────── recovers ──────┴────────────────────┘
/// ```
/// Beside the mood run two yes/no states: the subscriber *wants out* (auto-renew switched off with
/// intent, committed subscriptions only) and the whole customer *winds down* (shared by its
/// subscriptions, evolves by itself). Every week brings exactly one of: a term's end without
/// renewal, a transfer, a suspension for non-payment, a departure, or a change of mood.
///
/// The same `chances` drive the simulation and `departureProbability`, which sums over all paths of
/// the chain instead of drawing one. It is therefore exact, but for one thing: a suspension that is
/// paid for pauses the chain for up to four weeks, and the sum ignores the pause.
struct DepartureProcess: Sendable {
  var parameters: SimulationParameters

  static let lastFadeWeek = 10

  /// What one subscription carries from week to week, besides its customer's state.
  struct State: Sendable, Hashable {
    /// 0: steady; k: the k-th week of fading, 10 meaning "or later".
    var fadeWeek = 0
    var wantsOut = false
  }

  /// How a term ends within a week.
  enum TermEnd: Sendable, Hashable { case none, renewable, fixed }

  /// What is fixed about a week, whatever the subscription does.
  struct Week: Sendable {
    /// Log of the risk relative to an average subscription.
    var logRisk: Double
    var termEnd: TermEnd
    /// Auto-renew can be switched off with intent.
    var isCommitted: Bool
  }

  /// The probabilities of one week's exits (they exclude each other) and, if none, of the moods.
  struct Chances: Sendable {
    var transfer = 0.0
    var termEnds = 0.0
    var leave = 0.0
    var unpaidAndLost = 0.0
    var unpaidForAWhile = 0.0
    var enter = 0.0
    var recover = 0.0
    var wantOut = 0.0
    var stayIn = 0.0
  }

  func chances(_ state: State, isWindingDown: Bool, week: Week) -> Chances {
    var chances = Chances()
    switch week.termEnd {
    case .fixed:
      chances.termEnds = 1
      return chances
    case .renewable where state.wantsOut:
      chances.leave = 0.65
      chances.termEnds = 0.35
      return chances
    case .none, .renewable: break
    }
    let risk = exp(week.logRisk + (state.wantsOut ? 0.8 : 0) + (isWindingDown ? 1.7 : 0))
    chances.transfer = parameters.transferPerWeek
    let unpaid = min(0.1, parameters.nonPaymentPerWeek * risk.squareRoot())
    chances.unpaidAndLost = unpaid * parameters.nonPaymentLostShare
    chances.unpaidForAWhile = unpaid - chances.unpaidAndLost
    if state.fadeWeek == 0 {
      chances.leave = min(0.2, parameters.suddenPerWeek * risk)
      chances.enter = min(0.3, parameters.fadePerWeek * risk)
    } else {
      // Nobody leaves in the first week of fading; from the second on it becomes likelier.
      let growth = Double(state.fadeWeek - 1) / Double(Self.lastFadeWeek - 1)
      chances.leave = state.fadeWeek == 1 ? 0 : 0.02 + 0.33 * growth * growth
      chances.recover = parameters.recoveryPerWeek
    }
    if week.isCommitted {
      chances.wantOut = state.fadeWeek == 0 ? min(0.05, 0.0006 * risk) : 0.06
      chances.stayIn = 0.01
    }
    return chances
  }

  /// What a week did to an active subscription.
  enum Outcome: Sendable, Hashable {
    case stayed, left, unpaidAndLost, unpaidForAWhile, ended, transferred
  }

  /// Draws one week; always three draws, so that streams stay aligned.
  func step(
    _ state: inout State, isWindingDown: Bool, week: Week, chance: inout SplitMix64
  ) -> Outcome {
    let chances = chances(state, isWindingDown: isWindingDown, week: week)
    let exit = chance.unit()
    let mood = chance.unit()
    let intent = chance.unit()
    var bound = chances.transfer
    if exit < bound { return .transferred }
    bound += chances.termEnds
    if exit < bound { return .ended }
    bound += chances.leave
    if exit < bound { return .left }
    bound += chances.unpaidAndLost
    if exit < bound { return .unpaidAndLost }
    bound += chances.unpaidForAWhile
    if exit < bound { return .unpaidForAWhile }
    if state.fadeWeek == 0 {
      if mood < chances.enter { state.fadeWeek = 1 }
    } else if mood < chances.recover {
      state.fadeWeek = 0
    } else {
      state.fadeWeek = min(state.fadeWeek + 1, Self.lastFadeWeek)
    }
    state.wantsOut = state.wantsOut ? intent >= chances.stayIn : intent < chances.wantOut
    return .stayed
  }

  /// One week of the customer's own state.
  func windDown(_ isWindingDown: inout Bool, chance: inout SplitMix64) {
    let draw = chance.unit()
    isWindingDown =
      isWindingDown ? draw >= parameters.windUpPerWeek : draw < parameters.windDownPerWeek
  }
}
