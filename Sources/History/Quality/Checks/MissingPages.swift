/// Answers of several pages, of which some were not imported.
///
/// The files of one source, kind and day are the pages of one answer. Pages are missing when each of them
/// names a next one (`@nextLink`), or when together they have fewer rows than one of them says there are
/// (`TotalCount`). A warning where it is the newest answer of its source; older ones are a
/// recommendation.
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
          let problem = problem(of: pages)
        else { continue }
        found.append(
          finding(
            day == newest ? .warning : .recommendation, file: last.path, count: problem.missing,
            "\(problem.text) (\(last.resource.rawValue) of \(last.source), \(day)); import all "
              + "pages of the answer"))
      }
    }
    return found
  }

  private func problem(of pages: [QualityFacts.File]) -> (missing: Int, text: String)? {
    let rows = pages.reduce(0) { $0 + $1.rowsRead }
    if let total = pages.compactMap(\.totalCount).max(), rows < total {
      return (total - rows, "\(total - rows) of the \(total) rows of the answer are missing")
    }
    guard pages.allSatisfy(\.hasNextLink) else { return nil }
    return (1, "the last page names a next one (@nextLink)")
  }
}
