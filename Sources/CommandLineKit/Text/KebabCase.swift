/// `asOf` as `as-of`, `CrossValidate` as `cross-validate`, `toJSONFile` as `to-json-file`.
func kebabCase(_ identifier: String) -> String {
  let letters = Array(identifier)
  var result = ""
  for (index, letter) in letters.enumerated() {
    if letter.isUppercase, index > 0 {
      let followsWord = !letters[index - 1].isUppercase
      let startsWord = index + 1 < letters.count && letters[index + 1].isLowercase
      if followsWord || startsWord { result.append("-") }
    }
    result.append(letter.lowercased())
  }
  return result
}
