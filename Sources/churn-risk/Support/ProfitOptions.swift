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
    value: "AMOUNT", help: "Cost of a contact, in the currency with rate 1.", accepting: .atLeast(0)
  )
  var contactCost = 1.0
  @Option(
    value: "AMOUNT", help: "Cost of an offer to whoever takes it.", accepting: .atLeast(0))
  var offerCost = 10.0

  var terms: ProfitTerms {
    ProfitTerms(
      rates: rates, offer: RetentionOffer(contactCost: contactCost, offerCost: offerCost))
  }
}

/// What `export` takes from options and `run` from its configuration.
struct ProfitTerms {
  /// A file of exchange rates; nil = no profit is told.
  var rates: String?
  var offer = RetentionOffer()

  /// The profit by the rates of the scores' day; nil without rates, and under rules.
  ///
  /// - Throws: `FileError` when the rates cannot be read.
  func profit(_ document: AtRiskDocument, order: ListSort) throws -> ProfitSummary? {
    guard let rates, let day = CalendarDay(document.asOf) else { return nil }
    return ProfitSummary(
      document, order: order, rates: try ExchangeRates(contentsOf: rates, on: day), offer: offer)
  }
}
