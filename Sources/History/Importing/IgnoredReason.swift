/// Why rows are of no use, in words that hold no value of the row.
enum IgnoredReason {
  static let noSubscription = "no subscription"
  static let duplicate = "marked as a duplicate"
  static let notDone = "an operation that was not carried out"
}
