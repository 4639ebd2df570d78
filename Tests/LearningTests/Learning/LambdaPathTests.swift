import Learning
import Testing

struct LambdaPathTests {
  @Test func `falls from the base rate to a thousandth`() {
    let path = LambdaPath.standard
    #expect(path.initial.count == 9)
    #expect(path.initial[0] == .infinity)
    #expect(abs(path.initial[1] - 10) < 1e-14)
    #expect(abs(path.initial[8] - 1e-3) < 1e-17)
  }

  @Test func `keeps one ratio to the end of the continuation`() {
    let finite = LambdaPath.standard.initial.dropFirst() + LambdaPath.standard.continuation
    #expect(finite.count == 13)
    for (stronger, weaker) in zip(finite, finite.dropFirst()) {
      // 10^(4/7)
      #expect(abs(stronger / weaker - 3.7275937203149403) < 1e-12)
    }
  }

  @Test func `refuses a path that rises`() async {
    await #expect(processExitsWith: .failure) { _ = LambdaPath(initial: [1, 2]) }
  }
}
