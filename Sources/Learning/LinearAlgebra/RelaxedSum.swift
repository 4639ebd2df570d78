internal import COpenBLAS

/// The sum of the numbers, in an order the compiler may choose so that it vectorizes.
///
/// The order is fixed when the program is built, so the same program gives the same bits.
package func relaxedSum(_ x: [Double]) -> Double {
  let x = x.span
  var sum = 0.0
  for index in x.indices { sum = relaxed_add(sum, x[index]) }
  return sum
}
