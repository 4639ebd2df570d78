#!/usr/bin/env python3
"""The numbers of the Azure usage page, counted once more with DuckDB over the same exports.

Usage: python report.py PAGE.html FOLDER [--usage FILE] [--exclusions FILE] [--scores FILE]

PAGE.html is what `churn-risk report` wrote; its embedded numbers are compared, section by section, to the unit
(shares and probabilities to 1e-9, sums of quantities to 1e-9 of themselves), and every difference is printed.
FOLDER holds one folder for each day with subscriptions*.json[.gz] and, where they are dated, usage*.jsonl[.gz];
--usage is a usage file of no particular day. Of a page of a past day (--as-of) only what was known then is
counted: exports up to it, and usage lines from the day of their file (from their own day, where the file has
none, or came more than 31 days later).

DuckDB reads and joins; what needs the order of a subscription's rows (spells, absence, survival) is plain Python.
Ends with 1 when anything differs.
"""

import argparse
import bisect
import datetime
import glob
import json
import math
import os
import re
import sys
from collections import defaultdict

import duckdb

DAY = datetime.timedelta(days=1)
GRACE, STEP, MOST_COHORTS, PLACES, MOST_GROUPS, FEWEST, AHEAD = 30, 30, 24, 5, 40, 10, 30
FIELDS = [
    "partnerTenantId", "customerTenantId", "customerName", "id", "status", "productName", "subscriptionType", "partnerId",
    "creationDate", "effectiveStartDate", "commitmentEndDate", "trialStartDate", "trialEndDate",
    "trialToPaidConversionDate", "deprovisionedDate", "lastRenewalDate", "lastUsageDate", "licenseCount"]
DATES = [name for name in FIELDS if name.endswith("Date")]
ENDS = {"commitmentEndDate", "trialEndDate"}


def listed(paths):
    return "[" + ", ".join("'" + path.replace("'", "''") + "'" for path in paths) + "]"


def read_subscriptions(database, folder, as_of):
    """Rows by source and day, { source: { day: [row] } }, and the (source, day) with all pages.

    A source is the partner tenant that rows name, else the only one there is.
    """
    paths = [
        path for path in sorted(glob.glob(f"{folder}/*/subscriptions*.json*"))
        if day_of(path) <= as_of]
    kinds = ", ".join(f'"{name}" VARCHAR' for name in FIELDS)
    found = database.execute(f"""
        SELECT filename, "@nextLink", unnest("Value") FROM read_json({listed(paths)}, format='auto',
            columns={{'Value': 'STRUCT({kinds})[]', '@nextLink': 'VARCHAR'}}, filename=true,
            maximum_object_size=1000000000)""").fetchall()
    sources, whole = defaultdict(lambda: defaultdict(list)), defaultdict(lambda: True)
    for path, link, row in found:
        day = day_of(path)
        source = (row["partnerTenantId"] or "").lower()
        whole[source, day] = whole[source, day] and not link
        row["id"] = row["id"].strip().lower()
        row["customerTenantId"] = (row["customerTenantId"] or "").strip().lower() or None
        for name in DATES:
            row[name] = date(row[name], name in ENDS)
        row["status"] = (row["status"] or "").strip().upper()
        sources[source][day].append(row)
    return sources, whole


def day_of(path):
    return datetime.date.fromisoformat(os.path.basename(os.path.dirname(path)))


def date(text, is_end):
    if not text:
        return None
    day = datetime.date.fromisoformat(text[:10])
    return None if day.year <= 1 or day.year >= 2100 else day


def deprovisioned(row, day):
    return row["status"] == "DEPROVISIONED" or bool(
        row["deprovisionedDate"] and row["deprovisionedDate"] <= day)


def complete_days(source, days, whole):
    """Days on which absence means something: all pages, and 80 % of the last time's open rows."""
    order, complete, reference = sorted(days), [], None
    present = {day: {row["id"] for row in days[day]} for day in order}

    def retained(earlier, today):
        expected = [
            row["id"] for row in days[earlier]
            if not (row["status"] in ("SUSPENDED", "DEPROVISIONED") or row["deprovisionedDate"])
            and (row["commitmentEndDate"] is None or row["commitmentEndDate"] >= today)]
        return sum(id in present[today] for id in expected) / len(expected) if expected else 1

    for index, day in enumerate(order):
        share = 1 if reference is None else retained(reference, day)
        if reference is not None and not (whole[source, day] and share >= 0.8):
            if order.index(reference) < index - 1 and whole[source, order[index - 1]]:
                share = max(share, retained(order[index - 1], day))
        if whole[source, day] and share >= 0.8:
            complete.append(day)
            reference = day
    return complete


