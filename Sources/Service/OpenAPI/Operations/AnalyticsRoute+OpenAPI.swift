internal import Analytics

extension AnalyticsRoute {
  func operation(_ method: String) -> Operation { operation(on: resource) }

  private func operation(on resource: some AnalyticsResource) -> Operation {
    Operation(
      summary: String(resource.abstract.drop { $0 == "." }.dropLast()),
      description:
        "Rows as they are, or groups of them where groupby says by what. Nothing found is a page without rows.",
      parameters: QueryParameter.allCases.map { $0.openAPI(of: resource) },
      answers: [.json(ResourceSchemas(resource).page, "What was found.")],
      errors: [.badRequest, .failure])
  }
}
