/// Answers of several pages, of which some were not imported.
///
/// The files of one source, kind and day are the pages of one answer. Pages are missing when each of them
/// names a next one (`@nextLink`), or when together they have fewer rows than one of them says there are
/// (`TotalCount`). A subscription that stands on several pages counts once: pages that were asked for with
/// `skip` and `top` overlap when the order changes between them, and what one shows twice another lacks. What
/// one page shows twice is taken for a row of the answer that `TotalCount` counts as well: that the page was put
/// together from several that overlap is only remarked.
/// A warning where it is the newest answer of its source; older ones and remarks are a recommendation.
struct MissingPages: QualityCheck {
  let name = "missingPages"
  let isAboutFiles = true

  private struct Answer: Hashable {
    var source: String
    var resource: Resource
  }

  func findings(in facts: QualityFacts) -> [QualityFinding] {
    let answers = Dictionary(grouping: facts.files.filter(\.resource.isExport)) {
      Answer(source: $0.source, resource: $0.resource)
    }
    var found: [QualityFinding] = []
    for files in answers.values {
      let newest = files.map(\.observedOn).max()
      for (day, pages) in Dictionary(grouping: files, by: \.observedOn) {
        guard let last = pages.last(where: \.isInQuestion),
          let problem = problem(of: pages, in: facts)
        else { continue }
        found.append(
          finding(
            day == newest && problem.isCertain ? .warning : .recommendation, file: last.path,
            count: problem.missing,
            "\(problem.text) (\(last.resource.rawValue) of \(last.source), \(day)); \(problem.remedy)"
          ))
      }
    }
    return found
  }

  private struct Problem {
    var missing: Int
    var text: String
    var remedy = "import all pages of the answer"
    var isCertain = true
  }

  private func problem(of pages: [QualityFacts.File], in facts: QualityFacts) -> Problem? {
    var rows = pages.reduce(0) { $0 + $1.rowsRead }
    var (shared, twice) = (0, 0)
    if let first = pages.first, first.resource == .subscriptions {
      shared = facts.export(of: first.source, on: first.observedOn)?.sharedRows ?? 0
      rows -= shared
      twice = pages.reduce(0) { $0 + $1.rowsTwice }
    }
    let overlap = counted(shared, "row") + " repeat a subscription of another page"
    if let total = pages.compactMap(\.totalCount).max() {
      if rows < total {
        let text = "\(total - rows) of the \(total) rows of the answer are missing"
        return Problem(missing: total - rows, text: shared > 0 ? "\(text), and \(overlap)" : text)
      }
      if rows - twice < total {
        return Problem(
          missing: twice,
          text: counted(twice, "row")
            + " \(twice == 1 ? "repeats" : "repeat") a subscription of the same page",
          remedy:
            "where it was put together from several pages, as many others may be missing: request it anew",
          isCertain: false)
      }
    } else if shared > 0, pages.contains(where: \.hasNextLink),
      pages.contains(where: { !$0.hasNextLink })
    {
      return Problem(
        missing: shared, text: "\(overlap); others may stand on none",
        remedy: "request all pages of the answer anew, one after the other")
    }
    guard pages.allSatisfy(\.hasNextLink) else { return nil }
    return Problem(missing: 1, text: "the last page names a next one (@nextLink)")
  }
}
