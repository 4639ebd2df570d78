"""The printed table of checks, and what failed."""

import os
import time

problems = []


def line(name, figures, wrong=()):
    """A line of the table; `wrong` holds what failed, in sentences."""
    wrong = [text for text in wrong if text]
    print(f"{'FAIL' if wrong else 'ok':4}  {name:34}  {figures}", flush=True)
    for text in wrong:
        print(f"      {'':34}  {text}", flush=True)
        problems.append(f"{name}: {text}")


def chapter(text):
    print(f"\n== {text}", flush=True)


class Others:
    """How much of the processors programs that are not ours use, as long as the block lasts.

    Ours are this process, its children that have ended, and the running ones that are given.
    """

    DOUBTFUL = 0.10

    def __init__(self, *processes):
        self.processes = processes

    def used(self):
        with open("/proc/stat", encoding="ascii") as file:
            ticks = [int(word) for word in file.readline().split()[1:9]]
        own = sum(os.times()[:4]) * os.sysconf("SC_CLK_TCK")
        for process in self.processes:
            with open(f"/proc/{process.pid}/stat", encoding="ascii") as file:
                words = file.read().rpartition(")")[2].split()
            own += int(words[11]) + int(words[12])
        return sum(ticks), sum(ticks) - ticks[3] - ticks[4] - own

    def __enter__(self):
        self.begin = self.used()
        return self

    def __exit__(self, *_):
        total, busy = (after - before for after, before in zip(self.used(), self.begin))
        self.share = max(0, busy / max(total, 1))

    def __str__(self):
        return f"others used {self.share:.0%}" + (": doubtful" if self.share > self.DOUBTFUL else "")


def wait_for_quiet(*processes, seconds=60):
    """Waits until others use little of the processors, or the patience is over."""
    for _ in range(seconds // 2):
        with Others(*processes) as others:
            time.sleep(2)
        if others.share < others.DOUBTFUL:
            return
    print(
        f"      Others use {others.share:.0%} of {os.cpu_count()} processors; what follows is measured all the same.",
        flush=True)
