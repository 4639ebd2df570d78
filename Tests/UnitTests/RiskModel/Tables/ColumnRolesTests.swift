import Testing

@testable import RiskModel

struct ColumnRolesTests {
  @Test func `different columns do not contradict each other`() {
    var roles = ColumnRoles(label: "y")
    (roles.fold, roles.group, roles.time) = ("f", "g", "t")
    roles.ignored = ["a", "a"]
    roles.categorical = ["b"]
    #expect(roles.contradiction == nil)
  }

  @Test func `a column with two roles is found`() throws {
    var roles = ColumnRoles(label: "y")
    roles.ignored = ["x", "y"]
    let contradiction = try #require(roles.contradiction)
    #expect(contradiction == ("y", "--label", "--ignore"))
  }
}
