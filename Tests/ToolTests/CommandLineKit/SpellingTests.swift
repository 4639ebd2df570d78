import Testing

@testable import CommandLineKit

struct SpellingTests {
  @Test(arguments: [
    ("", "", 0), ("a", "", 1), ("", "abc", 3), ("same", "same", 0),
    ("kitten", "sitting", 3),  // Wikipedia, "Levenshtein distance"
    ("ca", "abc", 3),  // Wikipedia, "Damerau–Levenshtein distance": 3 for optimal string alignment
    ("scroe", "score", 1), ("abcd", "badc", 2), ("日本", "日木", 1),
  ])
  func `counts the slips between two words`(words: (a: String, b: String, distance: Int)) {
    #expect(editDistance(words.a, words.b) == words.distance)
  }

  @Test func `agrees with the recursive definition`() {
    func naive(_ a: ArraySlice<Character>, _ b: ArraySlice<Character>) -> Int {
      guard let lastA = a.last, let lastB = b.last else { return a.count + b.count }
      var best = min(naive(a.dropLast(), b), naive(a, b.dropLast())) + 1
      best = min(best, naive(a.dropLast(), b.dropLast()) + (lastA == lastB ? 0 : 1))
      if a.count > 1, b.count > 1, a.dropLast().last == lastB, b.dropLast().last == lastA {
        best = min(best, naive(a.dropLast(2), b.dropLast(2)) + 1)
      }
      return best
    }
    let words = ["", "a", "b", "ab", "ba", "abc", "acb", "cab", "abab", "baba", "abca"]
    for a in words {
      for b in words {
        #expect(editDistance(a, b) == naive(Array(a)[...], Array(b)[...]))
        #expect(editDistance(a, b) == editDistance(b, a))
      }
    }
  }

  @Test func `finds the word that was meant`() {
    let commands = ["import", "imports", "status", "train", "score", "export"]
    #expect(nearest(to: "improt", among: commands) == "import")
    #expect(nearest(to: "imprts", among: commands) == "imports")
    #expect(nearest(to: "Score", among: commands) == "score")
    #expect(nearest(to: "stat", among: commands) == "status")
    #expect(nearest(to: "--as-off", among: ["--as-of", "--all"]) == "--as-of")
  }

  @Test func `offers nothing when no word is close`() {
    #expect(nearest(to: "frobnicate", among: ["import", "score"]) == nil)
    #expect(nearest(to: "ls", among: ["init", "run", "forget"]) == nil)
    #expect(nearest(to: "", among: ["a"]) == nil)
    #expect(nearest(to: "--", among: ["--a"]) == nil)
    #expect(nearest(to: "x", among: []) == nil)
  }

  @Test func `keeps the declared order among equals`() {
    #expect(nearest(to: "bar", among: ["baz", "bat"]) == "baz")
    #expect(nearest(to: "bar", among: ["bat", "baz"]) == "bat")
  }
}
