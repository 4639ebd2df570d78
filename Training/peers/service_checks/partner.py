"""A simulated partner, and the built program that serves it."""

import json
import os
import re
import resource
import sqlite3
import subprocess
import threading
import time
import urllib.error
import urllib.request

from . import context

ROLES = ["globalAdmin", "reportViewer", "salesAgent"]
# What a shell and systemd allow unless told otherwise.
DESCRIPTORS = 1024


class Partner:
    """600 subscriptions over 40 weeks; all exports but the `first` are kept back, to be imported while it is served."""

    def __init__(self, program, folder, first):
        self.program, self.folder = os.path.abspath(program), folder
        self.served = 0
        self.run("simulate", "--subscriptions", "600", "--weeks", "40", "--output", "exports")
        days = sorted(d for d in os.listdir(self.at("exports")) if re.fullmatch(r"\d{4}-\d\d-\d\d", d))
        context.write(self.at("exports", days[0]))
        # The model and the scores know all exports.
        self.run("import", "exports", "--store", "whole.sqlite")
        self.run("train", "--store", "whole.sqlite", "--model", "model")
        self.run("score", "--store", "whole.sqlite", "--model", "model", "--output", "at-risk.json")
        os.mkdir(self.at("later"))
        for day in days[first:]:
            os.rename(self.at("exports", day), self.at("later", day))
        self.later = [
            os.path.join("later", day, name)
            for day in days[first:] for name in sorted(os.listdir(self.at("later", day)))]
        self.run("import", "exports", "--store", "history.sqlite")
        with open(self.at("exports", "owners.csv"), encoding="utf-8") as owners:
            manager = owners.read().splitlines()[1].split(",")[4]
        self.tokens = {
            role: self.run(
                "tokens", "add", role, "--role", role,
                *(["--account-manager", manager] if role == "salesAgent" else [])).strip()
            for role in ROLES}

    def at(self, *parts):
        return os.path.join(self.folder, *parts)

    def run(self, *words):
        """What a command prints."""
        done = subprocess.run(
            [self.program, *words, "--quiet"], cwd=self.folder, capture_output=True, text=True)
        if done.returncode not in (0, 2):
            raise SystemExit(f"churn-risk {' '.join(words)} ended with {done.returncode}:\n{done.stderr}")
        return done.stdout

    def copy_store(self, name):
        """A copy of the history as it is, for a twin that nobody serves."""
        source, target = sqlite3.connect(self.at("history.sqlite")), sqlite3.connect(self.at(name))
        with source, target:
            source.backup(target)
        source.close()
        target.close()


class Server:
    """A running `churn-risk serve`."""

    def __init__(self, partner, store="history.sqlite"):

        hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]

        def limit():
            resource.setrlimit(resource.RLIMIT_NOFILE, (min(DESCRIPTORS, hard), hard))

        partner.served += 1
        self.messages = open(partner.at(f"serve-{partner.served}.txt"), "w", encoding="utf-8")
        self.process = subprocess.Popen(
            [partner.program, "serve", "--store", store, "--listen", "127.0.0.1:0"],
            cwd=partner.folder, stdout=subprocess.PIPE, stderr=self.messages, text=True, preexec_fn=limit)
        line = self.process.stdout.readline()
        found = re.search(r"http://127\.0\.0\.1:(\d+)/", line)
        if not found:
            raise SystemExit(f"serve did not start: {line}{self.said()}")
        self.port = int(found.group(1))
        self.url = f"http://127.0.0.1:{self.port}"

    def said(self):
        self.messages.flush()
        with open(self.messages.name, encoding="utf-8") as file:
            return file.read()

    def get(self, path, token=None, timeout=10):
        """Status, headers and body."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        request = urllib.request.Request(self.url + path, headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=timeout) as answer:
                return answer.status, dict(answer.headers), answer.read()
        except urllib.error.HTTPError as error:
            return error.code, dict(error.headers), error.read()

    def memory(self, key="VmRSS"):
        """Megabytes that the process holds; VmHWM is the most since forget_peak."""
        with open(f"/proc/{self.process.pid}/status", encoding="ascii") as status:
            return next(int(line.split()[1]) for line in status if line.startswith(key + ":")) / 1024

    def forget_peak(self):
        with open(f"/proc/{self.process.pid}/clear_refs", "w", encoding="ascii") as file:
            file.write("5")

    def lives(self):
        return self.process.poll() is None

    def stop(self):
        """Ends it as systemd does; the status it ended with."""
        self.process.terminate()
        try:
            return self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            return "killed after 30 s"


class Health:
    """Asks /healthz on a new connection ten times a second, as long as the block lasts."""

    def __init__(self, server):
        self.server, self.waits, self.failures = server, [], 0
        self.ended = threading.Event()
        self.thread = threading.Thread(target=self.ask, daemon=True)

    def ask(self):
        while not self.ended.wait(0.1):
            begin = time.monotonic()
            try:
                status, _, body = self.server.get("/healthz", timeout=5)
                good = status == 200 and json.loads(body)["status"] == "ok"
            except (OSError, ValueError):
                good = False
            self.failures += not good
            self.waits.append(time.monotonic() - begin)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.ended.set()
        self.thread.join()

    def __str__(self):
        return f"{len(self.waits) - self.failures}/{len(self.waits)} ok, slowest {1000 * max(self.waits, default=0):.0f} ms"
