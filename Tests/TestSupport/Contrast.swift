internal import Glibc

/// How well one colour can be told from another, by WCAG 2.2 (contrast ratio, relative luminance).
package enum Contrast {
  /// How far apart the two are in luminance.
  ///
  /// - Parameters:
  ///   - one: six hexadecimal digits.
  ///   - other: likewise.
  /// - Returns: 1 … 21; text needs 4.5, other things 3.
  package static func ratio(_ one: String, _ other: String) -> Double {
    let both = [luminance(one), luminance(other)].sorted()
    return (both[1] + 0.05) / (both[0] + 0.05)
  }

  private static func luminance(_ colour: String) -> Double {
    guard let number = Int(colour, radix: 16) else {
      preconditionFailure("\(colour) is no colour")
    }
    let shares: [Double] = [16, 8, 0].map { shift in Double((number >> shift) & 255) / 255 }
    let parts: [Double] = shares.map { share in
      share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
  }
}
