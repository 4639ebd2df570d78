extension String: ParsableValue {
  /// Takes any word as it is, the empty one included.
  public init?(argument: String) { self = argument }

  /// Any text.
  public static var syntax: ValueSyntax { ValueSyntax("text") }
}

extension Int: ParsableValue {
  /// Reads decimal digits with an optional sign.
  public init?(argument: String) { self.init(argument) }

  /// `N`, a whole number.
  public static var syntax: ValueSyntax {
    ValueSyntax("a whole number", placeholder: "N", isNumber: true)
  }
}

extension UInt64: ParsableValue {
  /// Reads decimal digits.
  public init?(argument: String) { self.init(argument) }

  /// `N`, a whole number that is not negative; for seeds.
  public static var syntax: ValueSyntax {
    ValueSyntax("a whole number from 0", placeholder: "N", isNumber: true)
  }
}

extension Double: ParsableValue {
  /// Reads a finite decimal number; `nan`, `inf` and hexadecimal are refused.
  public init?(argument: String) {
    let isDecimal = argument.utf8.allSatisfy { byte in
      (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || "+-.eE".utf8.contains(byte)
    }
    guard isDecimal, let value = Double(argument), value.isFinite else { return nil }
    self = value
  }

  /// `NUMBER`, with a decimal point.
  public static var syntax: ValueSyntax {
    ValueSyntax("a number with a decimal point", placeholder: "NUMBER", isNumber: true)
  }
}
