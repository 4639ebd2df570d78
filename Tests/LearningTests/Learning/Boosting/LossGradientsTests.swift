import Testing

@testable import Learning

struct LossGradientsTests {
  @Test func `gradients are those of the log-loss`() {
    let logOdds = stride(from: -40.0, through: 40, by: 0.37).map { $0 }
    for label in [Float(0), 1] {
      var gradients = LossGradients(rowCount: logOdds.count)
      gradients.update(
        logOdds: logOdds, labels: [Float](repeating: label, count: logOdds.count))
      for (s, g) in zip(logOdds, gradients.gradients) {
        let exact = Logistic.probability(logOdds: s) - Double(label)
        // Eight bits of a Float's 24 may be lost in the subtraction; the rest is the polynomial.
        #expect(abs(Double(g) - exact) < 5e-7, "at \(s)")
      }
    }
  }

  @Test func `a word holds a row's derivatives and one row`() {
    for g: Float in [0, 0.25, -0.25, 1, -1, 0x1p-14, 3e-6, -0.7, 0.999] {
      let sums = GradientSums(word: LossGradients.word(g))
      #expect(sums.count == 1)
      #expect(abs(sums.gradientSteps - Double(g) * 0x1p14) <= (abs(g) == 1 ? 1 : 0.5))
      #expect(sums.hessianSteps >= 1)
      #expect(abs(sums.hessianSteps - Double(LossGradients.hessian(g)) * 0x1p14) <= 1)
    }
  }

  @Test(arguments: [Float(1), -1, 0.5, -0.5])
  func `a batch of the largest words does not overflow`(g: Float) {
    let word = LossGradients.word(g)
    let sum = (0..<LossGradients.batchRows).reduce(UInt64(0)) { sum, _ in sum &+ word }
    let one = GradientSums(word: word)
    let all = GradientSums(word: sum)
    #expect(all.count == LossGradients.batchRows)
    #expect(all.gradient == one.gradient * Int64(LossGradients.batchRows))
    #expect(all.hessianSteps == one.hessianSteps * Double(LossGradients.batchRows))
  }

  @Test func `sums add and subtract exactly`() {
    let a = GradientSums(word: LossGradients.word(0.3))
    let b = GradientSums(word: LossGradients.word(-0.9))
    #expect(a + b - b == a)
    #expect((a - b).gradient == a.gradient - b.gradient)
  }
}
