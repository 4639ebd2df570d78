internal import Glibc

/// The product-limit estimate of how many subscriptions are still there at an age, with a pointwise band.
///
///     S(t) = Π_{tᵢ ≤ t} (1 − dᵢ/nᵢ)                   dᵢ lost at age tᵢ, nᵢ followed there
///     Var(log(−log S)) = Σ dᵢ/(nᵢ(nᵢ − dᵢ)) / log²S   Greenwood, on the log-log scale
///
/// A subscription counts as followed at t when it entered before t and left at t or later, so those that began
/// before anybody looked enter at the age that they had then (left truncation) and add nothing about younger
/// ages. Where few of them are young, the first estimates would rest on one or two: the curve starts where
/// `fewest` are followed and is conditional on having reached that age; it ends where fewer are.
/// Source: Kaplan & Meier 1958; Klein & Moeschberger 2003, §4.2–4.6.
package struct KaplanMeier: Sendable, Hashable {
  package struct Step: Sendable, Hashable {
    /// In days.
    package let age: Int
    package let atRisk: Int
    /// At least 1.
    package let lost: Int
    /// Just after the age, 0 … 1.
    package let survival: Double
    /// A 95 % interval at this age; nil where nobody is left.
    package let low, high: Double?
  }

  package let subjects: Int
  package let lost: Int
  /// Subjects that entered later than at their start.
  package let truncated: Int
  /// The age at which the curve starts, in days.
  package let firstAge: Int
  /// The greatest age at which enough are followed; the curve ends there.
  package let lastAge: Int
  /// By age; the survival is 1 before the first.
  package let steps: [Step]

  /// Fewer followed subscriptions than this say little.
  package static let fewestFollowed = 10

  /// The 97.5 % point of the normal distribution.
  private static let z = 1.959963984540054

  /// - Parameters:
  ///   - all: in any order.
  ///   - fewest: how many must be followed; 1 = no limit. Where there never are so many, the most there are.
  package init(_ all: [SurvivalSubject], fewest: Int = Self.fewestFollowed) {
    subjects = all.count
    lost = all.count(where: \.isLost)
    truncated = all.count(where: \.isTruncated)
    let entries = all.map(\.entryAge).sorted()
    let exits = all.map(\.exitAge).sorted()
    // Ages at which the number of those followed can change: it rises behind an entry, falls behind an exit.
    let ages = Set(entries.map { $0 + 1 } + exits).sorted()
    var followed: [(age: Int, count: Int)] = []
    var (entered, left) = (0, 0)
    for age in ages {
      while entered < entries.count, entries[entered] < age { entered += 1 }
      while left < exits.count, exits[left] < age { left += 1 }
      followed.append((age, entered - left))
    }
    let needed = max(1, min(fewest, followed.map(\.count).max() ?? 1))
    let enough = followed.filter { $0.count >= needed }
    let (first, last) = (enough.first?.age ?? 0, enough.last?.age ?? 0)
    (firstAge, lastAge) = (first, last)
    let losses = Dictionary(grouping: all.filter(\.isLost), by: \.exitAge).mapValues(\.count)
    let counts = Dictionary(uniqueKeysWithValues: followed.map { ($0.age, $0.count) })
    var (survival, sum) = (1.0, 0.0)
    steps = losses.keys.filter { $0 >= first && $0 <= last }.sorted().map { age in
      let (n, d) = (Double(counts[age] ?? 0), Double(losses[age] ?? 0))
      survival *= 1 - d / n
      sum += d / (n * (n - d))
      guard survival > 0 else {
        return Step(
          age: age, atRisk: Int(n), lost: Int(d), survival: 0, low: nil, high: nil)
      }
      let spread = Self.z * sum.squareRoot() / abs(log(survival))
      return Step(
        age: age, atRisk: Int(n), lost: Int(d), survival: survival,
        low: pow(survival, exp(spread)), high: pow(survival, exp(-spread)))
    }
  }

  /// The estimate at an age; nil outside of the curve.
  package func step(at age: Int) -> (survival: Double, low: Double?, high: Double?)? {
    guard age >= firstAge, age <= lastAge, subjects > 0 else { return nil }
    return steps.last { $0.age <= age }.map { ($0.survival, $0.low, $0.high) } ?? (1, nil, nil)
  }

  /// The first age at which at most half are left; nil where more are.
  package var medianAge: Int? { steps.first { $0.survival <= 0.5 }?.age }
}
