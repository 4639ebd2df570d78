import Features
import Testing

@testable import RiskModel
@testable import Words

/// That all languages say the same.
struct CatalogTests {
  /// A placeholder and what kind of value it shows.
  private struct Place: Hashable {
    var name: Argument.Name
    var kind: String
  }

  private func places(_ template: Template) -> Set<Place> {
    Set(
      template.compactMap { piece in
        switch piece {
        case .literal: nil
        case .plural(let name, _): Place(name: name, kind: "number")
        case .value(let name, let format):
          switch format {
          case .percent, .date, .text: Place(name: name, kind: format.rawValue)
          default: Place(name: name, kind: "number")
          }
        }
      })
  }

  private static let others = Language.allCases.filter { $0 != .en }

  @Test(arguments: others)
  func `placeholders are those of English`(language: Language) {
    for key in MessageKey.allCases {
      let (own, english) = (language.book.messages[key] ?? [], Language.en.book.messages[key] ?? [])
      #expect(places(own) == places(english), "\(language) \(key)")
      // "licence" is both English and French.
      #expect(
        !own.isEmpty && (own != english || key == .licences), "\(language) \(key) is not translated"
      )
    }
    for key in LabelKey.allCases {
      let (own, english) = (language.book.labels[key] ?? [], Language.en.book.labels[key] ?? [])
      #expect(places(own) == places(english) && !own.isEmpty, "\(language) \(key)")
    }
  }

  @Test(arguments: Language.allCases)
  func `words have as many forms as the language`(language: Language) {
    let book = language.book
    for template in Array(book.messages.values) + Array(book.labels.values) {
      for case .plural(_, let forms) in template {
        #expect(forms.forms.count == book.grammar.formCount, "\(language) \(template)")
      }
    }
    for number in [0, 0.5, 1, 1.5, 2, 1e12] {
      #expect((0..<book.grammar.formCount).contains(book.grammar.form(number)))
    }
  }

  @Test(arguments: Language.allCases)
  func `every feature has words in every language`(language: Language) {
    for feature in FeatureCatalog.numeric {
      let name = feature.description.name
      for value in [.nan, 0, 0.3, 1, 2, 30, -1, 1e12] as [Double] {
        for other in [.nan, 0, 1] as [Double] {
          let message = ReasonText.message(name) { $0 == name ? value : other }
          // What is written can be read.
          #expect(Message(key: message.key, arguments: message.arguments) == message)
          let text = language.text(message)
          #expect(!text.isEmpty && !text.contains("nan") && !text.contains("{"), "\(text)")
        }
      }
    }
    for feature in FeatureCatalog.categorical {
      for level in [nil, "DE"] {
        let message = ReasonText.message(feature.description.name, level: level)
        #expect(Message(key: message.key, arguments: message.arguments) == message)
        #expect(!language.text(message).isEmpty)
      }
    }
  }

  @Test func `no sentence claims a cause`() {
    let causal = ["because", "due to", "à cause", "en raison", "のため", "原因で", "因為", "由於"]
    for language in Language.allCases {
      for key in MessageKey.allCases {
        let text = language.catalog.text(key).lowercased()
        #expect(!causal.contains { text.contains($0) }, "\(text)")
      }
    }
  }

  @Test func `French has its spaces, Japanese and Chinese their punctuation`() {
    let catalogs: [any Catalog] = [Japanese(), TraditionalChinese()]
    for key in MessageKey.allCases {
      let french = French().grammar.typeset(French().text(key))
      for mark in [";", ":", "!", "?", "%"] {
        #expect(!french.contains(" " + mark), "\(french)")
      }
      #expect(!french.contains("'"), "\(french)")
      for catalog in catalogs {
        // Outside of braces.
        let text = catalog.text(key).split(separator: "{").map {
          $0.split(separator: "}", omittingEmptySubsequences: false).last ?? ""
        }.joined()
        for mark in [",", ";", ":", "(", ")", "!", "?"] {
          #expect(!text.contains(mark), "\(catalog.text(key))")
        }
      }
    }
  }
}
