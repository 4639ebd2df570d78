internal import CBLASThreads
internal import COpenBLAS

// The few BLAS routines the learners need, with the shapes checked at the door. Matrices are dense
// and row-major. OpenBLAS itself is pinned to one thread: parallelism is over row blocks
// (ConcurrentChunks), which keeps the order of every sum fixed. OpenBLAS picks its kernels by CPU
// type, so bits are promised per machine type only.

/// Pins OpenBLAS to one thread, once per process.
///
/// Its build with POSIX threads is the one that can be called from several threads of ours. The build
/// without threads has no lock around its buffers either: two calls may be given the same one and spoil each
/// other's sums. That of OpenMP keeps the number of threads for each calling thread apart.
let singleThread: Void = {
  precondition(
    openblas_get_parallel() == OPENBLAS_THREAD,
    "Learning: this OpenBLAS was built without POSIX threads; install libopenblas0-pthread")
  // Done before `main`; what is named here is linked.
  cblas_end_threads()
}()

/// The BLAS routines in use here, level by level.
package enum BLAS {
  /// The inner product Σ xᵢ·yᵢ.
  ///
  /// - Precondition: both have the same length.
  package static func dot(_ x: Span<Double>, _ y: Span<Double>) -> Double {
    _ = singleThread
    precondition(x.count == y.count, "Learning: dot of lengths \(x.count) and \(y.count)")
    // SAFETY: `count` elements exist in both, and the pointers stay inside the closures.
    return unsafe x.withUnsafeBufferPointer { x in
      unsafe y.withUnsafeBufferPointer { y in
        unsafe cblas_ddot(blasint(x.count), x.baseAddress, 1, y.baseAddress, 1)
      }
    }
  }

  /// Adds Aᵀ·x to y.
  ///
  /// - Parameters:
  ///   - a: (x.count, y.count), row-major.
  ///   - x: One factor per row.
  ///   - y: One sum per column; added to, not cleared.
  package static func addTransposed(
    _ a: Span<Double>, _ x: Span<Double>, into y: inout MutableSpan<Double>
  ) {
    _ = singleThread
    let (rows, columns) = (x.count, y.count)
    precondition(
      a.count == rows * columns, "Learning: \(a.count) elements are not \(rows) x \(columns)")
    guard rows > 0, columns > 0 else { return }
    // SAFETY: the precondition gives rows · columns elements of a; x has one per row, y one per column.
    unsafe a.withUnsafeBufferPointer { a in
      unsafe x.withUnsafeBufferPointer { x in
        unsafe y.withUnsafeMutableBufferPointer { y in
          unsafe cblas_dgemv(
            CblasRowMajor, CblasTrans, blasint(rows), blasint(columns), 1, a.baseAddress,
            blasint(columns), x.baseAddress, 1, 1, y.baseAddress, 1)
        }
      }
    }
  }

  /// Adds AᵀA to the upper triangle of c; the strict lower triangle is left alone.
  ///
  /// - Parameters:
  ///   - a: (rowCount, order), row-major.
  ///   - rowCount: Rows of a.
  ///   - order: Columns of a; order of c.
  ///   - c: (order, order), row-major; its upper triangle is added to, not cleared.
  package static func addGram(
    _ a: Span<Double>, rowCount: Int, order: Int, into c: inout MutableSpan<Double>
  ) {
    _ = singleThread
    precondition(
      a.count == rowCount * order && c.count == order * order,
      "Learning: \(a.count) and \(c.count) elements are not \(rowCount) x \(order) and its square")
    guard rowCount > 0, order > 0 else { return }
    // SAFETY: the precondition gives every element that dsyrk reads or writes for these shapes.
    unsafe a.withUnsafeBufferPointer { a in
      unsafe c.withUnsafeMutableBufferPointer { c in
        unsafe cblas_dsyrk(
          CblasRowMajor, CblasUpper, CblasTrans, blasint(order), blasint(rowCount), 1,
          a.baseAddress, blasint(order), 1, c.baseAddress, blasint(order))
      }
    }
  }
}
