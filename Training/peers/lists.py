#!/usr/bin/env python3
"""The lists of account managers from at-risk.json, as a careful Python script writes them.

Usage: python lists.py SCORES FOLDER csv|json|xlsx|html

Writes the files of `churn-risk export --format FORMAT`: every scored row, one file for each account
manager, one for rows that belong to nobody, a summary, the reasons in long form, subscriptions without
usage, those lost lately, and manifest.json with rows and SHA-256. CSV files have the same bytes; the
others the same rows, columns, types, links and sections (pages without style and script).

json by the json module, csv by the csv module, workbooks by XlsxWriter (constant_memory, the faster way,
and write_number/write_string, which spare it the guessing), pages by Jinja2. Prints what was used.
"""

import csv
import datetime
import hashlib
import json
import os
import sys

LOST_DAYS, WITHOUT_USAGE_DAYS = 30, 30
MOST_ROWS_OF_PAGE, MOST_LINKS = 1_000, 65_530
FORMULA = "=+-@\t\r\n＝＋－＠"

IDENTITY = [
    "subscriptionId", "subscriptionName", "customerTenantId", "customerName", "partnerId",
    "partnerName", "accountManager", "email"]
COLUMNS = [
    "rank", "subscriptionId", "subscriptionName", "customerTenantId", "customerName",
    "customerMarket", "partnerId", "partnerName", "productName", "status", "subscriptionStartDate",
    "lastUsageDate", "churnProbability", "riskBand", "atRisk", "change", "previousProbability",
    "firstFlagged", "weeksFlagged", "value", "valueBasis", "currency", "expectedLoss", "reason1",
    "reason2", "reason3", "nextDeadline", "nextDeadlineKind", "autoRenewEnabled",
    "commitmentEndDate", "trialStatus", "microsoftChurnRisk", "accountManager", "email", "asOf",
    "horizonDays", "ruleScore", "listedBecause", "listedSince"]
DAYS = {
    "subscriptionStartDate", "lastUsageDate", "firstFlagged", "nextDeadline", "commitmentEndDate",
    "asOf", "since", "listedSince"}
PROBABILITIES = {"churnProbability", "previousProbability"}
NUMBERS = {"value", "expectedLoss", "expectedChurn", "ruleScore"}
LISTED_BECAUSE = {
    "firstRun": "first list", "newRow": "scored for the first time",
    "twoWeeks": "at risk two weeks running", "jump": "the risk has jumped",
    "deadline": "a deadline is near", "stays": "already on the list"}


def neutral(text):
    """Text from outside that no spreadsheet takes for a formula."""
    return "'" + text if text and text[0] in FORMULA else text


def cells(row, document):
    reasons = [reason["text"] for reason in row["reasons"][:3]]
    reasons += [None] * (3 - len(reasons))
    previous, owner = row["previous"] or {}, row["owner"] or {}
    deadline = row["deadlines"][0] if row["deadlines"] else {}
    return [
        row["rank"], row["subscriptionId"], row["subscriptionName"], row["customerTenantId"],
        row["customerName"], row["customerMarket"], row["partnerId"], row["partnerName"],
        row["productName"], row["status"], row["subscriptionStartDate"], row["lastUsageDate"],
        row["churnProbability"], row["riskBand"], row["atRisk"], row["change"],
        previous.get("churnProbability"), row["firstFlagged"], row["weeksFlagged"], row["value"],
        row["valueBasis"], row["currency"], row["expectedLoss"], *reasons, deadline.get("date"),
        deadline.get("kind"), row["autoRenewEnabled"], row["commitmentEndDate"],
        row["trialStatus"], row["microsoftChurnRisk"], owner.get("accountManager"),
        owner.get("email"), document["asOf"], document["horizonDays"], row["ruleScore"],
        *listing(row)]


def listing(row):
    """Why, in one word, and since when a row is on its list."""
    listing = row["listing"] or {}
    word = listing.get("reason")
    if word == "stays" and not row["atRisk"]:
        word = "staysLow"
    return [word, listing.get("since")]


