/// What the lists say of their maker.
package enum Product {
  package static let name = "churn-risk"
  package static let version = "0.1.0"
}
