#!/usr/bin/env python3
"""churn-risk query against DuckDB over the same exports: random expressions, compared to the unit.

Usage: python query.py PROGRAM EXPORTS [--usage FILE] [--queries 200] [--seed 1]

EXPORTS is a folder of folders named after days, as `churn-risk simulate` writes it; --usage names a
usage file beside it that has no day. The exports are imported into a store of their own, and read once
more here with Python and DuckDB. Each query is made up from the seed: a resource, a filter with values
that occur, groups or rows, an order, a page, a day. It ends with 1 at the first answer that differs.

What is asked of both:
  subscriptions  as the last export up to the day showed them, unless an export of the same source
                 after it does not have them
  usage          the last version of each (subscription, day, meter) that an export up to the day
                 had; what was first shown more than 31 days late counts from its day and the lag on
"""

import argparse
import collections
import datetime
import gzip
import json
import math
import pathlib
import random
import subprocess
import sys
import tempfile

import duckdb

TEXTS = ["customerName", "customerMarket", "status", "productName", "subscriptionType", "friendlyName",
         "partnerName", "providerName", "churnRisk", "billingCycleName"]
IDS = ["customerTenantId", "id", "partnerId"]
DATES = ["creationDate", "effectiveStartDate", "commitmentEndDate", "currentStateEndDate",
         "trialToPaidConversionDate", "trialStartDate", "trialEndDate", "lastUsageDate",
         "deprovisionedDate", "lastRenewalDate"]
METER = ["resourceLocation", "meterCategory", "meterSubcategory", "meterUnit", "reservationOrderId",
         "reservationId", "consumptionMeterId", "serviceType"]

SUBSCRIPTIONS = ({name: "text" for name in TEXTS} | {name: "id" for name in IDS}
                 | {name: "date" for name in DATES}
                 | {"subscriptionType": "exact", "autoRenewEnabled": "flag", "licenseCount": "number"})
USAGE = ({name: "text" for name in METER}
         | {"customerTenantId": "id", "subscriptionId": "id", "customerName": "text",
            "subscriptionName": "text", "usageDate": "date", "quantity": "number"})


# Reading the exports


def rows_of(path):
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as file:
        if ".jsonl" in path.name:
            yield from (json.loads(line) for line in file if line.strip())
        else:
            yield from json.load(file)["Value"]


def text(value):
    value = value.strip() if isinstance(value, str) else value
    return value or None


def date(value):
    """A day; none in the year 1 and from 2100 on."""
    day = text(value) and value[:10]
    return day if day and "0002" <= day[:4] < "2100" else None


def subscription(row):
    found = {name: text(row.get(name)) for name in TEXTS}
    found |= {name: text(row.get(name)) and row[name].strip().lower() for name in IDS}
    found |= {name: date(row.get(name)) for name in DATES}
    found["status"] = (found["status"] or "").upper() or None
    found["autoRenewEnabled"] = row.get("autoRenewEnabled")
    found["licenseCount"] = row.get("licenseCount")
    return found


def load(database, exports, usage_file, scratch):
    """Fills the tables observation and line: everything that any file says, with the day it was seen."""
    observations, lines = scratch / "observations.jsonl", scratch / "lines.jsonl"
    with open(observations, "w", encoding="utf-8") as seen, open(lines, "w", encoding="utf-8") as used:
        days = sorted(path for path in exports.iterdir() if path.is_dir())
        files = [(day.name, path) for day in days for path in sorted(day.iterdir())]
        for day, path in files + ([(None, usage_file)] if usage_file else []):
            for place, row in enumerate(rows_of(path)):
                mark = {"seen": day, "source": row.get("partnerTenantId") or "default", "place": place}
                if "usageDate" in row:
                    line = {name: row.get(name, "") for name in METER}
                    line |= {name: row[name].lower() for name in ["customerTenantId", "subscriptionId"]}
                    line |= {name: text(row.get(name)) for name in ["customerName", "subscriptionName"]}
                    line |= {"usageDate": row["usageDate"][:10], "quantity": float(row["quantity"])}
                    used.write(json.dumps(mark | line) + "\n")
                else:
                    seen.write(json.dumps(mark | subscription(row)) + "\n")
    kinds = {"text": "VARCHAR", "exact": "VARCHAR", "id": "VARCHAR", "date": "DATE", "flag": "BOOLEAN",
             "number": "DOUBLE"}
    marks = {"seen": "DATE", "source": "VARCHAR", "place": "BIGINT"}
    for table, file, fields in [("observation", observations, SUBSCRIPTIONS), ("line", lines, USAGE)]:
        columns = marks | {name: kinds[kind] for name, kind in fields.items()}
        database.execute(
            f"CREATE TABLE {table} AS FROM read_json('{file}', format='newline_delimited', "
            f"columns={columns})")


