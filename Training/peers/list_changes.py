#!/usr/bin/env python3
"""How often weekly lists change, and how many of the losses they hold: decided lists beside the raw threshold.

Usage: python list_changes.py WEEK1.json WEEK2.json ...

The files are at-risk.json of one model on days a week apart, each scored with --previous the one before. A loss is
a subscription that a later file shows as already churned; lists count whose horizon ends before the newest file.
"""

import datetime
import json
import sys


def load(path):
    with open(path) as file:
        return json.load(file)


def main(paths):
    weeks = sorted((load(path) for path in paths), key=lambda week: week["asOf"])
    lost = {}
    for week in weeks:
        for row in week["excluded"]:
            if row["reason"] == "alreadyChurned":
                lost.setdefault(row["subscriptionId"], datetime.date.fromisoformat(week["asOf"]))
    end = datetime.date.fromisoformat(weeks[-1]["asOf"])
    print(f"{'':10} {'changes':>8} {'recall':>7} {'precision':>10} {'rows':>7} {'recall@100':>11}")
    for name, listed in [
        ("threshold", lambda row: row["atRisk"]),
        ("decided", lambda row: row["listing"]["listed"]),
    ]:
        changes = caught = first = losses = rows = judged = 0
        before = {}
        for week in weeks:
            now = {row["subscriptionId"]: listed(row) for row in week["subscriptions"]}
            changes += sum(now[key] != before[key] for key in now if key in before)
            rows += sum(now.values())
            before = now
            day = datetime.date.fromisoformat(week["asOf"])
            horizon = datetime.timedelta(week["horizonDays"])
            if day + horizon > end:
                continue
            gone = {key for key, when in lost.items() if key in now and day < when <= day + horizon}
            order = [row["subscriptionId"] for row in week["subscriptions"] if listed(row)]
            caught += len(gone & set(order))
            first += len(gone & set(order[:100]))
            losses += len(gone)
            judged += len(order)
        print(f"{name:10} {changes:8d} {caught / losses:7.3f} {caught / judged:10.3f} {rows / len(weeks):7.0f} "
              f"{first / losses:11.3f}")


if __name__ == "__main__":
    main(sys.argv[1:])