def why_listed(row):
    """Why and since when a row is on its list, for people."""
    word, since = listing(row)
    return [LISTED_BECAUSE.get(word, word), since]


def identity(row):
    owner = row["owner"] or {}
    return [row[name] for name in IDENTITY[:6]] + [owner.get("accountManager"), owner.get("email")]


class List:
    """What one person works through."""

    def __init__(self, kind, key, rows, silent, lost):
        self.kind, self.key, self.rows, self.silent, self.lost = kind, key, rows, silent, lost

    @property
    def base(self):
        return self.key.lower().replace(" ", "-") if self.kind == "list" else self.kind

    def line(self):
        bands = [sum(row["riskBand"] == band for row in self.rows) for band in ("high", "medium")]
        expected = sum(row["churnProbability"] or 0 for row in self.rows)
        return [self.kind, self.key, len(self.rows), *bands, expected]


class Export:
    def __init__(self, scores, folder, format):
        with open(scores, encoding="utf-8") as file:
            self.document = json.load(file)
        self.folder, self.format, self.entries = folder, format, []
        os.makedirs(folder, exist_ok=True)
        self.rows = self.document["subscriptions"]
        through = datetime.date.fromisoformat(self.document["dataThrough"])
        today = datetime.date.fromisoformat(self.document["asOf"])

        def days_silent(row):
            used = row["lastUsageDate"]
            return (through - datetime.date.fromisoformat(used)).days if used else None

        known = any(row["lastUsageDate"] for row in self.rows)
        self.silent = [] if not known else [
            (row, days) for row, days in ((row, days_silent(row)) for row in self.rows)
            if days is None or days >= WITHOUT_USAGE_DAYS]
        self.lost = [
            row for row in self.document["excluded"]
            if row["reason"] == "alreadyChurned" and row["since"]
            and (today - datetime.date.fromisoformat(row["since"])).days <= LOST_DAYS]
        self.lost.sort(key=lambda row: row["subscriptionId"])
        self.lost.sort(key=lambda row: row["since"], reverse=True)
        self.lists = self.split()

    def split(self):
        def key(row):
            return (row["owner"] or {}).get("accountManager")

        def grouped(rows, key):
            groups = {}
            for row in rows:
                groups.setdefault(key(row), []).append(row)
            return groups

        own = grouped((row for row in self.rows if row["listing"]["listed"]), key)
        silent = grouped(self.silent, lambda entry: key(entry[0]))
        lost = grouped(self.lost, key)
        return [List("all", None, self.rows, self.silent, self.lost)] + [
            List("list", name, own[name], silent.get(name, []), lost.get(name, []))
            for name in sorted(name for name in own if name)
        ] + [List("unassigned", None, own.get(None, []), silent.get(None, []), lost.get(None, []))]

    # Tables: names of columns and rows.

    def silent_table(self, entries):
        return IDENTITY + ["lastUsageDate", "daysWithoutUsage", "thresholdDays"], (
            identity(row) + [row["lastUsageDate"], days, WITHOUT_USAGE_DAYS]
            for row, days in entries)

    def lost_table(self, rows):
        return IDENTITY + ["status", "since", "change"], (
            identity(row) + [row["status"], row["since"], row.get("change")] for row in rows)

    def reasons_table(self):
        def lines():
            for row in self.rows:
                for direction, kind in (("raises", "reasons"), ("lowers", "mitigating")):
                    for reason in row[kind]:
                        yield [
                            row["rank"], row["subscriptionId"], direction, reason["feature"],
                            reason["family"], reason["value"], reason["contribution"],
                            reason["text"]]

        names = [
            "rank", "subscriptionId", "direction", "feature", "family", "value", "contribution",
            "text"]
        return names, lines()

    def summary_table(self):
        names = ["list", "accountManager", "rows", "high", "medium", "expectedChurn"]
        return names, [list.line() for list in self.lists]

    # Files.

    def note(self, name, kind, rows, key=None):
        with open(f"{self.folder}/{name}", "rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        self.entries.append(
            {"file": name, "kind": kind, "key": key, "rows": rows, "sha256": digest})

    def write_csv(self, path, table):
        names, rows = table
        count = 0

        def plain(cell):
            if isinstance(cell, str):
                return neutral(cell)
            if cell is True or cell is False:
                return "true" if cell else "false"
            # Whole numbers stand without a fraction.
            if isinstance(cell, float) and cell.is_integer() and abs(cell) < 2**53:
                return int(cell)
            return cell

        with open(path, "w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(names)
            for row in rows:
                writer.writerow([plain(cell) for cell in row])
                count += 1
        return count

    def write(self):
        FORMATS[self.format](self)
        for name, kind, table in [
                ("reasons", "reasons", self.reasons_table()),
                ("without-usage", "withoutUsage", self.silent_table(self.silent)),
                ("lost", "lost", self.lost_table(self.lost))]:
            count = self.write_csv(f"{self.folder}/{name}.csv", table)
            self.note(f"{name}.csv", kind, count)
        with open(f"{self.folder}/manifest.json", "w", encoding="utf-8") as file:
            json.dump({
                "schemaVersion": 1, "asOf": self.document["asOf"],
                "horizonDays": self.document["horizonDays"],
                "modelSha256": self.document["model"]["sha256"], "by": "accountManager",
                "attention": self.document["attention"], "files": self.entries}, file, indent=2)

    def about(self, list):
        model, counts = self.document["model"], list.line()
        return [
            ("This list", [
                ("List", list.key or list.kind), ("As of", self.document["asOf"]),
                ("Usage through", self.document["dataThrough"]),
                ("Subscriptions", f"{counts[2]}: {counts[3]} high, {counts[4]} medium"),
                ("Expected to be lost", f"{counts[5]:.1f}"),
                ("Without usage", str(len(list.silent))), ("Lost lately", str(len(list.lost)))]),
            ("What the figures mean", [
                ("Churn", self.document["churnDefinition"]["text"]),
                ("Horizon", f"{self.document['horizonDays']} days"),
                ("Risk", f"high from {self.document['bands']['high']:.1%}, medium from "
                         f"{self.document['bands']['medium']:.1%}, low below"),
                ("Reasons", "Facts that are associated with churn; they are not its causes.")]),
            ("How good it is", [
                ("Model", f"{model['name']}, {model['learner']}"), ("Grade", str(model["grade"])),
                ("Trained through", str(model["trainedThrough"])),
                ("Base rate", f"{model['baseRate'] or 0:.1%}")]),
        ]


def csv_lists(export):
    for list in export.lists:
        rows = (cells(row, export.document) for row in list.rows)
        count = export.write_csv(f"{export.folder}/{list.base}.csv", (COLUMNS, rows))
        export.note(f"{list.base}.csv", list.kind, count, list.key)
    count = export.write_csv(f"{export.folder}/summary.csv", export.summary_table())
    export.note("summary.csv", "summary", count)


def json_lists(export):
    document = export.document
    for list in export.lists:
        part = document | {
            "subscriptions": list.rows,
            "excluded": document["excluded"] if list.kind == "all" else list.lost}
        bands = [sum(row["riskBand"] == band for row in list.rows)
                 for band in ("high", "medium", "low")]
        part["summary"] = {
            "scored": len(list.rows), "high": bands[0], "medium": bands[1], "low": bands[2],
            "excluded": len(part["excluded"]),
            "expectedChurn": sum(row["churnProbability"] or 0 for row in list.rows)}
        with open(f"{export.folder}/{list.base}.json", "w", encoding="utf-8") as file:
            # dumps without indentation is the fast way: dump and indent are written in Python.
            file.write(json.dumps(part, ensure_ascii=False))
        export.note(f"{list.base}.json", list.kind, len(list.rows), list.key)
    names, lines = export.summary_table()
    with open(f"{export.folder}/summary.json", "w", encoding="utf-8") as file:
        file.write(json.dumps({
            "schemaVersion": 1, "asOf": document["asOf"], "by": "accountManager",
            "lists": [dict(zip(names, line)) for line in lines]}, ensure_ascii=False))
    export.note("summary.json", "summary", len(lines))


def xlsx_lists(export):
    import xlsxwriter

    epoch = datetime.date(1899, 12, 30)
    serials = {}

    def serial(day):
        if day not in serials:
            serials[day] = (datetime.date.fromisoformat(day) - epoch).days
        return serials[day]

    def sheet(book, formats, title, names, rows, count, links=True):
        page = book.add_worksheet(title)
        for column, name in enumerate(names):
            page.set_column(column, column, 20)
            page.write_string(0, column, name, formats["heading"])
        tenant = names.index("customerTenantId") if "customerTenantId" in names else None
        for number, row in enumerate(rows, 1):
            for column, cell in enumerate(row):
                name = names[column]
                if cell is None:
                    continue
                if name == "subscriptionId" and links and number <= MOST_LINKS:
                    directory = f"@{row[tenant]}/" if tenant is not None and row[tenant] else ""
                    page.write_url(
                        number, column,
                        f"https://portal.azure.com/#{directory}resource/subscriptions/{cell}"
                        "/overview", formats["link"], cell)
                elif name in DAYS:
                    page.write_number(number, column, serial(cell), formats["day"])
                elif cell is True or cell is False:
                    page.write_boolean(number, column, cell)
                elif isinstance(cell, str):
                    page.write_string(number, column, cell, formats["text"])
                elif name in PROBABILITIES:
                    page.write_number(number, column, cell, formats["probability"])
                else:
                    page.write_number(
                        number, column, cell, formats["number" if name in NUMBERS else "count"])
        page.freeze_panes(1, 0)
        page.autofilter(0, 0, max(1, count), len(names) - 1)
        for column, name in enumerate(names):
            if name in PROBABILITIES:
                page.conditional_format(
                    1, column, max(1, count), column, {"type": "3_color_scale"})

    def book(path, tables, about):
        book = xlsxwriter.Workbook(path, {"constant_memory": True})
        formats = {
            name: book.add_format(values) for name, values in {
                "heading": {"bold": True, "font_color": "#FFFFFF", "bg_color": "#1F3A5F"},
                "link": {"font_color": "#0563C1", "underline": 1, "num_format": "@"},
                "day": {"num_format": "yyyy-mm-dd"}, "probability": {"num_format": "0.0%"},
                "number": {"num_format": "#,##0.00"}, "count": {"num_format": "0"},
                "text": {"num_format": "@"}, "wrapped": {"text_wrap": True}}.items()}
        for title, (names, rows), count in tables:
            sheet(book, formats, title, names, rows, count)
        page = book.add_worksheet("About")
        number = 0
        for title, lines in about:
            page.write_string(number, 0, title, formats["heading"])
            for label, text in lines:
                number += 1
                page.write_string(number, 0, label)
                page.write_string(number, 1, text, formats["wrapped"])
            number += 2
        book.close()

    for list in export.lists:
        rows = (cells(row, export.document)[:-2] + why_listed(row) for row in list.rows)
        book(f"{export.folder}/{list.base}.xlsx", [
            ("All" if list.kind == "all" else "To work through", (COLUMNS, rows), len(list.rows)),
            ("Without usage", export.silent_table(list.silent), len(list.silent)),
            (f"Lost in the last {LOST_DAYS} days", export.lost_table(list.lost), len(list.lost)),
        ], export.about(list))
        export.note(f"{list.base}.xlsx", list.kind, len(list.rows), list.key)
    table = export.summary_table()
    book(f"{export.folder}/summary.xlsx", [("Summary", table, len(table[1]))],
         export.about(export.lists[0]))
    export.note("summary.xlsx", "summary", len(table[1]))


PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Azure subscriptions at risk: {{ title }}</title></head>
<body><header><p class="mu">Azure subscriptions at risk</p><h1><bdi>{{ title }}</bdi></h1>
<p>As of <b>{{ document.asOf }}</b>, usage through {{ document.dataThrough }}. {{ document.churnDefinition.text }}</p>
<ul class="facts">{% for figure, words in facts %}<li><b>{{ figure }}</b> {{ words }}</li>{% endfor %}</ul>
{% if document.attention %}<div class="note"><b>Needs attention</b><ul>{% for remark in document.attention %}
<li>{{ remark.text }}</li>{% endfor %}</ul></div>{% endif %}</header><main><section><h2>To work through</h2>
{% if rows %}<table id="list" role="table"><caption>{{ shown }}</caption><thead role="rowgroup"><tr role="row">
{% for heading in ["#", "Customer and why", "Risk", "Change", "Value", "Expected loss", "Last used", "Next deadline"] -%}
<th scope="col" role="columnheader">{{ heading }}</th>{% endfor %}</tr></thead><tbody role="rowgroup">
{% for row in rows %}<tr role="row" data-rank="{{ row.rank }}" data-loss="{{ row.expectedLoss or 0 }}" data-name="{{ (row.customerName or "")[:60] }}" data-used="{{ row.lastUsageDate or "" }}"><td role="cell" class="n" data-l="Rank">{{ row.rank }}</td><th scope="row" role="rowheader"><span class="nm"><bdi>{{ (row.customerName or row.customerTenantId or "Unnamed customer")[:160] }}</bdi></span><br><bdi>{{ (row.subscriptionName or row.subscriptionId)[:160] }}</bdi>
{%- if row.productName %} <span class="mu">· <bdi>{{ row.productName[:160] }}</bdi></span>{% endif %}<ul class="why">
{%- for reason in row.reasons[:3] %}<li><bdi>{{ reason.text[:160] }}</bdi></li>{% endfor %}
{%- if row.mitigating %}<li class="mu">In its favour: <bdi>{{ row.mitigating[0].text[:160] }}</bdi></li>{% endif %}</ul><p class="li mu"><b>Listed because</b> {{ why_listed(row)[0] }}{% if why_listed(row)[1] %} · since {{ why_listed(row)[1] }}{% endif %}</p><div class="lk"><a rel="noopener noreferrer" href="https://portal.azure.com/#{% if row.customerTenantId %}@{{ row.customerTenantId }}/{% endif %}resource/subscriptions/{{ row.subscriptionId }}/overview">Azure portal</a>
{%- if row.customerTenantId %}<a rel="noopener noreferrer" href="https://partner.microsoft.com/dashboard/commerce2/customers/{{ row.customerTenantId }}/subscriptions">Partner Center</a>{% endif %}</div></th><td role="cell" data-l="Risk"><div>
{%- if row.churnProbability is not none %}<span class="p">{{ "%.1f"|format(row.churnProbability * 100) }} %</span><svg class="bar" viewBox="0 0 110 8" aria-hidden="true"><rect class="t" width="110" height="8" rx="4"/><rect class="v" width="{{ "%.1f"|format(row.churnProbability * 110) }}" height="8" rx="4"/></svg>{% endif %}<span class="b {{ row.riskBand }}">{{ row.riskBand }}</span></div></td><td role="cell" data-l="Change"><div>{{ row.change or "–" }}
{%- if row.previous and row.previous.churnProbability is not none %}<br><span class="mu">was {{ "%.1f"|format(row.previous.churnProbability * 100) }} %</span>{% endif %}
{%- if row.weeksFlagged > 1 %}<br><span class="mu">{{ row.weeksFlagged }} weeks listed</span>{% endif %}</div></td>
{%- for label, amount in (("Value", row.value), ("Expected loss", row.expectedLoss)) %}<td role="cell" class="n" data-l="{{ label }}"><div>{% if amount is none %}–{% else %}{{ "{:,.1f}".format(amount) }} <span class="mu"><bdi>{{ row.currency or row.valueBasis }}</bdi></span>{% endif %}</div></td>{% endfor %}<td role="cell" class="d" data-l="Last used"><div><bdi>{{ row.lastUsageDate or "never" }}</bdi></div></td><td role="cell" data-l="Next deadline"><div>
{%- if row.deadlines %}<bdi>{{ row.deadlines[0].date }}</bdi><br><span class="mu"><bdi>{{ row.deadlines[0].kind }}</bdi></span>{% else %}–{% endif %}</div></td></tr>
{% endfor %}</tbody></table>{% else %}<p class="mu">Nothing is at risk.</p>{% endif %}</section>
{% for heading, names, table in tables %}<section><h2>{{ heading }}</h2>{% if table %}<table role="table"><thead role="rowgroup"><tr role="row">{% for name in names %}<th scope="col" role="columnheader">{{ name }}</th>{% endfor %}</tr></thead><tbody role="rowgroup">
{% for row in table %}<tr role="row">{% for cell in row %}<td role="cell" data-l="{{ names[loop.index0] }}"><div><bdi>{{ "–" if cell is none else cell }}</bdi></div></td>{% endfor %}</tr>
{% endfor %}</tbody></table>{% else %}<p class="mu">None.</p>{% endif %}</section>{% endfor %}
<section><h2>About this list</h2>{% for heading, lines in about %}<h3>{{ heading }}</h3><dl>{% for label, text in lines %}<dt>{{ label }}</dt><dd>{{ text }}</dd>{% endfor %}</dl>{% endfor %}</section></main></body></html>
"""


def html_lists(export):
    import jinja2

    template = jinja2.Environment(autoescape=True).from_string(PAGE)
    template.globals["why_listed"] = why_listed

    def facts(list):
        line = list.line()
        return [
            (line[3], "high risk"), (line[4], "medium risk"), (f"{line[5]:.1f}", "expected to be lost"),
            (len(list.silent), "without usage"), (len(list.lost), "lost lately")]

    def page(name, title, list, rows, shown, tables):
        with open(f"{export.folder}/{name}", "w", encoding="utf-8") as file:
            file.write(template.render(
                title=title, document=export.document, facts=facts(list), rows=rows, shown=shown,
                tables=tables, about=export.about(list)))

    for list in export.lists:
        listed = [row for row in list.rows if row["listing"]["listed"]]
        rows = listed[:MOST_ROWS_OF_PAGE]
        silent = [
            [row["customerName"], row["subscriptionName"], row["lastUsageDate"], days]
            for row, days in list.silent[:MOST_ROWS_OF_PAGE]]
        lost = [
            [row["customerName"], row["subscriptionName"], row["status"], row["since"], row.get("change")]
            for row in list.lost[:MOST_ROWS_OF_PAGE]]
        page(f"{list.base}.html", list.key or list.kind, list, rows,
             f"The {len(rows)} riskiest of {len(listed)}", [
                 ("Without usage", ["Customer", "Subscription", "Last used", "Days without usage"],
                  silent),
                 ("Lost lately", ["Customer", "Subscription", "Status", "Since", "Change"], lost)])
        export.note(f"{list.base}.html", list.kind, len(rows), list.key)
    names, lines = export.summary_table()
    page("summary.html", "summary", export.lists[0], [], "", [("The lists", names, lines)])
    export.note("summary.html", "summary", len(lines))


FORMATS = {"csv": csv_lists, "json": json_lists, "xlsx": xlsx_lists, "html": html_lists}


def version(format):
    if format == "xlsx":
        import xlsxwriter

        return f"XlsxWriter {xlsxwriter.__version__}"
    if format == "html":
        import importlib.metadata

        return f"Jinja2 {importlib.metadata.version('jinja2')}"
    return f"Python {sys.version.split()[0]}"


if __name__ == "__main__":
    Export(*sys.argv[1:]).write()
    print(json.dumps({"version": version(sys.argv[3])}))
