/// What a standard stream is attached to: a terminal or not, how wide, and whether colour is wanted.
public struct Terminal: Sendable, Hashable {
  /// Whether a person is likely to be looking.
  public let isTerminal: Bool
  /// Columns: `COLUMNS`, else the window's, else 80.
  public let columns: Int
  /// Whether colours and bold may be used: only on a terminal that understands them, and not when
  /// `NO_COLOR` is set to anything but nothing. Source: https://no-color.org
  public let allowsColor: Bool
  /// Whether lines may be erased and rewritten: a terminal, and not `TERM=dumb`.
  public let allowsRewriting: Bool

  /// What the stream is attached to now.
  public init(_ stream: StandardStream) {
    self.init(
      isTerminal: System.isTerminal(stream.rawValue),
      windowColumns: System.windowColumns(stream.rawValue), environment: System.environment)
  }

  init(isTerminal: Bool, windowColumns: Int?, environment: (String) -> String?) {
    let kind = environment("TERM") ?? ""
    let noColor = environment("NO_COLOR").map { !$0.isEmpty } ?? false
    let declared = environment("COLUMNS").flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil }
    self.isTerminal = isTerminal
    columns = declared ?? windowColumns ?? 80
    allowsRewriting = isTerminal && !kind.isEmpty && kind != "dumb"
    allowsColor = allowsRewriting && !noColor
  }

  /// The text in a style, or as it is when colour is not allowed.
  public func styled(_ text: String, _ style: TextStyle) -> String {
    allowsColor ? "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m" : text
  }
}

/// A way to set off text on a terminal; the number is that of ECMA-48 SGR.
public enum TextStyle: Int, Sendable, CaseIterable {
  /// Heavier or brighter.
  case bold = 1
  /// Fainter.
  case dim = 2
  /// For what is wrong or urgent.
  case red = 31
  /// For what is well.
  case green = 32
  /// For what deserves a look.
  case yellow = 33
}
