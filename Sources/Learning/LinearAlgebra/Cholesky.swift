internal import COpenBLAS

/// The matrix had a leading minor that is not positive, so it has no Cholesky factor.
package struct NotPositiveDefinite: Error, Equatable {
  /// Order of the first leading minor that is not positive, counted from 1; 0 when the matrix holds a
  /// NaN.
  package let leadingMinor: Int
}

/// The Cholesky factor of a symmetric positive definite matrix, ready to solve A·x = b.
///
/// A = UᵀU with U upper triangular, by LAPACK's dpotrf; solutions by dpotrs. LAPACK counts by
/// columns, so our row-major upper triangle is its lower one and nothing is copied.
package struct Cholesky: Sendable {
  private let factor: [Double]
  private let order: Int

  /// Factors the matrix whose upper triangle is given.
  ///
  /// - Parameters:
  ///   - upperTriangle: (order, order), row-major; elements below the diagonal are not read.
  ///   - order: Number of rows and columns, ≥ 1.
  /// - Throws: `NotPositiveDefinite` when a pivot is not positive, or an element is NaN.
  package init(upperTriangle: [Double], order: Int) throws(NotPositiveDefinite) {
    precondition(
      order >= 1 && upperTriangle.count == order * order,
      "Learning: \(upperTriangle.count) elements are not a square of order \(order)")
    _ = singleThread
    var factor = upperTriangle
    // SAFETY: the precondition gives order² elements with leading dimension `order`.
    let status = unsafe factor.withUnsafeMutableBufferPointer { factor in
      unsafe LAPACKE_dpotrf(
        LAPACK_COL_MAJOR, lower, LapackInt(order), factor.baseAddress, LapackInt(order))
    }
    // Argument 4 is the matrix: LAPACKE refuses one that holds a NaN.
    if status == -4 { throw NotPositiveDefinite(leadingMinor: 0) }
    precondition(status >= 0, "Learning: dpotrf refused argument \(-status)")
    guard status == 0 else { throw NotPositiveDefinite(leadingMinor: Int(status)) }
    self.factor = factor
    self.order = order
  }

  /// The x with A·x = b.
  ///
  /// - Parameter b: `order` elements.
  /// - Returns: `order` elements.
  package func solve(_ b: [Double]) -> [Double] {
    precondition(b.count == order, "Learning: right side of \(b.count) for order \(order)")
    var x = b
    // SAFETY: `factor` holds order² elements, `x` holds `order`, and there is one right side.
    let status = unsafe factor.withUnsafeBufferPointer { factor in
      unsafe x.withUnsafeMutableBufferPointer { x in
        unsafe LAPACKE_dpotrs(
          LAPACK_COL_MAJOR, lower, LapackInt(order), 1, factor.baseAddress, LapackInt(order),
          x.baseAddress, LapackInt(order))
      }
    }
    precondition(status == 0, "Learning: dpotrs refused argument \(-status)")
    return x
  }
}

/// LAPACK's `uplo`: the triangle that holds the matrix, seen column by column.
private let lower = CChar(bitPattern: UInt8(ascii: "L"))
