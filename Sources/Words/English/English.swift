/// British English, as in Microsoft's documents for partners.
struct English: Catalog {
  let grammar = Grammar(
    numbers: NumberStyle(decimalMark: ".", groupMark: ",", percentSpace: " "),
    formCount: 2,
    form: { $0 == 1 ? 0 : 1 },
    date: { "\($2) \(months[$1 - 1]) \($0)" },
    days: "# day|# days",
    ago: "=0 today|# day ago|# days ago",
    left: "=0 today|in # day|in # days")

  private static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
  ]
}
