import History
import RiskModel

extension Scorer {
  /// Scores by a model, with the owners of the history.
  init(model: RiskModelFile, owners: OwnerRules) {
    self.init(model: model) { subject in
      owners.owner(
        forSubscription: subject.subscriptionId, customerTenantId: subject.customerTenantId,
        partnerId: subject.partnerId, customerMarket: subject.customerMarket, on: subject.day
      ).map { Owner(accountManager: $0.accountManager, email: $0.email.isEmpty ? nil : $0.email) }
    }
  }
}
