"""wrk (Debian), and its figures."""

import collections
import os
import signal
import subprocess

Figures = collections.namedtuple(
    "Figures", "requests microseconds p50 p99 slowest bytes refused failed rate")
HERE = os.path.dirname(os.path.abspath(__file__))


class Wrk:
    """A run of wrk; it ends after `seconds`, or once `end` is called."""

    def __init__(self, url, paths, token, connections, seconds, think=0, threads=1, bodies=None):
        environment = {**os.environ, "PATHS": " ".join(paths), "TOKEN": token, "THINK": str(think)}
        if bodies:
            os.makedirs(bodies, exist_ok=True)
            environment["BODIES"] = bodies
        self.process = subprocess.Popen(
            ["wrk", f"-t{threads}", f"-c{connections}", f"-d{seconds}s", "--timeout", "30s", "-s",
             os.path.join(HERE, "load.lua"), url],
            env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def end(self):
        self.process.send_signal(signal.SIGINT)
        return self.figures()

    def figures(self):
        out, err = self.process.communicate()
        line = next((line for line in err.splitlines() if line.startswith("FIGURES")), None)
        if line is None:
            raise SystemExit(f"wrk told no figures:\n{out}{err}")
        numbers = [int(word) for word in line.split()[1:]]
        return Figures(*numbers, 1e6 * numbers[0] / max(numbers[1], 1))


def milliseconds(microseconds):
    return f"{microseconds / 1000:.2f} ms"
