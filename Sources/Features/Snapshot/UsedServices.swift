/// Of which kinds the services are that a subscription used in the 91 days through L − lag.
struct UsedServices: Sendable {
  /// Services that were used on at least two of the days.
  private(set) var regular = 0
  /// The categories of all that were used, and of those that were used in the last 28 days.
  private(set) var categories = SmallNumbers()
  private(set) var recentCategories = SmallNumbers()
  /// Whether anything but storage was used, and in the last 28 days.
  private(set) var hasOther = false
  private(set) var hasOtherRecently = false

  /// Adds a service.
  ///
  /// - Parameters:
  ///   - use: what was used of it.
  ///   - category: its number.
  ///   - isStorage: whether it keeps data and does nothing else.
  @inline(__always)
  mutating func add(_ use: ServiceUse, category: Int, isStorage: Bool) {
    guard use.quantity > 0 else { return }
    let isOther = !isStorage
    regular += use.isRegular ? 1 : 0
    categories.insert(category)
    hasOther = hasOther || isOther
    guard use.recentQuantity > 0 else { return }
    recentCategories.insert(category)
    hasOtherRecently = hasOtherRecently || isOther
  }
}
