import CommandLineKit
import History
import Learning
import Reporting

/// What contacts cost and money is worth, for the profit in the summary.
struct ProfitOptions: ParsableGroup {
  static let title = "Profit"

  @Option(
    value: "FILE",
    help: "Exchange rates (currency,rate,day); the summary then tells what contacts may earn.",
    whenAbsent: "no profit is told")
  var rates: String?
  @Option(
    value: "AMOUNT", help: "Cost of a contact, in the currency with rate 1; only with --rates.",
    whenAbsent: "1", accepting: .atLeast(0))
  var contactCost: Double?
  @Option(
    value: "AMOUNT", help: "Cost of an offer to whoever takes it; only with --rates.",
    whenAbsent: "10", accepting: .atLeast(0))
  var offerCost: Double?

  /// - Throws: `UsageError` when costs are given that nothing is calculated from.
  var terms: ProfitTerms {
    get throws {
      guard rates != nil || contactCost == nil && offerCost == nil else {
        throw UsageError(
          "--contact-cost and --offer-cost need --rates: without exchange rates no profit is told.")
      }
      var terms = ProfitTerms(rates: rates)
      if let contactCost { terms.offer.contactCost = contactCost }
      if let offerCost { terms.offer.offerCost = offerCost }
      return terms
    }
  }
}

/// What `export` takes from options and `run` from its configuration.
struct ProfitTerms {
  /// A file of exchange rates; nil = no profit is told.
  var rates: String?
  var offer = RetentionOffer()

  /// The rates of the scores' day; nil where no file is named.
  ///
  /// - Throws: `FileError` when the rates cannot be read.
  func exchangeRates(of document: AtRiskDocument) throws -> ExchangeRates? {
    guard let rates, let day = CalendarDay(document.asOf) else { return nil }
    return try ExchangeRates(contentsOf: rates, on: day)
  }

  /// The profit; nil without rates, and under rules.
  func profit(
    _ document: AtRiskDocument, order: ListSort, rates: ExchangeRates?
  ) -> ProfitSummary? {
    rates.flatMap { ProfitSummary(document, order: order, rates: $0, offer: offer) }
  }
}
