import Testing

@testable import churn_bench

struct TargetTests {
  @Test(arguments: [(2.0, "stretch"), (1.99, "must"), (1.4, "must"), (1.39, "miss")])
  func `more is better`(figure: Double, grade: String) {
    #expect(Target.atLeast(1.4, stretch: 2).grade(figure).rawValue == grade)
  }

  @Test(arguments: [(5.0, "stretch"), (5.01, "must"), (8.0, "must"), (8.01, "miss")])
  func `less is better`(figure: Double, grade: String) {
    #expect(Target.atMost(8, stretch: 5).grade(figure).rawValue == grade)
  }
}
