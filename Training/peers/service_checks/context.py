"""Made-up resellers, searches and referrals, which the simulation does not write."""

import json
import os
import random


def write(folder):
    """Writes a file of each, with nulls and texts in many scripts, into the folder of a day."""
    chosen = random.Random(1)
    words = ["Contoso", "Ärzte & Söhne", "株式会社", "O'Brien", "<b>", "=1+1", "\u202e right", "a\"b\\c"]

    def day(year):
        return chosen.choice([None, f"{year}-{chosen.randint(1, 12):02}-{chosen.randint(1, 28):02}T19:16:25.107"])

    def flag():
        return chosen.choice([True, False, None])

    def word():
        return chosen.choice(words + [None])

    tables = {
        "resellers": [
            {"id": str(1_000_000 + number), "name": chosen.choice(words), "market": word(),
             "firstSubscriptionCreationDate": day(2018), "latestSubscriptionEndDate": day(2026),
             "subscriptionCount": chosen.choice([None, number, "7"]), "licenseCount": chosen.choice([None, "20", 0])}
            for number in range(40)],
        "searches": [
            {"companyName": word(), "contactButtonClicked": flag(), "keywordCountry": word(), "detailsViewed": flag(),
             "mpnId": 2_604_568, "partnerMarket": word(), "referralSubmitted": flag(),
             "searchDate": f"2026-01-{1 + number % 28:02}", "keywordSearchText": word()} for number in range(200)],
        "referrals": [
            {"id": str(112_310 + number), "status": word(), "customerMarket": word(), "customerName": word(),
             "customerOrgSize": "10to50employees", "acceptedDate": day(2025), "createdDate": day(2025),
             "wonDate": day(2026)} for number in range(60)],
    }
    for name, rows in tables.items():
        with open(os.path.join(folder, name + ".json"), "w", encoding="utf-8") as file:
            json.dump({"value": rows, "totalCount": len(rows)}, file)
