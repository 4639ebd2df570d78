/// File names from text that somebody else wrote.
enum FileName {
  /// The longest slug in bytes: file systems take 255, and an extension and a number follow.
  private static let longest = 100

  /// Lower-case letters, digits and hyphens; never empty, never longer than 100 bytes.
  static func slug(_ text: String) -> String {
    var slug = ""
    var size = 0
    for scalar in text.lowercased().unicodeScalars {
      let isName = scalar.properties.isAlphabetic || scalar.properties.numericType != nil
      guard isName || !slug.isEmpty && slug.last != "-" else { continue }
      size += isName ? UTF8.width(scalar) : 1
      guard size <= longest else { break }
      slug.unicodeScalars.append(isName ? scalar : "-")
    }
    if slug.last == "-" { slug.removeLast() }
    return slug.isEmpty ? "list" : slug
  }

  /// One name for each key, different from each other and from `reserved`.
  static func names(for keys: [String], reserved: Set<String>) -> [String] {
    var used = reserved
    return keys.map { key in
      let base = slug(key)
      var name = base
      var number = 2
      while !used.insert(name).inserted {
        name = "\(base)-\(number)"
        number += 1
      }
      return name
    }
  }
}
