internal import Files
internal import History
internal import RiskModel
internal import Words

extension AtRiskDocument {
  /// Reads a file that `score` wrote.
  ///
  /// Unknown fields are ignored, so later versions can add some.
  ///
  /// - Throws: `FileError` when the file is missing, no JSON, of another schema version, or lacks a
  ///   field that the rows need.
  package init(contentsOf path: String) throws {
    // Standard input is there only once.
    if path != "-", let document = try Self(streaming: path) {
      self = document
    } else {
      // Something is wrong, or at least unusual: the whole file tells what and where.
      try self.init(JSONValue(parsing: Files.contents(ofFile: path), path: path), path: path)
    }
  }

  init(_ json: JSONValue, path: String) throws(FileError) {
    func wrong(_ what: String) -> FileError { Self.wrong(what, path: path) }
    guard let version = json["schemaVersion"]?.int else {
      throw wrong("this is no at-risk file: it has no schemaVersion")
    }
    guard version == Self.schemaVersion else { throw wrong("its schema version is \(version)") }
    guard let asOf = json["asOf"]?.string, CalendarDay(asOf) != nil,
      let horizon = json["horizonDays"]?.int,
      let rows = json["subscriptions"]?.array, let model = json["model"]
    else {
      throw wrong("asOf, horizonDays, model or subscriptions is missing or has another form")
    }
    self.init()
    self.asOf = asOf
    horizonDays = horizon
    dataThrough = json["dataThrough"]?.string ?? asOf
    lagDays = json["lagDays"]?.int ?? 0
    churnEvents = json["churnDefinition"]?["events"]?.array?.compactMap(\.string) ?? []
    churnText = json["churnDefinition"]?["text"]?.string ?? ""
    self.model = Model(model)
    high = json["bands"]?["high"]?.double ?? 0
    medium = json["bands"]?["medium"]?.double ?? 0
    attention = (json["attention"]?.array ?? []).map(Attention.init)
    monitoring = json["monitoring"] ?? .null
    for row in rows { try append(row: row, path: path) }
    for row in json["excluded"]?.array ?? [] { try append(excluded: row, path: path) }
  }

  private mutating func append(row json: JSONValue, path: String) throws(FileError) {
    guard let row = Row(json) else {
      throw Self.wrong(
        "subscriptions[\(subscriptions.count)] lacks a valid rank, subscriptionId or riskBand",
        path: path)
    }
    subscriptions.append(row)
  }

  private mutating func append(excluded json: JSONValue, path: String) throws(FileError) {
    guard let row = ExcludedRow(json) else {
      throw Self.wrong(
        "excluded[\(excluded.count)] lacks a valid subscriptionId or reason", path: path)
    }
    excluded.append(row)
  }

  private static func wrong(_ what: String, path: String) -> FileError {
    FileError(
      kind: .unusable, path: path, what: what,
      expected: "an at-risk file of schema version \(schemaVersion)",
      remedy: "Write it with 'churn-risk score'.")
  }
}

extension AtRiskDocument.Model {
  fileprivate init(_ json: JSONValue) {
    self.init()
    name = json["name"]?.string ?? ""
    learner = json["learner"]?.string ?? ""
    trainedThrough = json["trainedThrough"]?.string
    sha256 = json["sha256"]?.string ?? ""
    baseRate = json["baseRate"]?.double
    grade = json["grade"]?.string
    bias = json["bias"]?.double ?? 0
    calibration = json["calibration"] ?? .null
  }
}

extension AtRiskDocument.Identity {
  init?(_ json: some JSONReadable) {
    guard let id = json["subscriptionId"]?.string, GUID(id) != nil else { return nil }
    self.init()
    subscriptionId = id
    subscriptionName = json["subscriptionName"]?.string
    customerTenantId = json["customerTenantId"]?.string
    customerName = json["customerName"]?.string
    customerMarket = json["customerMarket"]?.string
    partnerId = json["partnerId"]?.string
    partnerName = json["partnerName"]?.string
    providerName = json["providerName"]?.string
    productName = json["productName"]?.string
    status = json["status"]?.string ?? ""
    subscriptionStartDate = json["subscriptionStartDate"]?.string
    lastUsageDate = json["lastUsageDate"]?.string
    usageThrough = json["usageThrough"]?.string
    autoRenewEnabled = json["autoRenewEnabled"]?.bool
    commitmentEndDate = json["commitmentEndDate"]?.string
    trialStatus = json["trialStatus"]?.string ?? "none"
    trialEndDate = json["trialEndDate"]?.string
    trialToPaidConversionDate = json["trialToPaidConversionDate"]?.string
    licenseCount = json["licenseCount"]?.int
    accountManager = json["owner"]?["accountManager"]?.string
    email = json["owner"]?["email"]?.string
    value = json["value"]?.double
    valueBasis = json["valueBasis"]?.string
    currency = json["currency"]?.string
    microsoftChurnRisk = json["microsoftChurnRisk"]?.string
  }
}

