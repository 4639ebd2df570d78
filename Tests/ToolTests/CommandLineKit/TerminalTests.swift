import Testing

@testable import CommandLineKit

struct TerminalTests {
  private func terminal(
    isTerminal: Bool = true, window: Int? = nil, _ environment: [String: String] = [:]
  ) -> Terminal {
    Terminal(isTerminal: isTerminal, windowColumns: window, environment: { environment[$0] })
  }

  @Test func `uses colour on a terminal that has it`() {
    #expect(terminal(["TERM": "xterm-256color"]).allowsColor)
    #expect(terminal(["TERM": "xterm", "NO_COLOR": ""]).allowsColor)
  }

  @Test func `uses no colour where it is not wanted or understood`() {
    #expect(!terminal(["TERM": "xterm", "NO_COLOR": "1"]).allowsColor)
    #expect(!terminal(["TERM": "dumb"]).allowsColor)
    #expect(!terminal([:]).allowsColor)
    #expect(!terminal(isTerminal: false, ["TERM": "xterm"]).allowsColor)
  }

  @Test func `rewrites lines without colour too`() {
    #expect(terminal(["TERM": "xterm", "NO_COLOR": "1"]).allowsRewriting)
    #expect(!terminal(["TERM": "dumb"]).allowsRewriting)
    #expect(!terminal(isTerminal: false, ["TERM": "xterm"]).allowsRewriting)
  }

  @Test func `takes the width from COLUMNS, the window, or 80`() {
    #expect(terminal(window: 120, ["COLUMNS": "100"]).columns == 100)
    #expect(terminal(window: 120).columns == 120)
    #expect(terminal(window: 120, ["COLUMNS": "0"]).columns == 120)
    #expect(terminal(window: 120, ["COLUMNS": "x"]).columns == 120)
    #expect(terminal().columns == 80)
  }

  @Test func `styles text only where colour is allowed`() {
    #expect(terminal(["TERM": "xterm"]).styled("x", .red) == "\u{1B}[31mx\u{1B}[0m")
    #expect(terminal(["TERM": "dumb"]).styled("x", .bold) == "x")
  }
}
