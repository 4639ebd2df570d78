internal import Features
internal import History
internal import Words

/// What a reader of today's list must know about the data under it.
enum ScoringAttention {
  static func texts(_ context: LandmarkContext, sources: [Source]) -> [Attention] {
    var attention: [Attention] = []
    let expected = context.asOf - context.lag
    // Two sources that are exported on different days of the week are never both of today. One that has
    // ended is not waited for.
    for (source, end) in zip(sources, context.usageOfSources.map(\.through))
    where expected - end > LandmarkContext.staleAfterDays && !source.hasEnded(on: context.asOf) {
      attention.append(stale(source, end: end, asOf: context.asOf))
    }
    if context.usage.from == nil {
      attention.append(
        Attention(
          "noUsage",
          "The history holds no usage lines up to \(context.asOf): scores rest on the subscriptions' "
            + "own fields. Import the Azure usage export.", Message(.remarkNoUsage)))
    }
    for source in sources {
      guard let day = source.days.last(where: { $0.day <= context.asOf }), !day.isComplete,
        context.asOf - day.day <= Source.endedAfterDays
      else { continue }
      attention.append(
        Attention(
          "incompleteExport",
          day.hasAllPages
            ? "The export of \(day.day) lacks \(Int(((1 - day.retainedShare) * 100).rounded())) % of "
              + "the subscriptions it should still show. It counts as incomplete: nobody in it is "
              + "taken for missing. Download it again."
            : "The export of \(day.day) lacks pages (an @nextLink is left over, or TotalCount is not "
              + "reached). Nobody in it is taken for missing. Download the other pages.",
          day.hasAllPages
            ? Message(
              .remarkExportIncomplete, [.share: 1 - day.retainedShare],
              texts: [.date: day.day.description])
            : Message(.remarkExportLacksPages, texts: [.date: day.day.description])))
    }
    return attention
  }

  /// Usage that does not come for a while makes a list incomplete; usage that has not come for months has
  /// ended, and waiting for it would leave everybody without a list.
  private static func stale(_ source: Source, end: CalendarDay, asOf: CalendarDay) -> Attention {
    let days = asOf - end
    let hasEnded = days > Source.endedAfterDays
    return Attention(
      hasEnded ? "usageEnded" : "usageStale",
      "The usage of source '\(source.name)' ends on \(end), \(days) days before \(asOf). Gaps are counted "
        + "up to that day, so nobody is flagged for the delay. "
        + (hasEnded
          ? "It is no longer waited for; import newer usage if there is any."
          : "Import newer usage."),
      Message(
        .remarkUsageStale, [.days: Double(days)],
        texts: [.text: source.name, .date: end.description]))
  }

  /// Set when usage and subscriptions do not speak of the same ids; nobody would seem to use anything.
  static func idMismatch(_ match: IdMatch?) -> [Attention] {
    guard let match, let warning = match.warning else { return [] }
    return [
      Attention(
        "idMismatch", warning.prefix(1).uppercased() + warning.dropFirst() + ".",
        Message(
          .remarkIdMismatch, [.count: Double(match.known), .rows: Double(match.withUsage)]))
    ]
  }

  /// Set when the model has seen days that the list must not know.
  static func modelFromLater(_ model: RiskModelFile, asOf: CalendarDay) -> [Attention] {
    guard model.asOf > asOf else { return [] }
    return [
      Attention(
        "modelFromLater",
        "The model was trained on \(model.asOf) and has seen what happened after \(asOf): this list "
          + "looks better than it would have been. Train with --as-of \(asOf) to judge it.",
        Message(.remarkModelFromLater, texts: [.date: model.asOf.description]))
    ]
  }
}
