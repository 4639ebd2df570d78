internal import History
internal import RiskModel
internal import Words

// Rows as `write` spells them, member by member. A row of another spelling is read by its keys, which
// takes several times as long and gives the same.

extension AtRiskDocument.Row {
  /// nil when the row has another spelling, or lacks what it needs.
  init?(_ json: inout SpelledJSON, in range: Range<Int>) {
    self.init()
    json.begin(range)
    json.key("rank")
    rank = json.integer()
    identity.read(&json)
    json.key("expectedLoss")
    expectedLoss = json.optionalNumber()
    json.key("churnProbability")
    churnProbability = json.optionalNumber()
    json.key("probabilityByHorizon")
    var horizons: [AtRiskDocument.HorizonProbability] = []
    if !json.isNull() {
      json.members { json, key in
        let probability = json.number()
        guard let days = Int(key) else { return json.fail() }
        horizons.append(AtRiskDocument.HorizonProbability(days: days, probability: probability))
      }
    }
    if horizons.count > 1 { probabilityByHorizon = horizons.sorted { $0.days < $1.days } }
    json.key("vennAbers")
    if !json.isNull() {
      let range = json.array { $0.number() }
      if range.count == 2, range[0] <= range[1] { vennAbers = range[0]...range[1] }
    }
    json.key("riskBand")
    riskBand = json.word()
    json.key("atRisk")
    _ = json.flag()
    json.key("ruleScore")
    ruleScore = json.optionalNumber()
    json.key("logOdds")
    logOdds = json.optionalNumber()
    json.key("reasons")
    reasons = json.array { AtRiskDocument.Reason(&$0) }
    json.key("mitigating")
    mitigating = json.array { AtRiskDocument.Reason(&$0) }
    json.key("otherContributions")
    otherContributions = json.number()
    json.key("families")
    families = json.array { AtRiskDocument.Family(&$0) }
    json.key("deadlines")
    deadlines = json.array { AtRiskDocument.Deadline(&$0) }
    json.key("previous")
    previous = json.isNull() ? nil : AtRiskDocument.Previous(&json)
    json.key("change")
    change = json.optionalWord()
    json.key("firstFlagged")
    firstFlagged = json.optionalWord()
    json.key("weeksFlagged")
    weeksFlagged = json.integer()
    json.key("microsoftChurnRisk")
    identity.microsoftChurnRisk = json.optionalWord()
    json.key("listing")
    listing = json.isNull() ? nil : AtRiskDocument.Listing(&json)
    json.key("contact")
    contact = json.isNull() ? nil : AtRiskDocument.LastContact(&json)
    guard json.finish(), RiskBand(rawValue: riskBand) != nil, GUID(identity.subscriptionId) != nil
    else { return nil }
  }
}

extension AtRiskDocument.Identity {
  /// Reads `subscriptionId` to `valuePeriodDays`.
  fileprivate mutating func read(_ json: inout SpelledJSON) {
    json.key("subscriptionId")
    subscriptionId = json.string()
    json.key("subscriptionName")
    subscriptionName = json.optionalString()
    json.key("customerTenantId")
    customerTenantId = json.optionalString()
    json.key("customerName")
    customerName = json.optionalString()
    json.key("customerMarket")
    customerMarket = json.optionalWord()
    json.key("partnerId")
    partnerId = json.optionalWord()
    json.key("partnerName")
    partnerName = json.optionalWord()
    json.key("providerName")
    providerName = json.optionalWord()
    json.key("productName")
    productName = json.optionalWord()
    json.key("status")
    status = json.word()
    json.key("subscriptionStartDate")
    subscriptionStartDate = json.optionalWord()
    json.key("lastUsageDate")
    lastUsageDate = json.optionalWord()
    json.key("usageThrough")
    usageThrough = json.optionalWord()
    json.key("autoRenewEnabled")
    autoRenewEnabled = json.optionalFlag()
    json.key("commitmentEndDate")
    commitmentEndDate = json.optionalWord()
    json.key("trialStatus")
    trialStatus = json.word()
    json.key("trialEndDate")
    trialEndDate = json.optionalWord()
    json.key("trialToPaidConversionDate")
    trialToPaidConversionDate = json.optionalWord()
    json.key("licenseCount")
    licenseCount = json.optionalInteger()
    json.key("owner")
    if !json.isNull() {
      json.beginObject()
      json.key("accountManager")
      accountManager = json.word()
      json.key("email")
      email = json.optionalWord()
      json.endObject()
    }
    json.key("value")
    value = json.optionalNumber()
    json.key("valueBasis")
    valueBasis = json.optionalWord()
    json.key("currency")
    currency = json.optionalWord()
    json.key("valuePeriodDays")
    if !json.isNull() { _ = json.integer() }
  }
}

