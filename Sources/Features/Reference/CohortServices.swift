internal import Glibc

/// What a cohort used, service by service, on every landmark.
///
/// A subscription finds its services once for all landmarks (`Shared`), and what it asks for on the next landmark
/// lies next to what it asked for on the last one.
final class CohortServices: Sendable {
  /// As in `MeterTraits.services`; ascending.
  let numbers: [Int32]
  private let landmarkCount: Int
  /// Service by service, one for each landmark.
  private let uses: [Use]

  /// One service on one landmark.
  struct Use: Sendable, Hashable {
    let sum: ServiceSum
    /// How surprising it is not to use it for 91 days, for somebody else and for one of the present who
    /// is not among its users.
    let surpriseOfOther: Int32
    let surpriseOfMember: Int32
  }

  /// - Parameters:
  ///   - numbers: of the services, ascending.
  ///   - present: on each landmark how many of the cohort are present.
  ///   - sum: what was used of a service on a landmark.
  init(_ numbers: [Int32], present: [Int], _ sum: (_ service: Int, _ landmark: Int) -> ServiceSum) {
    (self.numbers, landmarkCount) = (numbers, present.count)
    var uses: [Use] = []
    uses.reserveCapacity(numbers.count * present.count)
    for service in numbers.indices {
      for (landmark, others) in present.enumerated() {
        let sum = sum(service, landmark)
        uses.append(
          Use(
            sum: sum, surpriseOfOther: Self.surprise(users: Int(sum.users91), of: others),
            surpriseOfMember: Self.surprise(users: Int(sum.users91), of: others - 1)))
      }
    }
    self.uses = uses
  }

  /// Those of one landmark.
  func uses(onLandmark landmark: Int) -> some Sequence<Use> {
    numbers.indices.lazy.map { self.uses[$0 * self.landmarkCount + landmark] }
  }

  /// The services of one subscription among those of the cohort.
  final class Shared: Sendable {
    /// The number of the cohort.
    let cohort: Int
    let uses: [Use]
    /// For each of the subscription's services the index in `uses` of the first landmark; -1 for one that nobody
    /// in the cohort used.
    let places: [Int32]

    fileprivate init(cohort: Int, uses: [Use], places: [Int32]) {
      (self.cohort, self.uses, self.places) = (cohort, uses, places)
    }
  }

  /// Finds services.
  ///
  /// - Parameters:
  ///   - services: by number, ascending.
  ///   - cohort: the number of this one.
  /// - Returns: where they are.
  func shared(by services: [Int32], ofCohort cohort: Int) -> Shared {
    var place = 0
    let places = services.map { number in
      while place < numbers.count, numbers[place] < number { place += 1 }
      return place < numbers.count && numbers[place] == number ? Int32(place * landmarkCount) : -1
    }
    return Shared(cohort: cohort, uses: uses, places: places)
  }

  /// How surprising it is not to use a service, as −ln of the share of the others who do not, in
  /// 1/1,048,576: in whole numbers, so that what is added can be taken away again.
  ///
  /// What all others use counts as if one in fifty did not.
  private static func surprise(users: Int, of others: Int) -> Int32 {
    guard users > 0, others > 0 else { return 0 }
    let share = min(Double(users) / Double(others), 0.98)
    return Int32((-log(1 - share) * surpriseSteps).rounded())
  }

  static let surpriseSteps = 1_048_576.0
}
