/// How long one thing took, again and again, in seconds.
struct Timings: Hashable {
  /// Ascending; at least one.
  let values: [Double]

  init(_ values: [Double]) {
    precondition(!values.isEmpty, "there is at least one timing")
    self.values = values.sorted()
  }

  var minimum: Double { values[0] }
  var maximum: Double { values[values.count - 1] }

  /// The middle value; of an even number the mean of the two in the middle.
  var median: Double {
    let middle = values.count / 2
    return values.count.isMultiple(of: 2)
      ? (values[middle - 1] + values[middle]) / 2 : values[middle]
  }

  /// (maximum - minimum) / median; 0 for a single value.
  var spread: Double { median > 0 ? (maximum - minimum) / median : 0 }
}
