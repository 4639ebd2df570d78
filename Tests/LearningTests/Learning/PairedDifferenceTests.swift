import Learning
import Testing

struct PairedDifferenceTests {
  @Test func `of single rows is the classical standard error`() {
    // Differences 1, 2, 3, 6: mean 3, sample variance 14/3, SE = √(14/3/4).
    let difference = PairedDifference([1, 2, 3, 6], [0, 0, 0, 0], groups: [0, 1, 2, 3])
    #expect(difference.mean == 3)
    #expect(abs(difference.standardError - (14.0 / 12).squareRoot()) < 1e-15)
    #expect(!difference.favorsFirst)
    #expect(PairedDifference([0, 0, 0, 0], [1, 2, 3, 6], groups: [0, 1, 2, 3]).favorsFirst)
  }

  @Test func `repeating every row does not make it more certain`() {
    let groups: [Int32] = [0, 1, 2, 3, 4]
    let a = [0.2, 0.9, 0.4, 0.7, 0.1]
    let b = [0.5, 0.3, 0.6, 0.2, 0.8]
    let once = PairedDifference(a, b, groups: groups)
    let thrice = PairedDifference(a + a + a, b + b + b, groups: groups + groups + groups)
    #expect(abs(thrice.standardError - once.standardError) < 1e-15)
  }

  @Test func `one group can tell nothing`() {
    #expect(PairedDifference([1, 2], [0, 0], groups: [5, 5]).standardError == .infinity)
  }

  @Test func `equals the sum over pairs of rows of one group`() {
    var generator = SplitMix64(seed: 3)
    let a = (0..<60).map { _ in generator.nextUnit() }
    let b = (0..<60).map { _ in generator.nextUnit() }
    let groups = (0..<60).map { _ in Int32(generator.next() % 17) }
    let differences = zip(a, b).map { $0 - $1 }
    let mean = differences.reduce(0, +) / 60
    var sum = 0.0
    for i in 0..<60 {
      for j in 0..<60 where groups[i] == groups[j] {
        sum += (differences[i] - mean) * (differences[j] - mean)
      }
    }
    let count = Double(Set(groups).count)
    let naive = (count / (count - 1) * sum).squareRoot() / 60
    let difference = PairedDifference(a, b, groups: groups)
    #expect(abs(difference.mean - mean) < 1e-15)
    #expect(abs(difference.standardError - naive) < 1e-14)
  }
}
