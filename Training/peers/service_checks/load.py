"""Load while exports are imported: no error, no torn read, and how long answers take.

The exports that were kept back are imported one file after the other, by one process each. A twin of the history
that nobody serves goes through the same files first, and `churn-risk query` tells what each state of it answers:
every distinct body that the service gave must be one of these, byte for byte.
"""

import json
import os
import threading
import time

from .table import Others, chapter, line, wait_for_quiet
from .wrk import Wrk, milliseconds

API = "/partner/v1/analytics/"
ALONE = API + "subscriptions?top=100"
# What is asked of the service, and the same as a command.
QUESTIONS = {
    ALONE: ["subscriptions", "--top", "100"],
    API + "subscriptions?groupby=status": ["subscriptions", "--group-by", "status"],
    API + "subscriptions?filter=status%20eq%20'ACTIVE'&groupby=customerMarket":
        ["subscriptions", "--filter", "status eq 'ACTIVE'", "--group-by", "customerMarket"],
    API + "usage/azure?groupby=usageDate&aggregationLevel=month":
        ["usage", "--group-by", "usageDate", "--aggregation-level", "month"],
    API + "usage/azure?top=50&orderby=quantity%20desc":
        ["usage", "--top", "50", "--order-by", "quantity desc"],
}
CONNECTIONS, ENOUGH, BAR = 50, 10_000, 20


def states(partner, files):
    """What each question can be answered, before the first file and after each; and what is wrong with the sums."""
    partner.copy_store("twin.sqlite")
    answers, wrong = {question: [] for question in QUESTIONS}, []

    def note():
        for question, words in QUESTIONS.items():
            answers[question].append(
                partner.run("query", *words, "--store", "twin.sqlite", "--format", "json").encode())
        total = json.loads(answers[ALONE][-1])["TotalCount"]
        groups = json.loads(answers[API + "subscriptions?groupby=status"][-1])["Value"]
        if sum(group["subscriptionCount"] for group in groups) != total:
            wrong.append(f"state {len(answers[ALONE]) - 1}: groups do not come to {total}")

    note()
    for file in files:
        partner.run("import", file, "--store", "twin.sqlite")
        note()
    return answers, wrong


class Imports:
    """Imports files one after the other, with a pause behind each, on a thread that waits for the processes."""

    def __init__(self, partner, files, pause):
        self.partner, self.files, self.pause = partner, files, pause
        self.seconds, self.trouble = 0, None
        self.thread = threading.Thread(target=self.go)

    def go(self):
        begin = time.monotonic()
        try:
            for file in self.files:
                self.partner.run("import", file, "--store", "history.sqlite")
                time.sleep(self.pause)
        except SystemExit as error:
            self.trouble = str(error)
        self.seconds = time.monotonic() - begin


def check(partner, server):
    chapter(f"Load over {CONNECTIONS} connections while exports are imported")
    token = partner.tokens["globalAdmin"]
    answers, wrong = states(partner, partner.later)
    line("the states of a twin", f"{len(partner.later)} files, {len(set(answers[ALONE]))} different first pages", wrong)
    wait_for_quiet(server.process)
    with Others(server.process) as others:
        alone = Wrk(server.url, [ALONE], token, 1, 4).figures()
    tell("one connection, the request alone", alone, alone, others)
    files, total = partner.later, 0
    for name, paths, think, share, pause in [
            ("closed loop", [ALONE], 0, 0.2, 0), ("some 2,000 a second", [ALONE], 25, 0.5, 0),
            ("some 2,000 a second, a file a second", [ALONE], 25, 0.05, 1), ("five questions", list(QUESTIONS), 25, 0.2, 0)]:
        if not pause:
            with Others(server.process) as others:
                without = Wrk(server.url, paths, token, CONNECTIONS, 5, think).figures()
            tell(f"{name}, nothing imported", without, alone, others)
        count = round(share * len(partner.later))
        imports = Imports(partner, files[:count], pause)
        total += under_import(partner, server, name, paths, think, token, imports, alone, answers)
        files = files[count:]
    line(
        "requests while files were imported", f"{total}",
        [total < ENOUGH and f"at least {ENOUGH} are wanted"])
    trouble = server.said()
    line("messages of the service", f"{len(trouble.splitlines())} lines", [trouble[-500:]] if trouble.strip() else [])


def under_import(partner, server, name, paths, think, token, imports, alone, answers):
    bodies = partner.at("bodies-" + name.replace(" ", "-").replace(",", ""))
    with Others(server.process) as others:
        run = Wrk(server.url, paths, token, CONNECTIONS, 600, think, bodies=bodies)
        imports.thread.start()
        imports.thread.join()
        figures = run.end()
    tell(f"{name}, {len(imports.files)} files imported in {imports.seconds:.0f} s", figures, alone, others)
    known = {body: (question, number) for question in paths for number, body in enumerate(answers[question])}
    seen, torn = {}, 0
    for file in sorted(os.listdir(bodies)):
        with open(os.path.join(bodies, file), "rb") as content:
            place = known.get(content.read())
        if place is None:
            torn += 1
        else:
            seen.setdefault(place[0], set()).add(place[1])
    wrong = [imports.trouble, torn and f"{torn} bodies are of no state of the twin: see {bodies}"]
    wrong += [f"{path}: one state alone was seen" for path in paths if len(seen.get(path, ())) < 2]
    count = sum(map(len, seen.values()))
    line("  its answers", f"{count} distinct bodies, each that of a state of the twin; torn: {torn}", wrong)
    return figures.requests


def tell(name, figures, alone, others):
    ratio = figures.p99 / max(alone.p99, 1)
    bar = "" if figures is alone else f"; p99 {ratio:.1f} × alone (bar {BAR})"
    line(
        name,
        f"{figures.requests} requests, {figures.rate:.0f}/s, p50 {milliseconds(figures.p50)}, "
        f"p99 {milliseconds(figures.p99)}, slowest {milliseconds(figures.slowest)}{bar}; {others}",
        [figures.refused and f"{figures.refused} answers were no 2xx or 3xx",
         figures.failed and f"{figures.failed} connections failed"])
