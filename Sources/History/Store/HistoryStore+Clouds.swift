extension HistoryStore {
  /// The cloud that a source's exports come from; nil for a source that is not known yet.
  func cloud(ofSource name: String) throws(HistoryError) -> NationalCloud? {
    let query = try statement("SELECT cloud FROM source WHERE name = ?")
    query.bind(name, at: 1)
    defer { query.reset() }
    return try query.step() ? NationalCloud(rawValue: query.text(0)) : nil
  }

  func setCloud(_ cloud: NationalCloud, ofSource name: String) throws(HistoryError) {
    let update = try statement("UPDATE source SET cloud = ? WHERE name = ?")
    update.bind(cloud.rawValue, at: 1)
    update.bind(name, at: 2)
    try update.run()
  }
}
