@testable import History

/// What rows amount to, put together place by place: a twin of `Sighting.resolve` that is only plain.
func plainlyResolved(_ rows: [Sighting], _ places: [ImportPlace]) -> [Sighting] {
  func place(_ row: Sighting) -> ImportPlace { places[Int(row.rank)] }
  var resolved: [Sighting] = []
  for page in Set(rows.map { "\(place($0))" }) {
    let pages = rows.filter { "\(place($0))" == page }.sorted { $0.rank < $1.rank }
    guard var last = pages.last(where: { $0.state != Sighting.presenceOnly }) ?? pages.last else {
      continue
    }
    last.imports = Int32(pages.count)
    resolved.append(last)
  }
  resolved.sort { $0.rank < $1.rank }
  for index in resolved.indices where resolved[index].state == Sighting.presenceOnly {
    let before = resolved[..<index].filter { $0.state != Sighting.presenceOnly }
    let own = before.last { place($0).source == place(resolved[index]).source }
    guard let known = own ?? before.last else { continue }
    resolved[index] = Sighting(
      rank: resolved[index].rank, state: known.state, lastUsageDate: nil,
      imports: resolved[index].imports, isAccepted: false)
  }
  return resolved.filter { $0.state != Sighting.presenceOnly }
}
