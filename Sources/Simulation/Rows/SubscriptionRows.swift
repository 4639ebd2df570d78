internal import History

/// Writes rows of the subscription analytics resource, member by member as in the reference.
///
/// Azure rows look as the only documented one: seat-era fields null, `licenseCount` 0, `churnRisk`
/// absent unless Microsoft shows one. `deprovisionedDate` is set if and only if the status is
/// DEPROVISIONED.
struct SubscriptionRows {
  let parameters: SimulationParameters
  let tenant: PartnerTenant
  private let partnerTenantId: JSONText
  private let sellers: [(partnerId: JSONText, partnerName: JSONText, providerName: JSONText)]
  private(set) var row = RowBytes()

  init(parameters: SimulationParameters, tenant: PartnerTenant) {
    self.parameters = parameters
    self.tenant = tenant
    partnerTenantId = JSONText(tenant.tenantId)
    sellers = tenant.resellers.map {
      (JSONText($0.partnerId), JSONText($0.partnerName), JSONText($0.providerName))
    }
  }

  /// Writes the row of an Azure subscription into `row`; false when this export does not list it.
  mutating func write(
    _ course: SubscriptionCourse, of customer: CustomerCourse, on day: CalendarDay
  ) -> Bool {
    let profile = course.profile
    var status: String = "\"ACTIVE\""
    var deprovisioned: CalendarDay?
    var stateEnd = course.shownCommitmentEnd
    switch course.phase {
    case .notStarted, .vanished: return false
    case .trial, .active: break
    case .suspended(let since, _, _):
      status = "\"SUSPENDED\""
      stateEnd = since + 90
    case .deprovisioned(let date):
      guard day - date <= parameters.deprovisionedListedDays else { return false }
      status = "\"DEPROVISIONED\""
      (deprovisioned, stateEnd) = (date, nil)
    }
    begin(customer, on: day)
    row.append(",\"id\":")
    row.append(JSONText(profile.id.exported))
    row.append(",\"status\":")
    row.append(status)
    row.append(",\"productName\":")
    row.append(JSONText(profile.productName))
    row.append(",\"subscriptionType\":\"Azure\",\"autoRenewEnabled\":")
    row.append(course.showsAutoRenew(on: day, events: customer.events))
    appendSeller(customer, friendlyName: profile.friendlyName)
    row.append(",\"creationDate\":")
    row.append(
      profile.start, milliseconds: profile.creationMilliseconds,
      fractionDigits: profile.fractionDigits)
    row.append(",\"effectiveStartDate\":")
    row.append(profile.start)
    row.append(",\"commitmentEndDate\":")
    row.append(course.shownCommitmentEnd)
    row.append(",\"currentStateEndDate\":")
    row.append(stateEnd)
    row.append(",\"trialToPaidConversionDate\":")
    row.append(course.phase == .trial ? nil : profile.trial?.conversion)
    row.append(",\"trialStartDate\":")
    row.append(profile.trial.map { _ in profile.start })
    row.append(",\"trialEndDate\":")
    row.append(profile.trial?.end)
    row.append(",\"lastUsageDate\":")
    row.append(profile.hidesLastUsageDate ? nil : course.lastUsageDate)
    row.append(",\"deprovisionedDate\":")
    row.append(deprovisioned)
    row.append(",\"lastRenewalDate\":")
    row.append(course.lastRenewalDate, time: "T02:39:57.729")
    row.append(",\"licenseCount\":0")
    if let risk = course.microsoftChurnRisk {
      row.append(",\"churnRisk\":")
      row.append(risk)
    }
    row.append(",\"billingCycleName\":")
    row.append(JSONText(profile.billingCycleName))
    row.append("}")
    return true
  }

