/// What customers could call themselves to run formulas, break tables or pages, or bury what stands beside.
package enum HostileNames {
  package static let all = [
    "=HYPERLINK(\"http://example.com\";\"click\")", "+1+1", "-2+3", "@SUM(A1)", "\ttab", "\rreturn",
    "two\nlines", "two\r\nlines", "\"quoted\"", "a,b;c\td", " spaces ", "'apostrophe", "",
    "\u{202E}right to left", "עברית", "😀👩‍👩‍👧‍👦", "<script>alert(1)</script>", "../../etc/passwd",
    "ＦＵＬＬ＝", "＝1", "\u{1B}[31mred", String(repeating: "x", count: 10_000),
  ]
}
