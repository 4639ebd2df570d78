internal import Files

// Microsoft Graph's export of billed and unbilled daily usage: one row per resource, day and meter.
//
//   POST /reports/partners/billing/usage/{billed,unbilled}/export, the blobs *.json.gz it makes (JSON
//   Lines), and the reconciliation files with the same columns
//   https://learn.microsoft.com/graph/api/resources/partners-billing-api-overview
//
// SubscriptionId names the plan in the billing platform; the Azure subscription is EntitlementId.
// Reservations and savings plans have a quantity and no cost.

/// Graph billing usage, also as the deprecated line items of the invoice API.
struct GraphBillingUsage: BilledFormat {
  let name = "billing usage"
  let resource = Resource.billing

  func recognises(_ head: FileHead) -> Recognition {
    head.has("entitlementId") && head.has("usageDate") && head.has("quantity") ? .yes : .no
  }

  // https://learn.microsoft.com/partner-center/billing/daily-rated-usage-recon-files
  var unusedColumns: [String] {
    [
      "PartnerName", "CustomerDomainName", "CustomerCountry", "MpnId", "Tier2MpnId",
      "ResellerMpnId", "InvoiceNumber", "InvoiceLineItemId", "ProductId", "AvailabilityId",
      "SkuName", "ProductName", "PublisherName", "PublisherId", "SubscriptionDescription",
      "SubscriptionId", "ChargeStartDate", "ChargeEndDate", "ConsumedService", "UnitPrice",
      "UnitType", "PricingPreTaxTotal", "PricingCurrency", "ServiceInfo1", "ServiceInfo2", "Tags",
      "AdditionalInfo", "EffectiveUnitPrice", "PCToBCExchangeRate", "PCToBCExchangeRateDate",
      "CreditType", "CreditPercentage", "PartnerEarnedCreditPercentage", "RateOfCredit",
      "RateOfPartnerEarnedCredit", "HasPartnerEarnedCredit", "BillableQuantity",
      "PriceAdjustmentDescription", "TermAndBillingCycle", "AttributeSet", "attributes",
    ]
  }

  func names(of field: BilledField) -> [String] {
    switch field {
    case .subscriptionId: ["EntitlementId"]
    case .subscriptionName: ["EntitlementDescription"]
    case .customerTenantId: ["CustomerId"]
    case .customerName: ["CustomerName"]
    case .partnerTenantId: ["PartnerId"]
    case .usageDate: ["UsageDate"]
    case .meterCategory: ["MeterCategory"]
    case .meterSubcategory: ["MeterSubCategory"]
    case .meterUnit: ["Unit", "UnitOfMeasure"]
    case .resourceLocation: ["ResourceLocation", "MeterRegion"]
    case .reservationOrderId: ["BenefitOrderId"]
    case .reservationId: ["BenefitId"]
    case .consumptionMeterId: ["MeterId"]
    case .serviceType: ["MeterName"]
    case .quantity: ["Quantity"]
    case .cost: ["BillingPreTaxTotal"]
    case .currency: ["BillingCurrency"]
    case .charge: ["ChargeType"]
    case .provider: []
    }
  }

  // The invoice is not among them: what was unbilled last week comes back billed, as the same line.
  // The empty place keeps the numbers as they were while it was.
  var identityNames: [[String]] {
    [["ResourceURI"], ["ResourceGroup"], ["MeterType"], ["BenefitType"], [], ["SkuId"]]
  }

  var resourceNames: [String]? { ["ResourceURI"] }

  // A cancelled or refunded charge gives back money and no use.
  func isUse(_ charge: String?) -> Bool {
    guard let charge = charge?.lowercased() else { return true }
    return !["refund", "credit", "adjustment", "cancel"].contains { charge.contains($0) }
  }
}