# The resources as of a day, in SQL


def subscriptions_as_of(day):
    until = f"seen <= DATE '{day}'" if day else "true"
    return f"""
      WITH shown AS (SELECT * FROM observation WHERE {until}
          QUALIFY row_number() OVER (PARTITION BY id, source, seen ORDER BY place DESC) = 1),
        present AS (
          SELECT id FROM (SELECT id, source, max(seen) AS last FROM shown GROUP BY ALL)
            JOIN (SELECT source, max(seen) AS newest FROM shown GROUP BY ALL) USING (source)
          WHERE last = newest)
      SELECT * FROM shown WHERE id IN (FROM present)
      QUALIFY row_number() OVER (PARTITION BY id ORDER BY seen DESC, source DESC) = 1"""


def usage_as_of(day, lag):
    """Lines of the file that has no day are known from their day and the lag on."""
    key = "subscriptionId, usageDate, " + ", ".join(METER)
    known = f"since <= DATE '{day}'" if day else "true"
    named = f"seen <= DATE '{day}'" if day else "true"
    return f"""
      WITH told AS (SELECT * FROM line
          QUALIFY row_number() OVER (PARTITION BY {key}, seen, source ORDER BY place DESC) = 1),
        dated AS (SELECT *,
            CASE WHEN seen IS NULL OR (row_number() OVER (PARTITION BY {key} ORDER BY seen, source) = 1
                AND seen - usageDate > 31) THEN usageDate + {lag}::INTEGER ELSE seen END AS since
          FROM told),
        version AS (SELECT * FROM dated WHERE {known}
          QUALIFY row_number() OVER (PARTITION BY {key} ORDER BY seen DESC, source DESC) = 1),
        first AS (SELECT * FROM line WHERE {named}
          QUALIFY row_number() OVER (PARTITION BY subscriptionId, seen, source ORDER BY place) = 1),
        name AS (SELECT subscriptionId, customerName, subscriptionName FROM first
          QUALIFY row_number() OVER (PARTITION BY subscriptionId ORDER BY seen DESC, source DESC) = 1),
        owner AS (SELECT id AS subscriptionId, customerTenantId FROM observation
          QUALIFY row_number() OVER (PARTITION BY id ORDER BY seen, source, place) = 1)
      SELECT version.* EXCLUDE (customerTenantId, customerName, subscriptionName),
        coalesce(owner.customerTenantId, version.customerTenantId) AS customerTenantId,
        name.customerName, name.subscriptionName
      FROM version LEFT JOIN name USING (subscriptionId) LEFT JOIN owner USING (subscriptionId)"""


# Making up queries: each part as the program is asked, and as SQL


def quoted(value):
    return "'" + value.replace("'", "''") + "'"


