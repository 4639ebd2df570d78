import Testing

@testable import RiskModel

struct NearestNameTests {
  private let names = ["churn", "tenure", "MonthlyCharges", "fold"]

  @Test(arguments: [
    ("Churn", "churn"), ("chrn", "churn"), ("tenurre", "tenure"),
    ("monthly_charges", "MonthlyCharges"),
    ("folds", "fold"),
  ]) func `finds what was meant`(misspelt: String, meant: String) {
    #expect(nearestName(to: misspelt, among: names) == meant)
  }

  @Test(arguments: ["label", "x", ""]) func `is silent when nothing is close`(word: String) {
    #expect(nearestName(to: word, among: names) == nil)
  }

  @Test func `keeps the order of equal candidates`() {
    #expect(nearestName(to: "aaax", among: ["aaab", "aaac"]) == "aaab")
  }

  @Test func `takes a short name only for one letter more or less`() {
    #expect(nearestName(to: "yy", among: ["x", "y"]) == "y")
    #expect(nearestName(to: "z", among: ["x", "y"]) == nil)
    #expect(nearestName(to: "X", among: ["y", "x"]) == "x")
  }
}
