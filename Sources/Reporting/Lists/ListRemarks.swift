internal import RiskModel
internal import Words

/// Which of the remarks stand on a list for people.
///
/// The partner's own files have all of them. Whoever works through a list reads those that change what the
/// list is worth, and none about files, training or drift of features.
enum ListRemarks {
  /// Warnings that matter to readers of a list.
  private static let ofReaders: Set<String> = [
    "usageStale", "noUsage", "incompleteExport", "sourceMissing", "idMismatch", "modelFromLater",
    "tooLittleHistory", "noRanking", "noProvenSkill", "calibrationOff", "scoreDrift",
  ]

  /// The remarks for a list, in the words of the catalog where it has them.
  static func shown(of document: AtRiskDocument, on kind: RiskList.Kind) -> [Attention] {
    let isOwn = kind != .list && kind != .unassigned
    return document.attention
      .filter { isOwn || $0.severity == .warning && ofReaders.contains($0.code) }
      .map { remark in
        var remark = remark
        if let message = remark.message { remark.text = document.language.text(message) }
        return remark
      }
  }
}
