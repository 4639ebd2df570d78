import Testing

@testable import CommandLineKit

struct KebabCaseTests {
  @Test(arguments: [
    ("top", "top"), ("asOf", "as-of"), ("CrossValidate", "cross-validate"),
    ("toJSONFile", "to-json-file"), ("tlsCert", "tls-cert"), ("top10List", "top10-list"), ("", ""),
  ])
  func `writes identifiers as the command line spells them`(pair: (String, String)) {
    #expect(kebabCase(pair.0) == pair.1)
  }
}
