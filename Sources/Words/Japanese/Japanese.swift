/// Japanese in the short style of lists.
///
/// With the terms of Microsoft's partner centre: サブスクリプション,
/// 自動更新, 予約, 試用版, リセラー, 中断. Punctuation is full-width, digits are half-width.
struct Japanese: Catalog {
  let grammar = Grammar(
    numbers: NumberStyle(decimalMark: ".", groupMark: ",", percentSpace: ""),
    formCount: 1,
    form: { _ in 0 },
    date: { "\($0)年\($1)月\($2)日" },
    days: "#日",
    ago: "=0 本日|#日前",
    left: "=0 本日|あと#日",
    sentenceSpace: "")
}
