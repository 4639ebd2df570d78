internal import Files

// Partner Center Insights, Azure usage: one row per subscription, month and service, with the Azure
// consumed revenue (ACR) in US dollars.
//
//   the download of the page as CSV or TSV, or a scheduled report; its columns are renamed every year
//   https://learn.microsoft.com/partner-center/insights/insights-data-definitions
//
// The month is all it tells, so a line stands on the last day of its month: earlier nobody could have
// known it. Rows are repeated for each partner they are attributed to; those marked as duplicates, and
// the deal registrations without a subscription, are passed over.

/// The Azure usage report of Insights.
struct InsightsAzureUsage: BilledFormat {
  let name = "Insights Azure usage"
  let resource = Resource.monthlyUsage

  func recognises(_ head: FileHead) -> Recognition {
    guard head.has("month"), head.has("subscriptionId"),
      head.has("usageQuantity", "usageUnits", "ACR_USD", "TotalACR", "ACR")
    else { return .no }
    return .yes
  }

  var unusedColumns: [String] {
    [
      "PGAMpnID", "PGAPartnerID", "CustomerTpid", "CustomerSegment", "PartnerLocation",
      "PartnerLocationID", "PartnerAttributionType", "SalesChannel", "EnrollmentNumber",
      "IndustryName", "VerticalName", "PartnerOneSubID", "SubscriptionCount",
      "SubscriptionStartDate", "SubscriptionEndDate", "FirstUseDate", "SubscriptionState",
      "CustomerMarket", "MPNID", "PartnerID", "PartnerName", "ResellerID", "ResellerName",
      "IsACRDuplicateAtMPNLevel", "IsACRDuplicateAtPGAAttachTypeLevel", "IsDuplicateAtMpnLevel",
      "AdminType", "AssociationType", "MonthlySubscriptionLevelACR",
    ]
  }

  func names(of field: BilledField) -> [String] {
    switch field {
    case .subscriptionId: ["SubscriptionId"]
    case .subscriptionName: ["SubscriptionName"]
    case .customerTenantId: ["CustomerTenantId"]
    case .customerName: ["CustomerTenantName", "CustomerName"]
    case .partnerTenantId, .provider, .charge, .reservationOrderId, .reservationId: []
    case .usageDate: ["Month"]
    case .meterCategory: ["ServiceLevel1", "ServiceName", "MeterCategory"]
    case .meterSubcategory: ["ServiceLevel2", "ServiceGroup2"]
    case .meterUnit: ["UsageUnits", "UsageUnit"]
    case .resourceLocation: []
    case .consumptionMeterId: ["ServiceLevel4"]
    case .serviceType: ["ServiceLevel3", "ServiceGroup3"]
    case .quantity: ["UsageQuantity"]
    case .cost: ["ACR_USD", "TotalACR", "ACR"]
    case .currency: ["Currency"]
    }
  }

  var defaultCurrency: String { "USD" }

  var identityNames: [[String]] {
    [["ServiceInfluencer"], ["ComputeOS"], ["ComputeCoreSoftware"], ["AI_OfferType"], ["EOU"]]
  }

  var repetitionNames: [[String]] {
    [["IsACRDuplicateAtPGALevel", "IsDuplicateRowForPGA", "IsDuplicateAtPGALevel"]]
  }

  func day(_ day: CalendarDay) -> CalendarDay {
    let civil = day.civil
    return day + (CalendarDay.length(ofMonth: civil.month, year: civil.year) - civil.day)
  }
}