  /// Writes the row of a licence subscription; false when this export does not list it.
  mutating func write(
    _ office: OfficeProfile, of customer: CustomerCourse, on day: CalendarDay
  ) -> Bool {
    let left = office.deprovisioned.flatMap { $0 <= day ? $0 : nil }
    guard office.start <= day,
      left.map({ day - $0 <= parameters.deprovisionedListedDays }) ?? true
    else { return false }
    // Yearly terms; the day after the end renews.
    let years = max(0, (left ?? day) - office.start) / 366
    let end = office.start.adding(months: 12 * (years + 1)) - 1
    begin(customer, on: day)
    row.append(",\"id\":")
    row.append(JSONText(office.id.exported))
    row.append(",\"status\":")
    if left == nil { row.append("\"ACTIVE\"") } else { row.append("\"DEPROVISIONED\"") }
    row.append(",\"productName\":")
    row.append(JSONText(office.productName))
    row.append(",\"subscriptionType\":")
    row.append(JSONText(office.subscriptionType))
    row.append(",\"autoRenewEnabled\":")
    row.append(left == nil && customer.events.policyOffFrom.map { day < $0 } ?? true)
    appendSeller(customer, friendlyName: office.productName)
    row.append(",\"creationDate\":")
    row.append(office.start, milliseconds: office.creationMilliseconds, fractionDigits: 3)
    row.append(",\"effectiveStartDate\":")
    row.append(office.start)
    row.append(",\"commitmentEndDate\":")
    row.append(end)
    row.append(",\"currentStateEndDate\":")
    row.append(left == nil ? end : nil)
    row.append(
      ",\"trialToPaidConversionDate\":null,\"trialStartDate\":null,\"trialEndDate\":null"
        + ",\"lastUsageDate\":null,\"deprovisionedDate\":")
    row.append(left)
    row.append(",\"lastRenewalDate\":")
    row.append(years == 0 ? nil : office.start.adding(months: 12 * years), time: "T02:39:57.729")
    row.append(",\"licenseCount\":")
    row.append(max(1, Int(Double(office.licenseCount) * customer.seatShare)))
    row.append(",\"billingCycleName\":\"MONTHLY\"}")
    return true
  }

  private mutating func begin(_ customer: CustomerCourse, on day: CalendarDay) {
    row.reset()
    row.append("{")
    if parameters.sources > 1 {
      row.append("\"partnerTenantId\":")
      row.append(partnerTenantId)
      row.append(",")
    }
    row.append("\"customerTenantId\":")
    row.append(JSONText(customer.profile.customerTenantId))
    row.append(",\"customerName\":")
    row.append(JSONText(customer.profile.name(on: day)))
    row.append(",\"customerMarket\":")
    row.append(JSONText(customer.profile.market.code))
  }

  private mutating func appendSeller(_ customer: CustomerCourse, friendlyName: String) {
    let seller = sellers[customer.profile.reseller]
    row.append(",\"partnerId\":")
    row.append(seller.partnerId)
    row.append(",\"friendlyName\":")
    row.append(JSONText(friendlyName))
    row.append(",\"partnerName\":")
    row.append(seller.partnerName)
    row.append(",\"providerName\":")
    row.append(seller.providerName)
  }
}

extension SubscriptionCourse {
  /// A trial has no commitment yet; showing one would tell that it converts.
  var shownCommitmentEnd: CalendarDay? { phase == .trial ? nil : commitmentEndDate }

  func showsAutoRenew(on day: CalendarDay, events: PartnerEvents) -> Bool {
    let isPolicyOff = events.policyOffFrom.map { day >= $0 } ?? false
    return
      !(state.wantsOut || profile.isFixedTerm || profile.isMeaninglesslyOff
      || wasSwitchedOffBySuspension || isPolicyOff)
  }

  /// Microsoft's own score: a little true, mostly noise; only ever High or Medium, or not there.
  var microsoftChurnRisk: String? {
    guard let noise = profile.churnRiskNoise, phase == .active else { return nil }
    let score = profile.logRisk + noise + (state.fadeWeek > 2 ? 0.7 : 0)
    return score > 1.7 ? "\"High\"" : score > 1 ? "\"Medium\"" : nil
  }
}
