/// `1 row`, `2 rows`; the noun is in the singular, and its plural ends in s.
func counted(_ number: Int, _ noun: String) -> String {
  "\(number) \(noun)\(number == 1 ? "" : "s")"
}