class Maker:
    def __init__(self, seed, database):
        self.random = random.Random(seed)
        self.values = {
            (table, name): [row[0] for row in database.execute(
                f"SELECT {name} FROM {table} USING SAMPLE reservoir(500 ROWS) REPEATABLE (1)").fetchall()]
            for table, fields in [("observation", SUBSCRIPTIONS), ("line", USAGE)] for name in fields}

    def word(self, text):
        return self.random.choice([text, text, text.upper(), text.lower()])

    def condition(self, table, fields):
        name = self.random.choice(list(fields))
        kind, value = fields[name], self.random.choice(self.values[table, name])
        if value is None or self.random.random() < 0.1:
            negated = self.random.random() < 0.5
            return (f"{self.word(name)} {self.word('ne' if negated else 'eq')} {self.word('null')}",
                    f"({name} IS {'NOT ' if negated else ''}NULL)")
        folded = name if kind == "exact" else f"lower({name})"
        if kind in ("text", "id", "exact"):
            value = value if kind == "exact" else self.word(value)
            wanted = quoted(value if kind == "exact" else value.lower())
            if kind == "text" and self.random.random() < 0.4:
                start = self.random.randrange(len(value) + 1)
                part = value[start:start + self.random.randint(1, 4)]
                return (f"{self.word('contains')}({self.word(name)},{quoted(part)})",
                        f"coalesce(contains({folded}, {quoted(part.lower())}), false)")
            operator = self.random.choice(["eq", "ne"])
            test = "IS NOT DISTINCT FROM" if operator == "eq" else "IS DISTINCT FROM"
            return f"{self.word(name)} {self.word(operator)} {quoted(value)}", f"({folded} {test} {wanted})"
        if kind == "flag":
            operator = self.random.choice(["eq", "ne"])
            test = "IS NOT DISTINCT FROM" if operator == "eq" else "IS DISTINCT FROM"
            return f"{name} {operator} {str(value).lower()}", f"({name} {test} {value})"
        operator, sign = self.random.choice(
            [("eq", "="), ("ne", "<>"), ("gt", ">"), ("lt", "<"), ("ge", ">="), ("le", "<=")])
        if kind == "date":
            written = self.random.choice(
                [f"{value}", f"'{value}'", f"cast('{value}', DateTime)", f"'{value}T00:00:00Z'"])
            literal = f"DATE '{value}'"
        else:
            written, literal = repr(value), f"{value!r}::DOUBLE"
        null = "true" if operator == "ne" else "false"
        return (f"{self.word(name)} {self.word(operator)} {written}",
                f"coalesce({name} {sign} {literal}, {null})")

    def filter(self, table, fields, depth):
        if depth == 0 or self.random.random() < 0.3:
            return self.condition(table, fields)
        parts = [self.filter(table, fields, depth - 1) for _ in range(self.random.randint(2, 3))]
        operator = self.random.choice(["and", "or"])
        return tuple("(" + f" {self.word(operator) if index == 0 else operator} ".join(
            part[index] for part in parts) + ")" for index in (0, 1))


def bucket(name, level):
    if level == "dateRange":
        return f"strftime(min({name}), '%Y-%m-%d') || '/' || strftime(max({name}), '%Y-%m-%d')"
    return f"date_trunc('{level}', {name})::DATE"


def made_query(maker, days, has_names):
    """Words for the program, SQL for the rows in no order, the order's columns, and the page."""
    chance = maker.random
    is_usage = chance.random() < 0.5
    table, fields = ("line", dict(USAGE)) if is_usage else ("observation", dict(SUBSCRIPTIONS))
    if is_usage and not has_names:
        fields = {name: kind for name, kind in fields.items()
                  if name not in ("customerName", "subscriptionName")}
    day = chance.choice(days) if chance.random() < 0.6 else None
    lag = chance.randint(0, 5)
    words = ["query", "usage" if is_usage else "subscriptions", "--format", "json"]
    if day:
        words += ["--as-of", day] + (["--lag", str(lag)] if is_usage else [])
    source = usage_as_of(day, lag) if is_usage else subscriptions_as_of(day)
    where = "true"
    if chance.random() < 0.9:
        expression, where = maker.filter(table, fields, chance.randint(0, 3))
        words += ["--filter", expression]
    rows = f"SELECT * FROM ({source}) WHERE {where}"
    grouped = []
    if chance.random() < 0.5:
        groupable = [name for name, kind in fields.items() if kind != "number"]
        grouped = chance.sample(groupable, chance.randint(1, 3))
        words += ["--group-by", ",".join(maker.word(name) for name in grouped)]
        level = "day" if is_usage else "dateRange"
        if any(fields[name] == "date" for name in grouped) and chance.random() < 0.7:
            level = chance.choice(["day", "week", "month", "dateRange"])
            words += ["--aggregation-level", level]
        keys = grouped + ([name for name in ["meterCategory", "meterUnit"] if name not in grouped]
                          if is_usage else [])
        shown, terms = [], []
        for name in keys:
            # Texts that differ in their case are different groups, but for ids.
            of = bucket(name, level) if fields[name] == "date" else name
            shown.append(f"{of} AS {name}")
            if not (fields[name] == "date" and level == "dateRange"):
                terms.append(of)
        sums = ("sum(quantity) AS Quantity, count(*) AS lineCount" if is_usage
                else "count(*) AS subscriptionCount, sum(licenseCount) AS licenseCount")
        names = keys + (["Quantity", "lineCount"] if is_usage else ["subscriptionCount", "licenseCount"])
        by = f"GROUP BY {', '.join(terms)}" if terms else ""
        having = "" if terms else "HAVING count(*) > 0"
        rows = f"SELECT {', '.join(shown)}, {sums} FROM ({rows}) {by} {having}"
    else:
        names = list(fields)
    order = []
    if chance.random() < 0.5:
        order = [(name, chance.random() < 0.5) for name in chance.sample(names, chance.randint(1, 2))]
        words += ["--order-by", ",".join(name + (" desc" if falls else "") for name, falls in order)]
    page = None
    if order and chance.random() < 0.5:
        page = (chance.randint(1, 50), chance.randint(0, 30))
        words += ["--top", str(page[0]), "--skip", str(page[1])]
    return words, rows, names, order, page


