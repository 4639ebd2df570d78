/// How high a row of wrapped text is: Excel measures it when it opens a workbook, LibreOffice does not.
enum RowHeight {
  /// Of one line of 11 points.
  private static let linePoints = 15.0
  /// What a sheet allows.
  private static let mostPoints = 409.0

  static func points(lines: Int) -> Double { min(mostPoints, Double(lines) * linePoints + 1) }

  /// How many lines a text takes.
  ///
  /// - Parameters:
  ///   - text: wrapped at spaces.
  ///   - width: of the column, in digits; East Asian characters are two wide.
  /// - Returns: rather one more than one less.
  static func lines(_ text: String, width: Int) -> Int {
    // Fonts that stand in for Excel's own are wider, and words do not fill their lines.
    let room = Double(width) * 0.9
    return text.split(separator: "\n", omittingEmptySubsequences: false).reduce(0) { count, line in
      let wide = line.unicodeScalars.reduce(0) { $0 + ($1.value >= 0x1100 ? 2 : 1) }
      return count + max(1, Int((Double(wide) / room).rounded(.up)))
    }
  }
}
