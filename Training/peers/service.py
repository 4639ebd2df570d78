#!/usr/bin/env python3
"""The HTTP service under test from outside: contract, abuse, load and speed.

Usage: python service.py PROGRAM [--only contract,abuse,load,bare] [--examples N] [--keep DIR]

PROGRAM is the built churn-risk. The script simulates a partner of 600 subscriptions over 40 weeks, imports the
first of its exports, trains, scores, makes tokens, serves, and prints a table of

  contract  openapi-spec-validator, and schemathesis with every check, as three roles
  abuse     what hostile clients send, with status, memory and /healthz meanwhile
  load      50 connections while the other exports are imported: errors, torn reads, latencies
  bare      requests a second beside a bare handler of libmicrohttpd (bare_http.c) that sends the same bytes

Ends with 1 when a check fails; times and rates alone fail nothing. Needs wrk, gcc, curl and libmicrohttpd-dev from
Debian, schemathesis and openapi-spec-validator from PyPI.
"""

import argparse
import os
import resource
import shutil
import sys
import tempfile

from service_checks import abuse, bare, contract, load
from service_checks.partner import Partner, Server
from service_checks.table import chapter, line, problems

PARTS = ["contract", "abuse", "load", "bare"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--only", default=",".join(PARTS))
    parser.add_argument("--examples", type=int, default=100, help="cases of schemathesis for each operation")
    parser.add_argument("--rounds", type=int, default=7, help="rounds against the bare handler")
    parser.add_argument("--keep", metavar="DIR", help="a new folder for what is made; it stays, as it does where something fails")
    given = parser.parse_args()
    # Some attacks open thousands of connections.
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    parts = given.only.split(",")
    if unknown := set(parts) - set(PARTS):
        parser.error(f"--only: {', '.join(unknown)} is unknown; expected some of {','.join(PARTS)}")
    if given.keep:
        os.makedirs(given.keep)
    folder = os.path.abspath(given.keep) if given.keep else tempfile.mkdtemp()
    run(given, parts, folder)
    if problems:
        print(f"\nWhat was made is in {folder}.")
    elif not given.keep:
        shutil.rmtree(folder)
    print(f"\n{len(problems)} failures" if problems else "\nNothing failed.")
    sys.exit(1 if problems else 0)


def run(given, parts, folder):
    partner = Partner(given.program, folder, first=10)
    if "bare" in parts:
        serve(partner, lambda server: bare.check(partner, server, given.rounds))
    if "load" in parts:
        serve(partner, lambda server: load.check(partner, server))
    if "abuse" in parts:
        serve(partner, lambda server: abuse.check(partner, server))
    if "contract" in parts:
        serve(partner, lambda server: contract.check(partner, server, given.examples))
    secrets(partner)


def serve(partner, check):
    server = Server(partner)
    try:
        check(server)
    finally:
        status = server.stop()
    line("SIGTERM", f"ended with {status}", [status != 0 and f"expected 0\n{server.said()[-500:]}"])


def secrets(partner):
    chapter("The activity log")
    content = b""
    for name in sorted(os.listdir(partner.at("activity"))):
        with open(partner.at("activity", name), "rb") as file:
            content += file.read()
    found = [role for role, token in partner.tokens.items() if token.split("_", 2)[2].encode() in content]
    line("secrets in it", f"{content.count(bytes([10]))} accesses", [f"the token of {role}" for role in found])


if __name__ == "__main__":
    main()
