/// Traditional Chinese as written in Taiwan.
///
/// With the terms of Microsoft's partner centre: 訂用帳戶,
/// 自動續約, 保留, 試用版, 轉銷商, 暫停. Punctuation is full-width; a space stands between Chinese
/// characters and digits or Latin letters.
struct TraditionalChinese: Catalog {
  let grammar = Grammar(
    numbers: NumberStyle(decimalMark: ".", groupMark: ",", percentSpace: ""),
    formCount: 1,
    form: { _ in 0 },
    date: { "\($0) 年 \($1) 月 \($2) 日" },
    days: "# 天",
    ago: "=0 今天|# 天前",
    left: "=0 今天|還有 # 天",
    sentenceSpace: "")
}
