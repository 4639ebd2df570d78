@testable import History

// Every property of Microsoft's five analytics resources, with a value as JSON.
//
// The names are those of the reference
// (https://learn.microsoft.com/partner-center/developer/partner-center-analytics-resources) and, where
// its examples differ from it, those of the examples too: churnRisk, billingCycleName and
// consumptionMeterId are in examples only, and latestSubscriptionDeprovisionedEndDate is how the
// answers spell …DeprovisionedDate. subscriptionCount of subscriptions is missing: it is part of
// aggregated answers only, which import refuses. Values of one resource differ from each other, so that
// a value in the wrong place is found out.

/// One property of a resource.
struct ResourceProperty: Sendable, Hashable, CustomStringConvertible {
  var resource: String
  var name: String
  /// A value as JSON.
  var sample: String

  var description: String { "\(resource).\(name)" }

  /// All of them, in the order of the reference.
  static let all: [ResourceProperty] = table.split(separator: "\n").map { line in
    let parts = line.split(maxSplits: 2) { $0 == " " }.map { $0.trimmingSpaces() }
    precondition(parts.count == 3, "\(line) is not a resource, a property and a value")
    return ResourceProperty(resource: parts[0], name: parts[1], sample: parts[2])
  }

  private static let table = """
    usage         customerTenantId                    "39A1DFAC-0000-4000-8000-000000000001"
    usage         customerName                        "Usage customer"
    usage         subscriptionId                      "EC649980-0000-4000-8000-000000000002"
    usage         subscriptionName                    "AZURE PURCHSE SAMPLE APP"
    usage         usageDate                           "2018-05-27T00:00:00"
    usage         resourceLocation                    "useast"
    usage         meterCategory                       "Data Management"
    usage         meterSubcategory                    "Geo redundant"
    usage         meterUnit                           "10,000s"
    usage         reservationOrderId                  "reservation order"
    usage         reservationId                       "reservation"
    usage         consumptionMeterId                  "consumption meter"
    usage         serviceType                         "Standard_E4s_v3"
    usage         quantity                            20.25

    resellers     partnerTenantId                     "AAAAAAAA-BBBB-CCCC-DDDD-EEEEEEEEEEEE"
    resellers     id                                  "1111111"
    resellers     name                                "RESELLER NAME"
    resellers     market                              "US"
    resellers     firstSubscriptionCreationDate       "2016-10-18T19:16:25.107"
    resellers     latestSubscriptionCreationDate      "2016-10-19T19:16:25.107"
    resellers     firstSubscriptionEndDate            "2018-11-07T00:00:00"
    resellers     latestSubscriptionEndDate           "2018-11-08T00:00:00"
    resellers     firstSubscriptionSuspendedDate      "2018-11-09T00:00:00"
    resellers     latestSubscriptionSuspendedDate     "2018-11-10T00:00:00"
    resellers     firstSubscriptionDeprovisionedDate  "2018-11-11T00:00:00"
    resellers     latestSubscriptionDeprovisionedDate "2018-11-12T00:00:00"
    resellers     subscriptionCount                   10.0
    resellers     licenseCount                        "20"
    resellers     indirectResellerCount               30

    resellers-api latestSubscriptionDeprovisionedEndDate "2018-11-13T00:00:00"

    subscriptions customerTenantId                    "76906668-27FC-4F5B-A35C-75A9823E13AF"
    subscriptions customerName                        "TESTORG65656565"
    subscriptions customerMarket                      "US"
    subscriptions id                                  "4BF546B2-8998-4838-BEE2-5F1BBE65A04F"
    subscriptions status                              "SUSPENDED"
    subscriptions productName                         "OFFICE 365 BUSINESS PREMIUM"
    subscriptions subscriptionType                    "Office"
    subscriptions autoRenewEnabled                    true
    subscriptions partnerId                           "3B33E682-00C3-41EE-9DD2-A548ADF56438"
    subscriptions friendlyName                        "FULL OFFICE SUITE"
    subscriptions partnerName                         "Partner Name"
    subscriptions providerName                        "Provider Name"
    subscriptions creationDate                        "2016-02-03T19:29:38.037"
    subscriptions effectiveStartDate                  "2016-02-04T00:00:00"
    subscriptions commitmentEndDate                   "2019-02-10T00:00:00"
    subscriptions currentStateEndDate                 "2019-02-11T00:00:00"
    subscriptions trialToPaidConversionDate           "2016-02-06T00:00:00"
    subscriptions trialStartDate                      "2016-02-05T00:00:00"
    subscriptions trialEndDate                        "2016-02-07T00:00:00"
    subscriptions lastUsageDate                       "2018-02-09T00:00:00"
    subscriptions deprovisionedDate                   "2019-02-12T00:00:00"
    subscriptions lastRenewalDate                     "2018-02-10T02:39:57.729"
    subscriptions licenseCount                        2
    subscriptions churnRisk                           "High"
    subscriptions billingCycleName                    "MONTHLY"

    searches      companyName                         "my company"
    searches      contactButtonClicked                true
    searches      keywordCountry                      "CN"
    searches      detailsViewed                       true
    searches      keywordIndustryFocus                "healthcare"
    searches      mpnId                               2604568
    searches      partnerMarket                       "DE"
    searches      keywordProduct                      "Azure"
    searches      referralSubmitted                   true
    searches      searchDate                          "2018-05-30"
    searches      keywordSearchText                   "a company"
    searches      searchResultPageViews               11
    searches      contactClicks                       12
    searches      referralCount                       13
    searches      profileViews                        14

    referrals     id                                  "112310"
    referrals     status                              "Accepted"
    referrals     customerMarket                      "US"
    referrals     customerName                        "Best Customer Ever"
    referrals     customerOrgSize                     "10to50employees"
    referrals     acceptedDate                        "2018-02-07T23:43:19"
    referrals     acknowledgedDate                    "2018-02-08T23:40:50"
    referrals     archivedDate                        "2018-02-09T00:00:00"
    referrals     declinedDate                        "2018-02-10T00:00:00"
    referrals     expiredDate                         "2018-02-11T00:00:00"
    referrals     lostDate                            "2018-02-12T00:00:00"
    referrals     missedDate                          "2018-02-13T00:00:00"
    referrals     createdDate                         "2018-02-04T23:08:59"
    referrals     skippedDate                         "2018-02-14T00:00:00"
    referrals     wonDate                             "2018-02-15T00:00:00"
    referrals     partnerMarket                       "CA"
    """
}