class Subscription:
    def __init__(self, seen, complete, first_export):
        self.rows = rows = [(day, row) for day, _, row in seen]  # by day
        first_day, first = rows[0]
        self.state = rows[-1][1]
        self.id, self.tenant = self.state["id"], next(
            (row["customerTenantId"] for _, row in rows if row["customerTenantId"]), self.state["id"])
        self.sold = self.state["creationDate"] or self.state["effectiveStartDate"]
        self.start = self.state["effectiveStartDate"] or self.state["creationDate"]
        self.is_azure = (self.state["subscriptionType"] or "").lower() == "azure"
        self.last_seen, self.followed = rows[-1][0], first_export[seen[0][1]]
        # Gone is who the next complete export of every source that showed it does not have any more.
        last, gone = {source: day for day, source, _ in seen}, []
        for source, day in last.items():
            later = bisect.bisect_right(complete[source], day)
            gone.append(complete[source][later] if later < len(complete[source]) else None)
        self.absent = None if None in gone else max(gone)
        self.renewals = sorted({
            row["lastRenewalDate"] for _, row in rows if row["lastRenewalDate"]})
        self.spells(first_day, first)

    def spells(self, first_day, first):
        """Losses [(day, kind, returned, unpaid)] and closures [[from, until]]."""
        start = first["effectiveStartDate"] or first["creationDate"]
        start = min(start, first_day) if start else first_day
        dated = first["deprovisionedDate"] and first["deprovisionedDate"] <= first_day
        undated = first["status"] in ("SUSPENDED", "DEPROVISIONED") and not dated
        known = first["status"] in ("ACTIVE", "SUSPENDED", "DEPROVISIONED") or dated
        self.active_from = None if undated or not known else start
        self.losses, self.closures = [], []
        spell, reopened = "open", None
        for index, (day, row) in enumerate(self.rows):
            kind = None
            if deprovisioned(row, day):
                if spell != "deprovisioned":
                    spell, when = "deprovisioned", min(row["deprovisionedDate"] or day, day)
                    if reopened and when <= reopened:
                        when = day
                    kind = "deprovisioned"
            elif row["status"] == "SUSPENDED" and spell == "open":
                spell, when, kind = "suspended", day, "suspended"
            elif row["status"] == "ACTIVE":
                if spell != "open":
                    spell, reopened = "open", day
                self.active_from = self.active_from or day
                if self.closures and self.closures[-1][1] is None:
                    self.closures[-1][1] = day
                    self.losses = [
                        (at, what, back or day, unpaid) for at, what, back, unpaid in self.losses]
            if kind is None:
                continue
            if index == 0 and undated:
                self.closures.append([start, None])
                continue
            paid = row["trialToPaidConversionDate"]
            unpaid = bool(row["trialStartDate"]) and not (paid and paid <= when)
            self.losses.append((when, kind, None, unpaid))
            if self.closures and self.closures[-1][1] is None:
                self.closures[-1][0] = min(self.closures[-1][0], when)
            else:
                self.closures.append([when, None])

    def active(self, day, vanished=False):
        if not self.active_from or day < self.active_from:
            return False
        if self.absent and day >= self.absent and not vanished:
            return False
        return not any(a <= day and (b is None or day < b) for a, b in self.closures)

    def survival(self, departed, no_customers):
        """(entry, exit, lost, start) in days of age, as the page defines it; None for none."""
        if not self.is_azure or self.id in no_customers or not self.start or not self.active_from:
            return None
        truncated = self.start < self.followed
        entry = self.followed if truncated else self.start
        losses = sorted(
            (day, unpaid) for day, kind, back, unpaid in self.losses
            if not (kind == "suspended" and back and (back - day).days <= GRACE))
        if truncated and any(day <= entry for day, _ in losses):
            return None
        end, lost = max(self.last_seen, self.start), False
        departures, undated = departed(self)
        if losses and losses[0][0] <= end:
            end, lost = max(losses[0][0], self.start), not losses[0][1] and not undated
        left = [day for day in departures if day >= entry]
        if left and left[0] <= end:
            end, lost = left[0], False
        if not (end > entry or lost or not truncated):
            return None
        return ((entry - self.start).days if truncated else -1, (end - self.start).days, lost, self.start)


