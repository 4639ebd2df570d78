internal import Features
internal import Files
internal import History
internal import Learning

extension RiskModelFile {
  /// The content as it is written, with the digest of everything else in `sha256`.
  private func content(sha256: String?) -> JSONValue {
    var object: JSONObject = ["schemaVersion": .integer(Self.schemaVersion)]
    if let sha256 { object["sha256"] = .string(sha256) }
    object["learner"] = .string(learner.rawValue)
    object["asOf"] = .string(asOf.description)
    object["lagDays"] = .integer(lagDays)
    object["training"] = [
      "from": trainedFrom.map { .string($0.description) } ?? .null,
      "through": trainedThrough.map { .string($0.description) } ?? .null,
      "rows": .integer(rows), "churnedRows": .integer(churnedRows),
      "churnedCustomers": .integer(churnedCustomers), "unobservedRows": .integer(unobservedRows),
    ]
    object["baseRate"] = baseRate.map { .number($0) } ?? .null
    object["grade"] = grade.map { .string($0.rawValue) } ?? .null
    object["bands"] = ["high": .number(bands.high), "medium": .number(bands.medium)]
    object["attention"] = attention.json
    object["featureNames"] = .array(featureNames.map { .string($0) })
    object["calibration"] = calibration.json
    object["logistic"] = fitted?.logistic?.json ?? .null
    object["boosting"] = fitted?.boosting?.json ?? .null
    object["vennAbers"] = vennAbers?.json ?? .null
    object["hazard"] = horizons?.json ?? .null
    object["recipe"] = recipe.json
    return .object(object)
  }

  /// The model with its digest, and the text of model.json.
  package func sealed() -> (model: RiskModelFile, text: String) {
    var model = self
    model.sha256 = Files.sha256(Array(content(sha256: nil).serialized().utf8))
    return (model, model.content(sha256: model.sha256).serialized() + "\n")
  }

  /// Reads and checks model.json.
  ///
  /// - Throws: `FileError` when the file is missing or no JSON; `RiskModelError.invalidModel` when it
  ///   is no model, of another schema version, or was changed; `.otherFeatures` when it needs features
  ///   that this program does not have.
  package init(contentsOf path: String) throws {
    let json = try JSONValue(parsing: contents(ofFile: path), path: path)
    func invalid(_ problem: String) -> RiskModelError {
      .invalidModel(file: path, problem: problem)
    }
    guard let version = json["schemaVersion"]?.int, json["featureNames"] != nil else {
      throw invalid("this is no model file")
    }
    guard version == Self.schemaVersion else {
      throw invalid("its schema version is \(version), this program reads \(Self.schemaVersion)")
    }
    try Self.checkDigest(of: json, orThrow: invalid("its content does not match its sha256"))
    func day(_ value: JSONValue?) -> CalendarDay? { value?.string.flatMap { CalendarDay($0) } }
    guard let learner = json["learner"]?.string.flatMap(Learner.init(rawValue:)),
      let asOf = day(json["asOf"]), let lagDays = json["lagDays"]?.int,
      let training = json["training"], let rows = training["rows"]?.int,
      let churnedRows = training["churnedRows"]?.int,
      let churnedCustomers = training["churnedCustomers"]?.int,
      let unobservedRows = training["unobservedRows"]?.int,
      let high = json["bands"]?["high"]?.double, let medium = json["bands"]?["medium"]?.double,
      let calibration = json["calibration"].flatMap(CalibrationMap.init(json:)),
      let recipe = json["recipe"]
    else { throw invalid("a part is missing or has another form") }
    let counts = [lagDays, rows, churnedRows, churnedCustomers, unobservedRows]
    guard counts.allSatisfy({ $0 >= 0 }), churnedRows <= rows, unobservedRows <= rows,
      high.isFinite, 0 <= medium, medium <= high,
      high <= (learner == .rules ? RuleScore.largest : 1),
      json["baseRate"]?.double.map({ 0 <= $0 && $0 <= 1 }) ?? true
    else { throw invalid("a number is outside of its range") }
    let names = (json["featureNames"]?.array ?? []).compactMap(\.string)
    let numeric = Set(FeatureCatalog.numeric.map { $0.description.name })
    let known = numeric.union(FeatureCatalog.categorical.map { $0.description.name })
    let missing = names.filter { !known.contains($0) }
    guard missing.isEmpty else {
      throw RiskModelError.otherFeatures(file: path, missing: missing)
    }
    let fitted = FittedModel(json: json, learner: learner)
    guard (fitted == nil) == (learner == .rules), fitted?.columnNames ?? [] == names,
      fitted?.logistic?.preparation.columnNames ?? names == names,
      fitted?.logistic?.preparation.fits(numericNames: numeric) ?? true,
      fitted?.boosting?.fits(numericNames: numeric) ?? true,
      fitted?.boosting?.models.allSatisfy({ $0.encoder.columnNames == names }) ?? true
    else { throw invalid("its \(learner.rawValue) part is missing or has another form") }
    let readRecipe = try TrainingRecipe(recipe, file: path)
    // Files of earlier versions tell of one horizon.
    let hazard = json["hazard"] ?? .null
    let horizons = HorizonSpread(json: hazard)
    guard hazard == .null || horizons != nil,
      horizons.map({ spread in
        let preparation = spread.hazard.effects.preparation
        return fitted != nil && spread.days.contains(readRecipe.horizonDays)
          && preparation.columnNames == names && preparation.fits(numericNames: numeric)
      }) ?? true
    else { throw invalid("its hazard part has another form") }
    let range = json["vennAbers"] ?? .null
    let vennAbers = VennAbers(json: range)
    guard range == .null || vennAbers != nil && fitted != nil else {
      throw invalid("its calibration range has another form")
    }
    self.init(
      recipe: readRecipe, learner: learner, asOf: asOf,
      lagDays: lagDays, trainedFrom: day(training["from"]),
      trainedThrough: day(training["through"]),
      rows: rows, churnedRows: churnedRows, churnedCustomers: churnedCustomers,
      unobservedRows: unobservedRows, baseRate: json["baseRate"]?.double,
      grade: json["grade"]?.string.flatMap(Grade.init(rawValue:)), fitted: fitted,
      calibration: calibration, horizons: horizons, vennAbers: vennAbers,
      bands: RiskBands(high: high, medium: medium),
      attention: (json["attention"]?.array ?? []).map(Attention.init))
    sha256 = json["sha256"]?.string ?? ""
  }

  private static func checkDigest(of json: JSONValue, orThrow error: RiskModelError)
    throws(RiskModelError)
  {
    guard var object = json.object, let digest = object["sha256"]?.string else { throw error }
    object["sha256"] = nil
    guard Files.sha256(Array(JSONValue.object(object).serialized().utf8)) == digest else {
      throw error
    }
  }
}

extension FittedModel {
  /// nil under rules, and when a part that the learner needs is missing or has another form.
  fileprivate init?(json: JSONValue, learner: RiskModelFile.Learner) {
    let logistic = json["logistic"].flatMap(LogisticModel.init(json:))
    let boosting = json["boosting"].flatMap(BoostedBag.init(json:))
    switch (learner, logistic, boosting) {
    case (.logistic, let model?, nil): self = .logistic(model)
    case (.boosting, nil, let bag?): self = .boosting(bag)
    case (.blend, let model?, let bag?): self = .blend(model, bag)
    default: return nil
    }
  }
}
