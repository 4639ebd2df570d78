/// What lists say around their rows: headings, words for closed sets of values, sheets.
///
/// The names of columns in CSV and of keys in JSON are never translated; these are for people.
package enum LabelKey: String, Sendable, Hashable, CaseIterable {
  // MARK: Columns, by their name in CSV
  case rank
  case subscriptionId
  case subscriptionName
  case customerTenantId
  case customerName
  case customerMarket
  case partnerId
  case partnerName
  case productName
  case status
  case subscriptionStartDate
  case lastUsageDate
  case churnProbability
  case riskBand
  case atRisk
  case change
  case previousProbability
  case firstFlagged
  case weeksFlagged
  case value
  case valueBasis
  case currency
  case expectedLoss
  case reason1
  case reason2
  case reason3
  case nextDeadline
  case nextDeadlineKind
  case autoRenewEnabled
  case commitmentEndDate
  case trialStatus
  case microsoftChurnRisk
  case accountManager
  case email
  case asOf
  case horizonDays
  case direction
  case feature
  case family
  case contribution
  case reason
  case daysWithoutUsage
  case since

  // MARK: Sheets and sections
  case atRiskList
  case withoutUsage
  case lostLately
  case about
  case unassigned
  case summary
  case reasonsOfRisk
  case mitigatingFacts
  case deadlines

  // MARK: Words for values
  case bandHigh
  case bandMedium
  case bandLow
  case changeNew
  case changeWorse
  case changeSame
  case changeBetter
  case changeRecovered
  case changeModelChanged
  case yes
  case no
  case raises
  case lowers
  case never
  case familyUsageRecency
  case familyUsageTrend
  case familyRenewal
  case familyTrial
  case familyLicences
  case familyCustomer
  case familyPartnerMarket
  case trialEnds
  case commitmentEnds
  case reservationEnds
  case unusedNotice
  case unusedBlock
  case unusedDelete
  case deletionAfterCancel

  // MARK: About
  case aboutDefinition
  case aboutReasons
  case aboutBaseRate
  case aboutThisList
  case aboutTitle
  case aboutUsageThrough
  case aboutCounts
  case aboutExpectedLost
  case aboutWithoutUsage
  case aboutMeaning
  case aboutProbability
  case aboutNoProbability
  case aboutBands
  case aboutBandsByPoints
  case aboutValue
  case aboutExpectedLoss
  case aboutQuality
  case aboutGradeA
  case aboutGradeB
  case aboutGradeC
  case aboutNoGrade
  case aboutMadeBy
  case aboutOwnMachine
  case aboutNames
  case needsAttention
  case unnamedCustomer
  case inItsFavour
  case model
  case grade
  case trainedThrough
  case baseRate
  case churn
  case horizon
  case expectedToBeLost
  case accountManagers
}