extension AtRiskDocument.Reason {
  init?(_ json: some JSONReadable) {
    guard let feature = json["feature"]?.string, let contribution = json["contribution"]?.double
    else { return nil }
    self.init(
      feature: feature, family: json["family"]?.string ?? "", value: json["value"]?.double,
      contribution: contribution, text: json["text"]?.string ?? feature,
      message: json["message"].flatMap { Message(json: $0) })
  }
}

extension AtRiskDocument.Family {
  fileprivate init?(_ json: some JSONReadable) {
    guard let family = json["family"]?.string, let contribution = json["contribution"]?.double
    else { return nil }
    self.init(
      family: family, contribution: contribution,
      probabilityWithout: json["probabilityWithout"]?.double,
      changeSincePrevious: json["changeSincePrevious"]?.double)
  }
}

extension AtRiskDocument.Row {
  init?(_ json: some JSONReadable) {
    guard let rank = json["rank"]?.int,
      let band = json["riskBand"]?.string, RiskBand(rawValue: band) != nil,
      let identity = AtRiskDocument.Identity(json)
    else { return nil }
    self.init()
    self.rank = rank
    self.identity = identity
    riskBand = band
    expectedLoss = json["expectedLoss"]?.double
    churnProbability = json["churnProbability"]?.double
    let horizons = json["probabilityByHorizon"]?.members ?? []
    if horizons.count > 1 {
      probabilityByHorizon = horizons.compactMap { key, value in
        guard let days = Int(key), let probability = value.double else { return nil }
        return AtRiskDocument.HorizonProbability(days: days, probability: probability)
      }.sorted { $0.days < $1.days }
    }
    if let range = json["vennAbers"]?.array?.compactMap(\.double), range.count == 2,
      range[0] <= range[1]
    {
      vennAbers = range[0]...range[1]
    }
    ruleScore = json["ruleScore"]?.double
    logOdds = json["logOdds"]?.double
    reasons = (json["reasons"]?.array ?? []).compactMap { AtRiskDocument.Reason($0) }
    mitigating = (json["mitigating"]?.array ?? []).compactMap { AtRiskDocument.Reason($0) }
    otherContributions = json["otherContributions"]?.double ?? 0
    families = (json["families"]?.array ?? []).compactMap { AtRiskDocument.Family($0) }
    if let old = json["previous"], let asOf = old["asOf"]?.string, let rank = old["rank"]?.int {
      previous = AtRiskDocument.Previous(
        asOf: asOf, churnProbability: old["churnProbability"]?.double,
        riskBand: old["riskBand"]?.string ?? "low", rank: rank)
    }
    change = json["change"]?.string
    firstFlagged = json["firstFlagged"]?.string
    weeksFlagged = json["weeksFlagged"]?.int ?? 0
    deadlines = AtRiskDocument.Deadline.all(json["deadlines"])
    listing = json["listing"].flatMap { AtRiskDocument.Listing($0) }
    contact = json["contact"].flatMap { AtRiskDocument.LastContact($0) }
  }
}

extension AtRiskDocument.ExcludedRow {
  init?(_ json: some JSONReadable) {
    guard let identity = AtRiskDocument.Identity(json), let reason = json["reason"]?.string else {
      return nil
    }
    self.init()
    self.identity = identity
    self.reason = reason
    since = json["since"]?.string
    deadlines = AtRiskDocument.Deadline.all(json["deadlines"])
    change = json["change"]?.string
  }
}

extension AtRiskDocument.Deadline {
  /// Those of an array that have a kind and a date.
  fileprivate static func all(_ json: (some JSONReadable)?) -> [Self] {
    (json?.array ?? []).compactMap {
      guard let kind = $0["kind"]?.string, let date = $0["date"]?.string else { return nil }
      return Self(kind: kind, date: date, text: $0["text"]?.string ?? "")
    }
  }
}

extension AtRiskDocument.Listing {
  fileprivate init?(_ json: some JSONReadable) {
    guard let isListed = json["listed"]?.bool else { return nil }
    self.init(
      isListed: isListed, since: json["since"]?.string,
      reason: json["reason"]?.string.flatMap(ListingReason.init) ?? .lowRisk)
  }
}

extension AtRiskDocument.LastContact {
  fileprivate init?(_ json: some JSONReadable) {
    guard let date = json["date"]?.string, let outcome = json["outcome"]?.string else { return nil }
    self.init(
      date: date, accountManager: json["accountManager"]?.string, outcome: outcome,
      until: json["until"]?.string)
  }
}
