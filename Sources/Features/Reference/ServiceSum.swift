internal import Glibc
internal import History

/// What is counted of one service in one cohort on one day.
struct ServiceSum: SummableCounts, Hashable {
  /// Present subscriptions that used it in the last 28 and 91 days, and on any day known.
  var users28: Int32 = 0
  var users91: Int32 = 0
  var usersKnown: Int32 = 0
  /// Over the users of the last 28 days: log₂ of what they used, in 1/1,024.
  var logQuantity: Int64 = 0
  /// Over the users of any day known: the same of all that they used, and its square.
  var logTotal: Int64 = 0
  var logTotalSquare: Int64 = 0

  init() {}

  /// One user, of any time.
  init(user use: ServiceUse) {
    usersKnown = 1
    logTotal = Int64(use.known.logSteps)
    logTotalSquare = logTotal * logTotal
    users91 = use.quantity > 0 ? 1 : 0
    guard use.recentQuantity > 0 else { return }
    users28 = 1
    logQuantity = Self.logSteps(use.recentQuantity)
  }

  private static let steps = 1_024.0
  /// Sums of the largest numbers there are may be infinite.
  private static let largestLog = 1_100.0

  /// log₂ of a quantity, > 0, in whole 1/1,024: what is added can be taken away again.
  static func logSteps(_ quantity: Double) -> Int64 {
    let number = min(log2(quantity), largestLog) * steps
    // To the nearest whole number, without a call.
    return Int64(number + (number < 0 ? -0.5 : 0.5))
  }

  static func += (sum: inout Self, other: Self) {
    sum.users28 += other.users28
    sum.users91 += other.users91
    sum.usersKnown += other.usersKnown
    sum.logQuantity += other.logQuantity
    sum.logTotal += other.logTotal
    sum.logTotalSquare += other.logTotalSquare
  }

  static func - (sum: Self, other: Self) -> Self {
    var difference = sum
    difference.users28 -= other.users28
    difference.users91 -= other.users91
    difference.usersKnown -= other.usersKnown
    difference.logQuantity -= other.logQuantity
    difference.logTotal -= other.logTotal
    difference.logTotalSquare -= other.logTotalSquare
    return difference
  }

  /// What `logSteps` stands for.
  @inline(__always)
  static func log(ofSteps steps: Int64) -> Double { Double(steps) / Self.steps }

  /// Of the users of the last 28 days: the mean of log₂ of what they used; 0 without any.
  var meanLogQuantity: Double {
    users28 > 0 ? Self.log(ofSteps: logQuantity) / Double(users28) : 0
  }

  /// Of the users of any day known: mean and standard deviation of log₂ of all that they used; 0 without
  /// any.
  var spreadOfTotals: (mean: Double, deviation: Double) {
    guard usersKnown > 0 else { return (0, 0) }
    let count = Double(usersKnown)
    let mean = Self.log(ofSteps: logTotal) / count
    let square = Double(logTotalSquare) / Self.steps / Self.steps / count
    return (mean, max(square - mean * mean, 0).squareRoot())
  }

  var isEmpty: Bool { usersKnown == 0 && users91 == 0 }
}
