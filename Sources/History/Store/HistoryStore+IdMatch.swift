extension HistoryStore {
  /// Compares the ids of all usage with those that the subscription exports show as Azure.
  ///
  /// Seeks into the indices, subscription by subscription, so that no usage is read.
  ///
  /// - Returns: nil when there is no usage or no subscription export.
  /// - Throws: `.unusable` when the store is damaged.
  package func idMatch() throws(HistoryError) -> IdMatch? {
    guard try connection.integer("SELECT 1 FROM observation LIMIT 1") != nil else { return nil }
    let query = try statement(
      """
      SELECT count(*), coalesce(sum(
        EXISTS (SELECT 1 FROM observation WHERE subscription = used.id)
        AND (
          NOT EXISTS (SELECT 1 FROM state WHERE subscription = used.id)
          OR EXISTS (
            SELECT 1 FROM state LEFT JOIN text ON text.id = subscriptionType
            WHERE subscription = used.id
              AND (subscriptionType IS NULL OR lower(value) = 'azure')))), 0)
      FROM subscription AS used
      WHERE (EXISTS (SELECT 1 FROM usage WHERE subscription = used.id)
          OR EXISTS (SELECT 1 FROM billing WHERE subscription = used.id))
        -- Accounts of other clouds are no Azure subscriptions; their ids are made from their names.
        AND substr(hex(guid), 13, 1) != '8'
      """)
    defer { query.reset() }
    guard try query.step(), query.integer(0) > 0 else { return nil }
    return IdMatch(withUsage: Int(query.integer(0)), known: Int(query.integer(1)))
  }
}
