internal import Files

// FOCUS, the FinOps standard for cost and usage, which Azure and other clouds export.
//
//   https://focus.finops.org/focus-specification/ (1.0 and later); x_ columns are Azure's own
//
// SubAccountId is an Azure subscription: a GUID, or /subscriptions/GUID. Accounts of other clouds load
// too, under an id made from provider and account (RFC 9562, version 8), so that they are never taken
// for an Azure subscription. Only rows of the charge category Usage are use.

/// A FOCUS cost-and-usage export.
struct FocusCostAndUsage: BilledFormat {
  let name = "FOCUS cost and usage"
  let resource = Resource.billing

  func recognises(_ head: FileHead) -> Recognition {
    guard head.has("subAccountId"), head.has("chargePeriodStart"), head.has("billedCost") else {
      return .no
    }
    return .yes
  }

  // The columns of FOCUS 1.0 to 1.2; the x_ columns are those of Azure's export.
  var unusedColumns: [String] {
    [
      "AvailabilityZone", "BilledCost", "BillingAccountId", "BillingAccountName",
      "BillingAccountType", "BillingPeriodEnd", "BillingPeriodStart", "CapacityReservationId",
      "CapacityReservationStatus", "ChargeFrequency", "ChargePeriodEnd",
      "CommitmentDiscountCategory", "CommitmentDiscountName", "CommitmentDiscountQuantity",
      "CommitmentDiscountType", "CommitmentDiscountUnit", "ContractedCost", "ContractedUnitPrice",
      "EffectiveCost", "InvoiceId", "InvoiceIssuer", "InvoiceIssuerName", "ListCost",
      "ListUnitPrice", "PricingCurrency", "PricingCurrencyContractedUnitPrice",
      "PricingCurrencyEffectiveCost", "PricingCurrencyListUnitPrice", "PricingQuantity",
      "PricingUnit", "Provider", "Publisher", "PublisherName", "Region", "ResourceName",
      "ResourceType", "ServiceSubcategory", "SkuId", "SkuMeter", "SkuPriceDetails",
      "SubAccountType", "Tags", "x_AccountId", "x_AccountName", "x_AccountOwnerId",
      "x_AmortizationClass", "x_BilledCostInUsd", "x_BilledUnitPrice", "x_BillingAccountAgreement",
      "x_BillingAccountId", "x_BillingAccountName", "x_BillingExchangeRate",
      "x_BillingExchangeRateDate", "x_BillingProfileId", "x_BillingProfileName",
      "x_ContractedCostInUsd", "x_CostAllocationRuleName", "x_CostCenter",
      "x_EffectiveCostInUsd", "x_EffectiveUnitPrice", "x_InvoiceId", "x_InvoiceIssuerId",
      "x_InvoiceSectionId", "x_InvoiceSectionName", "x_ListCostInUsd", "x_PartnerCreditApplied",
      "x_PartnerCreditRate", "x_PricingBlockSize", "x_PricingCurrency", "x_PricingSubcategory",
      "x_PricingUnitDescription", "x_PublisherCategory", "x_PublisherId", "x_ResellerId",
      "x_ResellerName", "x_ResourceGroupName", "x_ResourceType", "x_ServiceModel",
      "x_ServicePeriodEnd", "x_ServicePeriodStart", "x_SkuDescription", "x_SkuDetails",
      "x_SkuIsCreditEligible", "x_SkuMeterCategory", "x_SkuMeterName", "x_SkuOfferId",
      "x_SkuOrderId", "x_SkuOrderName", "x_SkuPartNumber", "x_SkuRegion", "x_SkuServiceFamily",
      "x_SkuTerm", "x_SkuTier", "x_SourceChanges", "x_SourceName", "x_SourceProvider",
      "x_SourceType", "x_SourceVersion",
    ]
  }

  func names(of field: BilledField) -> [String] {
    switch field {
    case .subscriptionId: ["SubAccountId"]
    case .subscriptionName: ["SubAccountName"]
    case .customerTenantId: ["x_CustomerId", "x_CustomerTenantId"]
    case .customerName: ["x_CustomerName"]
    case .partnerTenantId: []
    case .provider: ["ProviderName", "ServiceProviderName"]
    case .usageDate: ["ChargePeriodStart"]
    case .meterCategory: ["ServiceName"]
    case .meterSubcategory: ["x_SkuMeterSubcategory", "ServiceSubcategory", "SkuMeter"]
    case .meterUnit: ["ConsumedUnit"]
    case .resourceLocation: ["RegionId", "RegionName"]
    case .reservationOrderId: []
    case .reservationId: ["CommitmentDiscountId"]
    case .consumptionMeterId: ["x_SkuMeterId", "SkuId"]
    case .serviceType: ["ServiceCategory"]
    case .quantity: ["ConsumedQuantity"]
    case .cost: ["BilledCost"]
    case .currency: ["BillingCurrency"]
    case .charge: ["ChargeCategory"]
    }
  }

  // The invoice is not among them, as little as in Graph's export; its place is kept for the numbers.
  var identityNames: [[String]] {
    [
      ["ResourceId"], ["SkuPriceId"], ["ChargeClass"], ["ChargeDescription"],
      ["PricingCategory"], ["CommitmentDiscountStatus"], [],
    ]
  }

  var resourceNames: [String]? { ["ResourceId"] }

  func subscription(_ text: String, provider: String?) -> BilledSubscription {
    let last = text.split(separator: "/").last.map(String.init) ?? text
    if let guid = GUID(last) { return guid == .zero ? .none : .known(guid) }
    if text.lowercased().hasPrefix("/subscriptions/") { return .invalid }
    return .known(GUID(accountNamed: text, of: provider ?? ""))
  }

  func isUse(_ charge: String?) -> Bool { charge.map { $0.lowercased() == "usage" } ?? true }
}

extension GUID {
  /// The id of an account of another cloud: version 8, so that no Azure subscription has it.
  init(accountNamed name: String, of provider: String) {
    let high = TextNumber([provider.lowercased(), name]).value
    let low = TextNumber([name, provider.lowercased()]).value
    self.init(
      high: high & 0xFFFF_FFFF_FFFF_0FFF | 0x8000,
      low: low & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000)
  }
}