def kaplan_meier(subjects, fewest):
    ages = sorted({e + 1 for e, _, _, _ in subjects} | {x for _, x, _, _ in subjects})
    followed = {age: sum(e < age <= x for e, x, _, _ in subjects) for age in ages}
    needed = max(1, min(fewest, max(followed.values(), default=1)))
    enough = [age for age in ages if followed[age] >= needed]
    first, last = (enough[0], enough[-1]) if enough else (0, 0)
    survival, total, steps = 1.0, 0.0, []
    lost_at = defaultdict(int)
    for _, x, lost, _ in subjects:
        lost_at[x] += lost
    for age in sorted(age for age, lost in lost_at.items() if lost and first <= age <= last):
        n, d = followed[age], lost_at[age]
        survival *= 1 - d / n
        low = high = None
        if survival > 0:
            total += d / (n * (n - d))
            width = 1.959963984540054 * math.sqrt(total) / abs(math.log(survival))
            low, high = survival ** math.exp(width), survival ** math.exp(-width)
        steps.append({"age": age, "atRisk": n, "lost": d, "survival": survival, "low": low, "high": high})
    return first, last, steps


def buckets(first, last):
    count = (last - first).days + 1
    parts, day = [], first
    while day <= last:
        if count <= 31:
            end, label = day, day.isoformat()
        elif count <= 400:
            end, label = day + 6 * DAY, day.isoformat()
        else:
            end, label = (day.replace(day=28) + 4 * DAY).replace(day=1) - DAY, day.isoformat()[:7]
        parts.append((day, min(end, last), label))
        day = end + DAY
    return parts