extension AtRiskDocument.Reason {
  fileprivate init?(_ json: inout SpelledJSON) {
    json.beginObject()
    json.key("feature")
    let feature = json.word()
    json.key("family")
    let family = json.word()
    json.key("value")
    let value = json.optionalNumber()
    json.key("contribution")
    let contribution = json.number()
    json.key("text")
    let text = json.word()
    json.key("message")
    let message = json.isNull() ? nil : Message(&json)
    json.endObject()
    self.init(
      feature: feature, family: family, value: value, contribution: contribution, text: text,
      message: message)
  }
}

extension Message {
  /// nil where the key is of a later version, or an argument is missing, as when read by keys.
  fileprivate init?(_ json: inout SpelledJSON) {
    json.beginObject()
    json.key("key")
    let word = json.word()
    json.key("arguments")
    var arguments: [Argument] = []
    json.members { json, name in
      let value: Argument.Value =
        json.isText ? .text(json.word()) : .number(json.number())
      if let name = MessageWords.names[name] {
        arguments.append(Argument(name: name, value: value))
      }
    }
    json.endObject()
    guard let key = MessageWords.keys[word] else { return nil }
    self.init(key: key, arguments: arguments)
  }
}

extension AtRiskDocument.Family {
  fileprivate init?(_ json: inout SpelledJSON) {
    json.beginObject()
    json.key("family")
    let family = json.word()
    json.key("contribution")
    let contribution = json.number()
    json.key("probabilityWithout")
    let without = json.optionalNumber()
    json.key("changeSincePrevious")
    let change = json.optionalNumber()
    json.endObject()
    self.init(
      family: family, contribution: contribution, probabilityWithout: without,
      changeSincePrevious: change)
  }
}

extension AtRiskDocument.Deadline {
  fileprivate init?(_ json: inout SpelledJSON) {
    json.beginObject()
    json.key("kind")
    let kind = json.word()
    json.key("date")
    let date = json.word()
    json.key("text")
    let text = json.word()
    json.endObject()
    self.init(kind: kind, date: date, text: text)
  }
}

extension AtRiskDocument.Previous {
  fileprivate init(_ json: inout SpelledJSON) {
    json.beginObject()
    json.key("asOf")
    let asOf = json.word()
    json.key("churnProbability")
    let probability = json.optionalNumber()
    json.key("riskBand")
    let band = json.word()
    json.key("rank")
    let rank = json.integer()
    json.endObject()
    self.init(asOf: asOf, churnProbability: probability, riskBand: band, rank: rank)
  }
}

extension AtRiskDocument.Listing {
  fileprivate init(_ json: inout SpelledJSON) {
    json.beginObject()
    json.key("listed")
    let isListed = json.flag()
    json.key("since")
    let since = json.optionalWord()
    json.key("reason")
    let reason = json.word()
    json.endObject()
    self.init(isListed: isListed, since: since, reason: ListingReason(rawValue: reason) ?? .lowRisk)
  }
}

extension AtRiskDocument.LastContact {
  fileprivate init(_ json: inout SpelledJSON) {
    json.beginObject()
    json.key("date")
    let date = json.word()
    json.key("accountManager")
    let manager = json.optionalWord()
    json.key("outcome")
    let outcome = json.word()
    json.key("until")
    let until = json.optionalWord()
    json.endObject()
    self.init(date: date, accountManager: manager, outcome: outcome, until: until)
  }
}
