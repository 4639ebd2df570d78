/// A line of foreign text with a caret below one of its characters, for messages about expressions.
///
/// ```
///   customerName = '日本電気'
///                ^
/// ```
/// Unsafe characters are shown as `�`, wide ones count two columns, and of long text only the
/// surroundings of the place are shown.
///
/// - Parameters:
///   - text: in one line.
///   - column: from 1, in characters; one behind the last is its end.
/// - Returns: two lines, each indented by two spaces, without a line feed at the end.
public func pointed(_ text: String, column: Int) -> String {
  let reach = 36
  let place = max(0, column - 1)
  let start = max(0, place - reach)
  let characters = Array(text.dropFirst(start).prefix(place - start + reach))
  let cells = characters.map { String($0).neutralised() }
  let isCut = text.dropFirst(start + characters.count).first != nil
  let lead = start > 0 ? "…" : ""
  let before = lead + cells.prefix(place - start).joined()
  return "  " + lead + cells.joined() + (isCut ? "…" : "")
    + "\n  " + String(repeating: " ", count: before.displayWidth) + "^"
}