def series(parts, days):
    days = list(days)
    return [{"date": label, "count": sum(a <= day <= b for day in days)} for a, b, label in parts]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("page")
    parser.add_argument("folder")
    for name in ["usage", "exclusions", "scores"]:
        parser.add_argument("--" + name)
    given = parser.parse_args()
    text = open(given.page, encoding="utf-8").read()
    block = re.search(r'<script type="application/json" id="numbers">(.*?)</script>', text, re.DOTALL)
    page = json.loads(block.group(1))
    as_of, first, last = (datetime.date.fromisoformat(page[key]) for key in ["asOf", "from", "to"])
    parts = buckets(first, last)
    database = duckdb.connect()

    sources, whole = read_subscriptions(database, given.folder, as_of)
    complete = {source: complete_days(source, days, whole) for source, days in sources.items()}
    by_id = defaultdict(list)
    for source, days in sources.items():
        for day, rows in days.items():
            for row in rows:
                by_id[row["id"]].append((day, source, row))
    starts = {source: min(days) for source, days in sources.items()}
    everything = [
        Subscription(sorted(seen, key=lambda one: one[:2]), complete, starts) for seen in by_id.values()]
    first_export, newest = min(starts.values()), max(max(days) for days in sources.values())
    azure = [one for one in everything if one.is_azure]
    tenants = defaultdict(list)
    for one in azure:
        tenants[one.tenant].append(one)
    print(
        f"{len(everything):,} subscriptions, {len(azure):,} of them Azure, in "
        f"{sum(map(len, sources.values()))} exports, {sum(map(len, complete.values()))} of them complete")

    # Usage: of the lines of one (subscription, day, meter) the newest export's last one counts.
    dated = sorted(glob.glob(f"{given.folder}/*/usage*.json*"))
    paths = dated + ([given.usage] if given.usage else [])
    meter = [
        "meterCategory", "meterSubcategory", "meterUnit", "resourceLocation", "reservationOrderId",
        "reservationId", "consumptionMeterId", "serviceType"]
    columns = {name: "VARCHAR" for name in ["customerTenantId", "subscriptionId", "usageDate"] + meter}
    database.execute(f"""
        CREATE TABLE lines AS SELECT *, row_number() OVER () AS number,
            TRY_CAST(regexp_extract(filename, '([0-9-]+)/[^/]*$', 1) AS DATE) AS seen FROM read_json({listed(paths)},
            format='newline_delimited', columns={columns | {"quantity": "DOUBLE"}}, filename=true)""")
    key = ", ".join(f"coalesce({name}, '')" for name in meter)
    database.execute(f"""
        CREATE TABLE usage AS SELECT lower(subscriptionId) AS id, CAST(left(usageDate, 10) AS DATE) AS day,
            any_value(lower(customerTenantId)) AS tenant, any_value(coalesce(meterCategory, '')) AS category,
            any_value(coalesce(meterUnit, '')) AS unit, arg_max(quantity, (filename, number)) AS quantity
        FROM lines WHERE subscriptionId != '00000000-0000-0000-0000-000000000000'
            AND (CASE WHEN seen IS NULL OR seen - CAST(left(usageDate, 10) AS DATE) > 31
                THEN CAST(left(usageDate, 10) AS DATE) ELSE seen END) <= DATE '{as_of}'
        GROUP BY lower(subscriptionId), CAST(left(usageDate, 10) AS DATE), {key}""")
    known = {one.id: one for one in everything}
    last_use, used_days = {}, defaultdict(set)
    for id, day in database.execute(
            "SELECT DISTINCT id, day FROM usage WHERE quantity > 0 AND day <= ?", [as_of]).fetchall():
        last_use[id] = max(last_use.get(id, day), day)
        if first <= day <= last:
            used_days[id].add(day)
    strangers = {}
    for id, tenant in database.execute("SELECT id, any_value(tenant) FROM usage GROUP BY id").fetchall():
        if id not in known and id in last_use:
            strangers[id] = tenant or id
    for one in azure:
        for day, row in one.rows:
            reported = row["lastUsageDate"] and min(row["lastUsageDate"], day)
            if reported:
                last_use[one.id] = max(last_use.get(one.id, reported), reported)
                if first <= reported <= last:
                    used_days[one.id].add(reported)
    customers = defaultdict(list)
    for one in azure:
        customers[one.tenant].append(one.id)
    for id, tenant in strangers.items():
        customers[tenant].append(id)

    want = {}
    want["sold"] = {
        "total": sum(bool(one.sold and first <= one.sold <= last) for one in azure),
        "undated": sum(one.sold is None for one in azure),
        "byDate": series(parts, [one.sold for one in azure if one.sold])}

    def active_within(one):
        span = [first + DAY * n for n in range((last - first).days + 1)]
        return any(one.active(day) for day in span)

    using = {tenant for tenant, ids in customers.items() if any(used_days[id] for id in ids)}
    idle = {
        tenant for tenant, own in tenants.items()
        if tenant not in using and any(active_within(one) for one in own)}
    want["customerUsage"] = {
        "withUsage": len(using), "withoutUsage": len(idle),
        "byDate": [
            {"date": label, "count": sum(
                any(a <= day <= b for id in ids for day in used_days[id]) for ids in customers.values())}
            for a, b, label in parts]}

    # Top 5: sums by SQL.
    database.execute("CREATE TABLE azure (id VARCHAR, tenant VARCHAR, product VARCHAR)")
    rows = [(one.id, one.tenant, one.state["productName"] or "") for one in azure]
    rows += [(id, tenant, "") for id, tenant in strangers.items()]
    if rows:
        database.executemany("INSERT INTO azure VALUES (?, ?, ?)", rows)
    groups = []
    for kind, column in [("meterCategory", "category"), ("productName", "product")]:
        sums = database.execute(f"""
            SELECT {column}, unit, azure.tenant, sum(quantity) FROM usage JOIN azure USING (id)
            WHERE day BETWEEN ? AND ? AND quantity > 0 GROUP BY ALL""", [first, last]).fetchall()
        found = defaultdict(list)
        for name, unit, tenant, amount in sums:
            found[name, unit].append((tenant, amount))
        ordered = sorted(found.items(), key=lambda item: (-len(item[1]), item[0][0].encode(), item[0][1].encode()))
        for (name, unit), of in ordered[:MOST_GROUPS]:
            top = sorted(of, key=lambda pair: (-pair[1], pair[0]))[:PLACES]
            groups.append({
                "by": kind, "measure": "quantity", "category": name, "unit": unit, "customers": len(of),
                "total": math.fsum(amount for _, amount in of),
                "top": [{"customerTenantId": tenant, "amount": amount} for tenant, amount in top]})
    want["topCustomers"] = {"groups": groups}

    present = [one for one in azure if one.active(last)]
    unused = [one for one in present if not used_days[one.id]]
    want["withoutUsage"] = {
        "total": len(unused), "active": len(present),
        "neverUsed": sum(one.id not in last_use for one in unused)}
    want["withoutUsage:ids"] = sorted(one.id for one in unused) if len(unused) <= 1000 else None

    def active_count(day):
        return None if day < first_export else sum(one.active(day) for one in azure)

    losses = [(one, day, kind, back) for one in azure for day, kind, back, _ in one.losses if first <= day <= last]
    want["churn"] = {
        "activeBefore": active_count(first - DAY), "activeAtEnd": active_count(last),
        "suspended": sum(kind == "suspended" for _, _, kind, _ in losses),
        "deprovisioned": sum(kind == "deprovisioned" for _, _, kind, _ in losses),
        "lostSubscriptions": len({one.id for one, _, _, _ in losses}),
        "undoneSuspensions": sum(
            bool(kind == "suspended" and back and (back - day).days <= GRACE) for _, day, kind, back in losses),
        "vanished": sum(
            bool(one.absent and first <= one.absent <= last and one.active(one.absent, vanished=True))
            for one in azure),
        "byDate": [
            {"date": label, "active": active_count(b),
             "suspended": sum(kind == "suspended" and a <= day <= b for _, day, kind, _ in losses),
             "deprovisioned": sum(kind == "deprovisioned" and a <= day <= b for _, day, kind, _ in losses)}
            for a, b, label in parts]}

    since = [min(day for day in (one.sold for one in own) if day) for own in tenants.values()
             if any(one.sold for one in own)]

    def customer_count(day):
        return None if day < first_export else sum(any(one.active(day) for one in own) for own in tenants.values())

    new = series(parts, since)
    want["customerCount"] = {
        "new": sum(part["count"] for part in new), "activeAtEnd": customer_count(last),
        "byDate": [
            {"date": label, "new": part["count"], "active": customer_count(b)}
            for part, (_, b, label) in zip(new, parts)]}

    renewals = [day for one in azure for day in one.renewals if first <= day <= last]
    want["renewals"] = {
        "renewals": len(renewals),
        "subscriptions": sum(any(first <= day <= last for day in one.renewals) for one in azure),
        "byDate": series(parts, renewals)}

    # Survival.
    departures, undated, no_customers = defaultdict(list), set(), set()
    if given.exclusions:
        for row in read_rows(database, given.exclusions):
            subject = (row.get("subscriptionId") or row.get("customerTenantId") or "").strip().lower()
            if row["reason"] in ("fraud", "internal", "test"):
                no_customers.add(subject)
            elif row.get("from"):
                departures[subject].append(datetime.date.fromisoformat(row["from"]))
            else:
                undated.add(subject)
    for one in azure:
        if one.tenant in no_customers:
            no_customers.add(one.id)

    def departed(one):
        subjects = {one.id, one.tenant} | {row["customerTenantId"] for _, row in one.rows}
        return (sorted(day for subject in subjects for day in departures[subject]),
                any(subject in undated for subject in subjects))

    subjects = [made for made in (one.survival(departed, no_customers) for one in azure) if made]
    low, high, steps = kaplan_meier(subjects, FEWEST)
    want["survival"] = {
        "subscriptions": len(subjects), "lost": sum(lost for _, _, lost, _ in subjects),
        "enteredLater": sum(entry >= 0 for entry, _, _, _ in subjects), "firstAge": low, "lastAge": high,
        "medianAge": next((step["age"] for step in steps if step["survival"] <= 0.5), None), "steps": steps}

    months = defaultdict(list)
    for made in subjects:
        if made[0] < 0 and first_export <= made[3] <= newest:
            months[made[3].isoformat()[:7]].append(made)
    cohorts = []
    for month, members in sorted(months.items())[-MOST_COHORTS:]:
        start = datetime.date.fromisoformat(month + "-01")
        youngest = (start.replace(day=28) + 4 * DAY).replace(day=1) - DAY
        _, _, own = kaplan_meier(members, 1)
        count = (newest - youngest).days // STEP if newest >= youngest else -1
        cohorts.append({
            "month": month, "size": len(members), "lost": sum(lost for _, _, lost, _ in members),
            "retained": [
                next((step["survival"] for step in reversed(own) if step["age"] <= n * STEP), 1)
                for n in range(count + 1)]})
    want["cohorts"] = {"stepDays": STEP, "cohorts": cohorts}

    # What ends.
    names = ["within7Days", "within15Days", "within30Days", "beyond30Days", "expiredInLast30Days"]

    def group(days_left):
        return (None if days_left < -30 else names[4] if days_left < 0 else names[0] if days_left <= 7
                else names[1] if days_left <= 15 else names[2] if days_left <= 30 else names[3])

    counts, endless = dict.fromkeys(names, 0), 0
    for one in everything:
        product = (one.state["productName"] or "").lower()
        if not any(word in product for word in ["reservation", "reserved", "savings plan"]):
            continue
        end = one.state["commitmentEndDate"]
        if end is None:
            endless += one.active(as_of)
            continue
        name = group((end - as_of).days)
        if name and (name == names[4] or one.active(as_of)):
            counts[name] += 1
    want["reservations"] = {"counts": counts, "withoutEnd": endless}

    running = []
    for one in azure:
        row = one.state
        paid, began, end = row["trialToPaidConversionDate"], row["trialStartDate"], row["trialEndDate"]
        if one.active(as_of) and not (paid and paid <= as_of) and began and began <= as_of and not (
                end and end < as_of):
            running.append(end)
    want["trials"] = {
        "running": len(running), "ending": sum(bool(end and (end - as_of).days <= AHEAD) for end in running)}

    sellers = defaultdict(list)
    for one in azure:
        sellers[(one.state["partnerId"] or "").lower()].append(one)
    want["resellers"] = {"resellers": sum(bool(id) for id in sellers)}
    want["resellers:rows"] = sorted((
        id, len({one.tenant for one in own if one.active(last)}), sum(one.active(last) for one in own),
        sum(bool(one.sold and first <= one.sold <= last) for one in own),
        sum(any(first <= day <= last for day, _, _, _ in one.losses) for one in own),
        sum(bool(used_days[one.id]) for one in own)) for id, own in sellers.items())

    if given.scores:
        document = json.load(open(given.scores, encoding="utf-8"))
        scored = document["subscriptions"]
        pairs = defaultdict(int)
        for row in scored:
            pairs[row["riskBand"], row["microsoftChurnRisk"]] += 1
        want["atRisk"] = {
            "asOf": document["asOf"], "scored": len(scored), "notScored": len(document["excluded"]),
            **{band: sum(row["riskBand"] == band for row in scored) for band in ["high", "medium", "low"]},
            "expectedChurn": None if document["model"]["learner"] == "rules" else math.fsum(
                row["churnProbability"] for row in scored),
            "agreement": [
                {"riskBand": band, "microsoftChurnRisk": risk, "count": pairs[band, risk]}
                for band in ["high", "medium", "low"]
                for risk in sorted({risk for at, risk in pairs if at == band}, key=lambda risk: risk or "")]}
        families = defaultdict(float)
        for row in scored:
            for family in row["families"]:
                families[family["family"]] += abs(family["contribution"])
        want["families"] = {"rows": len(scored)}
        want["families:means"] = {name: total / len(scored) for name, total in families.items() if total}

    differences = 0
    for name, expected in want.items():
        if expected is None:
            continue
        section, _, part = name.partition(":")
        found = page["sections"][section]
        if part == "ids":
            found = sorted(row["subscriptionId"] for row in found["rows"])
        elif part == "rows":
            found = sorted(
                ((row["partnerId"] or "").lower(), row["customers"], row["active"], row["sold"], row["lost"],
                 row["used"]) for row in found["rows"])
        elif part == "means":
            found = {
                row["family"]: row["meanAbsoluteContribution"] for row in found["families"]
                if row["meanAbsoluteContribution"]}
        count = list(compare(found, expected, name))
        for line in count[:10]:
            print(line)
        differences += len(count)
        print(f"{name}: {'the same' if not count else f'{len(count)} differences'}")
    print(f"{len(want)} parts compared, {differences} differences")
    sys.exit(1 if differences else 0)


def read_rows(database, path):
    cursor = database.execute(f"SELECT * FROM read_csv('{path}', header=true, all_varchar=true)")
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row)) for row in cursor.fetchall()]


def compare(found, expected, where):
    """Every difference; members that only the page has are its own."""
    if isinstance(expected, dict):
        for key, value in expected.items():
            if not isinstance(found, dict) or key not in found:
                yield f"{where}.{key}: missing in the page, expected {value!r}"
            else:
                yield from compare(found[key], value, f"{where}.{key}")
    elif isinstance(expected, (list, tuple)):
        if not isinstance(found, (list, tuple)) or len(found) != len(expected):
            yield f"{where}: {found!r} instead of {expected!r}"[:400]
            return
        for index, (one, other) in enumerate(zip(found, expected)):
            yield from compare(one, other, f"{where}[{index}]")
    elif isinstance(expected, float) or isinstance(found, float):
        if found is None or expected is None or not math.isclose(found, expected, rel_tol=1e-9, abs_tol=1e-9):
            yield f"{where}: {found!r} instead of {expected!r}"
    elif found != expected:
        yield f"{where}: {found!r} instead of {expected!r}"


if __name__ == "__main__":
    main()
