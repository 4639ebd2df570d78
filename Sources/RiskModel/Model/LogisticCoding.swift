internal import Files
internal import Learning

/// The logistic model as JSON: preparation, then one coefficient for each design column.
extension LogisticModel {
  var json: JSONValue {
    [
      "intercept": .number(intercept),
      "columns": .array(preparation.columnNames.map { .string($0) }),
      "transforms": .array(
        preparation.transforms.map { transform in
          [
            "column": .string(preparation.columnNames[transform.rawColumn]),
            "isLogged": .bool(transform.isLogged), "lowerClip": .number(transform.lowerClip),
            "upperClip": .number(transform.upperClip), "fill": .number(transform.fill),
          ]
        }),
      "terms": .array(
        zip(preparation.designColumns, coefficients).map { term, coefficient in
          [
            "column": .string(preparation.columnNames[term.rawColumn]),
            "term": .string(term.term.rawValue),
            "knot": term.knot.map { .number($0) } ?? .null,
            "level": term.level.map { .string($0) } ?? .null, "mean": .number(term.mean),
            "deviation": .number(term.deviation), "coefficient": .number(coefficient),
          ]
        }),
      "dropped": .array(
        preparation.dropped.map { column in
          [
            "name": .string(column.name), "reason": .string(column.reason.rawValue),
            "duplicateOf": column.duplicateOf.map { .string($0) } ?? .null,
          ]
        }),
      "absorbed": .array(
        preparation.absorbed.map { category in
          [
            "column": .string(preparation.columnNames[category.rawColumn]),
            "level": category.level.map { .string($0) } ?? .null,
          ]
        }),
    ]
  }

  /// nil when a part is missing, is no finite number, or refers to a column that is not listed.
  init?(json: JSONValue) {
    guard let intercept = json["intercept"]?.double,
      let names = json["columns"]?.array?.compactMap(\.string),
      let transforms = json["transforms"]?.array, let terms = json["terms"]?.array,
      let dropped = json["dropped"]?.array
    else { return nil }
    let positions = Dictionary(zip(names, names.indices), uniquingKeysWith: { first, _ in first })
    func position(_ item: JSONValue) -> Int? { item["column"]?.string.flatMap { positions[$0] } }
    var coefficients: [Double] = []
    var preparation = Preparation(columnNames: names)
    for item in transforms {
      guard let raw = position(item), let isLogged = item["isLogged"]?.bool,
        let lower = item["lowerClip"]?.double, let upper = item["upperClip"]?.double,
        let fill = item["fill"]?.double
      else { return nil }
      preparation.transforms.append(
        NumericTransform(
          rawColumn: raw, isLogged: isLogged, lowerClip: lower, upperClip: upper, fill: fill))
    }
    for item in terms {
      guard let raw = position(item), let mean = item["mean"]?.double,
        let term = item["term"]?.string.flatMap(DesignColumn.Term.init(rawValue:)),
        let deviation = item["deviation"]?.double, deviation > 0,
        let coefficient = item["coefficient"]?.double
      else { return nil }
      preparation.designColumns.append(
        DesignColumn(
          rawColumn: raw, term: term, knot: item["knot"]?.double, level: item["level"]?.string,
          mean: mean, deviation: deviation))
      coefficients.append(coefficient)
    }
    for item in dropped {
      guard let name = item["name"]?.string,
        let reason = item["reason"]?.string.flatMap(DroppedColumn.Reason.init(rawValue:))
      else { return nil }
      preparation.dropped.append(
        DroppedColumn(name: name, reason: reason, duplicateOf: item["duplicateOf"]?.string))
    }
    // Models of before this was told have none.
    for item in json["absorbed"]?.array ?? [] {
      guard let raw = position(item), item["level"] != nil else { return nil }
      preparation.absorbed.append(
        AbsorbedCategory(rawColumn: raw, level: item["level"]?.string))
    }
    guard preparation.isComplete, (coefficients + [intercept]).allSatisfy(\.isFinite) else {
      return nil
    }
    self.init(preparation: preparation, coefficients: coefficients, intercept: intercept)
  }
}

extension Preparation {
  /// Whether every term has what it needs: no name, transform or level occurs twice, each number has
  /// its transform, each hinge its knot and each level its name, and every number is finite.
  fileprivate var isComplete: Bool {
    let numbers = Set(transforms.map(\.rawColumn))
    guard Set(columnNames).count == columnNames.count, numbers.count == transforms.count else {
      return false
    }
    let terms = designColumns.map { [String($0.rawColumn), $0.term.rawValue, $0.level ?? ""] }
    let levels = zip(terms, designColumns).filter { $1.category != nil }.map(\.0)
    let isFinite =
      transforms.allSatisfy {
        $0.lowerClip.isFinite && $0.upperClip.isFinite && $0.lowerClip <= $0.upperClip
          && $0.fill.isFinite
      }
      && designColumns.allSatisfy {
        $0.mean.isFinite && $0.deviation.isFinite && ($0.knot ?? 0).isFinite
      }
    let categories =
      levels
      + absorbed.map {
        let term = $0.level == nil ? DesignColumn.Term.unknown : .level
        return [String($0.rawColumn), term.rawValue, $0.level ?? ""]
      }
    return isFinite && Set(categories).count == categories.count
      && absorbed.allSatisfy { !numbers.contains($0.rawColumn) }
      && designColumns.allSatisfy { column in
        switch column.term {
        case .hinge: numbers.contains(column.rawColumn) && column.knot != nil
        case .value, .missing: numbers.contains(column.rawColumn)
        case .level: !numbers.contains(column.rawColumn) && column.level != nil
        case .pool, .unknown: !numbers.contains(column.rawColumn)
        }
      }
  }

  /// Whether the named features are of the kind, number or level, that the terms expect.
  func fits(numericNames: Set<String>) -> Bool {
    let numbers = Set(transforms.map(\.rawColumn))
    return designColumns.allSatisfy {
      numbers.contains($0.rawColumn) == numericNames.contains(columnNames[$0.rawColumn])
    }
  }
}
