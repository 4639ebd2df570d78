/// The colours of the page, light and dark, from which the style is made; a test computes their contrast.
package struct PagePalette: Sendable {
  /// As six hexadecimal digits.
  package let background, surface, text, muted, line, link: String
  package let highText, highBackground, mediumText, mediumBackground, lowText, lowBackground: String
  package let bar, track: String

  package static let light = PagePalette(
    background: "f6f7f9", surface: "ffffff", text: "1b2430", muted: "55606e", line: "d5dae1",
    link: "0b57a4", highText: "8a1010", highBackground: "fde7e6", mediumText: "6b4200",
    mediumBackground: "fff1d2", lowText: "1d5a34", lowBackground: "e3f4e8", bar: "a3332b",
    track: "e6e9ee")

  package static let dark = PagePalette(
    background: "12161c", surface: "1b212a", text: "e8ecf1", muted: "aab4c0", line: "39424e",
    link: "8cc2ff", highText: "ffc9c4", highBackground: "56201d", mediumText: "ffe0a3",
    mediumBackground: "4c3708", lowText: "bfe8cb", lowBackground: "1c4029", bar: "ff8f84",
    track: "39424e")

  /// Texts and what they stand on, each to be read by everybody.
  package var textPairs: [(text: String, on: String)] {
    [
      (text, background), (text, surface), (muted, background), (muted, surface),
      (link, surface), (link, background), (highText, highBackground),
      (mediumText, mediumBackground), (lowText, lowBackground),
    ]
  }

  /// The custom properties of the style.
  package var css: String {
    "--bg:#\(background);--sf:#\(surface);--tx:#\(text);--mu:#\(muted);--ln:#\(line);--lk:#\(link);"
      + "--ht:#\(highText);--hb:#\(highBackground);--mt:#\(mediumText);--mb:#\(mediumBackground);"
      + "--lt:#\(lowText);--lb:#\(lowBackground);--br:#\(bar);--tr:#\(track)"
  }
}