# Comparing


def plain(value):
    """A value of either side in one form."""
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, str) and value.endswith("T00:00:00"):
        return value[:-len("T00:00:00")]
    if isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    return value


def is_close(left, right):
    if isinstance(left, float) and isinstance(right, float):
        return math.isclose(left, right, rel_tol=1e-9, abs_tol=1e-9)
    return left == right


def sort_key(row):
    return [(value is not None, f"{value:.6g}" if isinstance(value, float) else str(value)) for value in row]


def same_rows(left, right):
    left, right = sorted(left, key=sort_key), sorted(right, key=sort_key)
    return len(left) == len(right) and all(
        is_close(a, b) for one, other in zip(left, right) for a, b in zip(one, other))


def difference(database, answer, sql, names, order, page):
    """What is wrong with an answer; nothing when all is right."""
    expected = [tuple(map(plain, row))
                for row in database.execute(f"SELECT {', '.join(names)} FROM ({sql})").fetchall()]
    found = [tuple(plain(row[name]) for name in names) for row in answer["Value"]]
    if answer["TotalCount"] != len(expected):
        return f"{answer['TotalCount']} rows in all, DuckDB has {len(expected)}"
    if page is None and len(expected) <= 10_000 and not same_rows(found, expected):
        return f"other rows: {(collections.Counter(found) - collections.Counter(expected)).most_common(2)}"\
               f" and not {(collections.Counter(expected) - collections.Counter(found)).most_common(2)}"
    if not set(map(without_numbers, found)) <= set(map(without_numbers, expected)):
        return "a row that DuckDB does not have"
    if order:
        by = ", ".join(f"{name} {'DESC NULLS LAST' if falls else 'ASC NULLS FIRST'}" for name, falls in order)
        top, skip = page or (10_000, 0)
        columns = ", ".join(name for name, _ in order)
        wanted = database.execute(
            f"SELECT {columns} FROM ({sql}) ORDER BY {by} LIMIT {top} OFFSET {skip}").fetchall()
        places = [names.index(name) for name, _ in order]
        got = [[row[place] for place in places] for row in found]
        if len(got) != len(wanted) or not all(
                is_close(a, plain(b)) for one, other in zip(got, wanted) for a, b in zip(one, other)):
            return "another order"
    return None


def without_numbers(row):
    """A row without what two sums may round differently."""
    return tuple(value for value in row if not isinstance(value, float))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("program", type=pathlib.Path)
    parser.add_argument("exports", type=pathlib.Path)
    parser.add_argument("--usage", type=pathlib.Path)
    parser.add_argument("--queries", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        store = str(scratch / "store.sqlite")

        def run(*words):
            return subprocess.run([chosen.program, *words, "--store", store, "--quiet"],
                                  capture_output=True, text=True)

        imported = run("import", *map(str, filter(None, [chosen.exports, chosen.usage])))
        if imported.returncode != 0:
            sys.exit(f"import: {imported.stderr}")
        database = duckdb.connect(config={"threads": 1})
        load(database, chosen.exports, chosen.usage, scratch)
        days = [str(row[0]) for row in database.execute(
            "SELECT unnest(generate_series(min(seen) - 2, max(seen), INTERVAL 1 DAY))::DATE"
            " FROM observation").fetchall()]
        maker = Maker(chosen.seed, database)
        counts = collections.Counter()
        for number in range(chosen.queries):
            words, sql, names, order, page = made_query(maker, days, has_names=chosen.usage is None)
            asked = run(*words)
            if asked.returncode != 0:
                sys.exit(f"query {number} ended with {asked.returncode}: {words}\n{asked.stderr}")
            answer = json.loads(asked.stdout)
            wrong = difference(database, answer, sql, names, order, page)
            if wrong:
                sys.exit(f"query {number}: {wrong}\n{words}\n{sql}")
            counts[words[1]] += 1
            counts["grouped"] += "--group-by" in words
            counts["with rows"] += bool(answer["Value"])
        print(json.dumps({"equal": chosen.queries} | counts))


if __name__ == "__main__":
    main()
