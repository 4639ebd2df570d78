/// Finds the word of a closed list that people mean: `False Alarm` and `false-alarm` are `falseAlarm`.
func closedListWord<Word: CaseIterable & RawRepresentable>(
  _ written: String, of type: Word.Type
) -> Word? where Word.RawValue == String {
  let wanted = HeaderNames.folded(written)
  return type.allCases.first { HeaderNames.folded($0.rawValue) == wanted }
}
