"""The printed table of checks, and what failed."""

import os

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


def busy_share(seconds=1.0):
    """The share of the processors that anybody uses while this process sleeps."""
    import time

    def times():
        with open("/proc/stat", encoding="ascii") as file:
            numbers = [int(word) for word in file.readline().split()[1:]]
        return sum(numbers), numbers[3] + numbers[4]

    total, idle = times()
    time.sleep(seconds)
    later, idle_later = times()
    return 1 - (idle_later - idle) / max(later - total, 1)


def wait_for_quiet(seconds=60):
    """The share of the processors that others use, once it is below 10 % or the patience is over."""
    while True:
        share = busy_share(2)
        if share < 0.10 or seconds <= 0:
            break
        seconds -= 2
    if share >= 0.10:
        print(f"      Others use {share:.0%} of {os.cpu_count()} processors: the figures below are doubtful.", flush=True)
    return share
