internal import Files
internal import History

/// A cell as a sheet has it: the kind of its column says what it becomes.
///
/// ```
/// <c r="L2" s="4"><v>46000</v></c>                            a day, counted from 1899-12-30
/// <c r="E2" s="1" t="inlineStr"><is><t>Contoso</t></is></c>   text, which is never a formula
/// ```
enum SheetCell {
  case empty
  case number(Double)
  case integer(Int)
  case flag(Bool)
  case text(String)

  init(_ cell: ListTable.Cell, kind: ListColumn.Kind) {
    switch cell {
    case .empty: self = .empty
    case .integer(let integer): self = .integer(integer)
    case .number(let number): self = number.isFinite ? .number(number) : .empty
    case .bool(let flag): self = .flag(flag)
    case .text(let text), .word(let text):
      guard !text.isEmpty else {
        self = .empty
        return
      }
      if kind == .day, let day = CalendarDay(text), day >= Self.firstDay {
        self = .integer(Int(day.daysSinceEpoch) + Self.excelDayOfEpoch)
      } else {
        self = .text(text)
      }
    }
  }

  /// 1970-01-01 counted as Excel does.
  private static let excelDayOfEpoch = 25_569
  /// Before it Excel's count is off by the leap day that 1900 did not have.
  private static let firstDay = CalendarDay(daysSinceEpoch: 61 - 25_569)

  /// Appends the cell; an empty one is left out.
  func append(to xml: inout [UInt8], row: [UInt8], style: SheetStyle) {
    if case .empty = self { return }
    xml.append(contentsOf: "<c r=\"".utf8)
    xml.append(contentsOf: style.letters)
    xml.append(contentsOf: row)
    xml.append(contentsOf: "\" s=\"".utf8)
    xml.append(contentsOf: style.number)
    switch self {
    case .empty: break
    case .number(let number):
      xml.append(contentsOf: "\"><v>".utf8)
      JSONText.append(number, to: &xml)
      xml.append(contentsOf: "</v></c>".utf8)
    case .integer(let integer):
      xml.append(contentsOf: "\"><v>".utf8)
      JSONText.append(integer, to: &xml)
      xml.append(contentsOf: "</v></c>".utf8)
    case .flag(let flag):
      xml.append(contentsOf: "\" t=\"b\"><v>".utf8)
      xml.append(UInt8(ascii: flag ? "1" : "0"))
      xml.append(contentsOf: "</v></c>".utf8)
    case .text(let text):
      xml.append(contentsOf: "\" t=\"inlineStr\"><is><t xml:space=\"preserve\">".utf8)
      SheetText.append(SheetText.fitting(text), to: &xml)
      xml.append(contentsOf: "</t></is></c>".utf8)
    }
  }
}
