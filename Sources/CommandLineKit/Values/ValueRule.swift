/// A rule that a value must meet beyond its type, with the words help and errors use for it.
public struct ValueRule<Value>: Sendable {
  /// Completes the sentence "Expected …": `at least 1`.
  public let expectation: String
  let accepts: @Sendable (Value) -> Bool

  /// A rule of the program's own.
  ///
  /// - Parameters:
  ///   - expectation: completes the sentence "Expected …".
  ///   - accepts: whether the value meets the rule.
  public init(_ expectation: String, accepts: @escaping @Sendable (Value) -> Bool) {
    self.expectation = expectation
    self.accepts = accepts
  }
}

extension ValueRule where Value: ParsableValue & Comparable & Sendable {
  /// The limit or anything above it.
  public static func atLeast(_ limit: Value) -> ValueRule {
    ValueRule("at least \(limit.argumentText)") { $0 >= limit }
  }

  /// Anything above the limit, the limit excluded.
  public static func above(_ limit: Value) -> ValueRule {
    ValueRule("more than \(limit.argumentText)") { $0 > limit }
  }

  /// Anything within the range, both ends included.
  public static func within(_ range: ClosedRange<Value>) -> ValueRule {
    ValueRule("\(range.lowerBound.argumentText) to \(range.upperBound.argumentText)") {
      range.contains($0)
    }
  }
}
