internal import Features
internal import Files
internal import History
package import RiskModel

extension AtRiskDocument {
  /// The document of a scoring run, without a previous one to compare with.
  package init(_ scores: RiskScores) {
    self.init()
    asOf = scores.asOf.description
    dataThrough = scores.dataThrough.description
    lagDays = scores.lagDays
    horizonDays = scores.definition.horizonDays
    churnEvents = scores.definition.events.map(\.rawValue).sorted()
    churnText = scores.definition.text
    model = Model(scores.model)
    high = scores.bands.high
    medium = scores.bands.medium
    attention = scores.attention
    subscriptions = scores.subscriptions.enumerated().map { index, scored in
      var row = Row()
      row.rank = index + 1
      row.identity = Identity(scored.identity)
      row.expectedLoss = scored.expectedLoss
      row.churnProbability = scored.probability
      row.probabilityByHorizon = scored.probabilityByHorizon.map {
        HorizonProbability(days: $0.days, probability: $0.probability)
      }
      row.vennAbers = scored.range
      row.riskBand = scored.band.rawValue
      row.ruleScore = scored.ruleScore
      row.logOdds = scored.logOdds
      row.reasons = scored.reasons.map(Reason.init)
      row.mitigating = scored.mitigating.map(Reason.init)
      row.otherContributions = scored.otherContributions
      row.deadlines = scored.identity.deadlines.map(Deadline.init)
      row.families = scored.families.map {
        Family(
          family: $0.family.rawValue, contribution: $0.contribution,
          probabilityWithout: $0.probabilityWithout)
      }
      return row
    }
    excluded = scores.excluded.map { excludedSubscription in
      var row = ExcludedRow()
      row.identity = Identity(excludedSubscription.identity)
      row.reason = excludedSubscription.reason.rawValue
      row.since = excludedSubscription.since?.description
      row.deadlines = excludedSubscription.identity.deadlines.map(Deadline.init)
      return row
    }
  }
}

extension AtRiskDocument.Model {
  fileprivate init(_ model: RiskModelFile) {
    self.init()
    name = model.recipe.name
    learner = model.learner.rawValue
    trainedThrough = model.trainedThrough?.description
    sha256 = model.sha256
    baseRate = model.baseRate
    grade = model.grade?.rawValue
    bias = model.bias
    calibration = model.calibrationJSON
  }
}

extension AtRiskDocument.Deadline {
  fileprivate init(_ deadline: RiskModel.Deadline) {
    self.init(
      kind: deadline.kind.rawValue, date: deadline.date.description, text: deadline.text)
  }
}

extension AtRiskDocument.Reason {
  fileprivate init(_ reason: RiskModel.Reason) {
    self.init(
      feature: reason.feature, family: reason.family.rawValue, value: reason.value,
      contribution: reason.contribution, text: reason.text, message: reason.message)
  }
}

extension AtRiskDocument.Identity {
  fileprivate init(_ subject: SubscriptionIdentity) {
    self.init()
    let state = subject.state
    subscriptionId = subject.id.description
    subscriptionName = state.friendlyName
    customerTenantId = state.customerTenantId
    customerName = state.customerName
    customerMarket = state.customerMarket
    partnerId = state.partnerId
    partnerName = state.partnerName
    providerName = state.providerName
    productName = state.productName
    status = state.status.name
    subscriptionStartDate = subject.startDate?.description
    lastUsageDate = subject.lastUsageDate?.description
    usageThrough = subject.usageThrough?.description
    autoRenewEnabled = state.autoRenewEnabled
    commitmentEndDate = state.commitmentEndDate?.description
    trialStatus = subject.trialPhase.rawValue
    trialEndDate = state.trialEndDate?.description
    trialToPaidConversionDate = state.trialToPaidConversionDate?.description
    licenseCount = state.licenseCount
    accountManager = subject.owner?.accountManager
    email = subject.owner?.email
    value = subject.value.amount
    valueBasis = subject.value.basis.rawValue
    currency = subject.value.currency
    microsoftChurnRisk = state.churnRisk
  }
}
