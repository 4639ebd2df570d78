"""wrk on the first hundred subscriptions, against a bare handler of libmicrohttpd that sends the same bytes."""

import os
import statistics
import subprocess

from .table import Others, chapter, line, wait_for_quiet
from .wrk import Wrk

PATH = "/partner/v1/analytics/subscriptions?top=100"
# libmicrohttpd writes these itself.
BY_ITSELF = {"date", "content-length", "connection"}
HERE = os.path.dirname(os.path.abspath(__file__))


def check(partner, server, rounds):
    chapter("Requests a second beside a bare handler of libmicrohttpd that sends the same")
    token = partner.tokens["globalAdmin"]
    program = partner.at("bare_http")
    subprocess.run(
        ["gcc", "-O2", "-Wall", "-Wextra", "-o", program, os.path.join(HERE, "..", "bare_http.c"), "-lmicrohttpd"],
        check=True)
    status, headers, body = server.get(PATH, token)
    with open(partner.at("bare.body"), "wb") as file:
        file.write(body)
    lines = [f"{name}: {value}" for name, value in headers.items() if name.lower() not in BY_ITSELF]
    threads = os.cpu_count()
    bare = subprocess.Popen(
        [program, str(threads), partner.at("bare.body"), *lines], stdout=subprocess.PIPE, text=True)
    try:
        url = f"http://127.0.0.1:{int(bare.stdout.readline())}"
        wrong = same(server, url, token)
        wait_for_quiet(server.process, bare)
        ours, theirs = [], []
        with Others(server.process, bare) as others:
            for _ in range(rounds):
                ours.append(Wrk(server.url, [PATH], token, 32, 3, threads=threads).figures())
                theirs.append(Wrk(url, [PATH], token, 32, 3, threads=threads).figures())
    finally:
        bare.terminate()
        bare.wait()
    wrong += [f"{run.refused} answers of another status" for run in ours + theirs if run.refused]
    wrong += [f"{run.failed} connections failed" for run in ours + theirs if run.failed]
    rates = [[run.rate for run in runs] for runs in (ours, theirs)]
    for name, values in zip(["churn-risk serve", "the bare handler"], rates):
        line(
            name, f"{rounds} rounds in turn: slowest {min(values):.0f}/s, median {statistics.median(values):.0f}/s, "
            f"fastest {max(values):.0f}/s")
    share = statistics.median(rates[0]) / statistics.median(rates[1])
    pairs = [mine / bare for mine, bare in zip(*rates)]
    line(
        "its share of the bare handler's", f"{share:.3f} of medians, {min(pairs):.3f} in the worst round "
        f"(bar {1 / 3:.3f}); {len(body)} bytes, {threads} threads; {others}", wrong)


def same(server, url, token):
    """Whether both answer alike, but for the date."""
    def answer(base):
        command = ["curl", "-si", "-H", f"Authorization: Bearer {token}", base + PATH]
        head, _, body = subprocess.run(command, capture_output=True, check=True).stdout.partition(b"\r\n\r\n")
        return sorted(row for row in head.split(b"\r\n") if not row.startswith(b"Date:")), body

    return [] if answer(server.url) == answer(url) else ["the bare handler sends something else"]
