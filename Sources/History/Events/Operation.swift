// The operations of Partner Center's logs.
//
// The API writes update_subscription, the enumeration of its SDK UpdateSubscription, and the activity
// log of the web page a sentence such as "Created a referral": all of them are reduced to the same key.
//
//   update_subscription ┐
//   UpdateSubscription  ├─► updat subscription
//   Updated a subscription ┘
//
// The operations are those of the reference and of Microsoft's .NET SDK:
//   https://learn.microsoft.com/partner-center/developer/auditing-resources

/// What an operation is about.
enum Operation: Sendable, Hashable {
  case createsTransfer
  case updatesTransfer
  case removesCustomer
  case migrates
  case upgrades
  case tellsOfFraud
  /// Any other; the values before and after it say whether it changed a subscription.
  case ordinary

  /// The operation of a name, or of an action in words; nil when it is not known.
  init?(_ written: String) {
    guard let known = Self.byKey[Self.key(written)] else { return nil }
    self = known
  }

  /// The words of a name, without articles and endings, so that forms of a verb are the same.
  static func key(_ written: String) -> String {
    var words: [String] = []
    var word = ""
    var wasLower = false
    for character in written {
      if !character.isLetter || character.isUppercase && wasLower {
        if !word.isEmpty { words.append(word) }
        word = ""
      }
      if character.isLetter { word += character.lowercased() }
      wasLower = character.isLowercase
    }
    if !word.isEmpty { words.append(word) }
    return words.filter { !articles.contains($0) }.map { stem($0) }.joined(separator: " ")
  }

  private static let articles: Set<String> = ["a", "an", "the"]

  private static func stem(_ word: String) -> String {
    guard word.count > 3 else { return word }
    if word.hasSuffix("ed") { return String(word.dropLast(2)) }
    return word.hasSuffix("e") ? String(word.dropLast()) : word
  }

  private static let byKey = Dictionary(
    uniqueKeysWithValues: names.flatMap { operation, names in
      names.split { $0.isWhitespace }.map { (key(String($0)), operation) }
    })

  private static let names: [(Operation, String)] = [
    (.createsTransfer, "create_transfer"),
    (.updatesTransfer, "update_transfer"),
    (.removesCustomer, "remove_partner_customer_relationship delete_customer delete_tip_customer"),
    (.migrates, "create_new_commerce_migration"),
    (.upgrades, "upgrade_subscription"),
    (.tellsOfFraud, "azure_fraud_event_detected"),
    (
      .ordinary,
      """
      update_subscription update_order update_customer_qualification convert_trial_subscription add_customer
      update_customer_billing_profile update_customer_partner_contract_company_name
      update_customer_spending_budget create_order create_customer_user delete_customer_user
      update_customer_user update_customer_user_licenses reset_customer_user_password
      update_customer_user_principal_name restore_customer_user create_mpn_association
      update_mpn_association update_sfb_customer_user_licenses create_partner_relationship
      register_application unregister_application add_application_credential
      remove_application_credential create_partner_user update_partner_user remove_partner_user
      create_self_serve_policy update_self_serve_policy delete_self_serve_policy
      remove_partner_relationship create_related_referral update_related_referral create_referral
      update_referral get_software_key get_software_download_link increase_spending_limit
      ready_invoice create_agreement extend_relationship dap_admin_relationship_approved
      dap_admin_relationship_terminated dap_admin_relationship_terminated_by_microsoft
      add_user_member remove_user_member granular_admin_relationship_approved
      granular_admin_relationship_activated granular_admin_relationship_termination_requested
      granular_admin_relationship_terminated granular_admin_relationship_expired
      granular_admin_relationship_cleaned_up granular_admin_access_assignment_created
      granular_admin_access_assignment_updated granular_admin_access_assignment_deleted
      granular_admin_access_assignment_activated create_credit update_credit cancel_credit
      software_attestation update_company_info policy_created policy_updated policy_deleted
      device_updated devices_update_attempted device_deleted devices_upload_to_new_batch_attempted
      devices_upload_to_existing_batch_attempted manage_overage
      """
    ),
  ]
}
