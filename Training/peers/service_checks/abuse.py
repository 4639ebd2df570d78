"""What hostile clients send: each attack with its statuses, the memory of the service and /healthz meanwhile."""

from . import floods, malformed
from .partner import Health
from .table import chapter, line

# Megabytes that an attack may add: answers on their way, 256; answers that are kept, 128; 2,048 connections of 64 KB
# each, 128.
MOST = 512


def check(partner, server):
    chapter("Abuse")
    # What a busy service holds anyway is no growth: answers that were made and threads that were started.
    for skip in range(20):
        server.get(f"/partner/v1/analytics/subscriptions?top=100&skip={skip}", partner.tokens["globalAdmin"])
    for attack in malformed.ATTACKS + floods.ATTACKS:
        attempt(attack, partner, server)
    wrong = [server.said()[-500:]] if server.said().strip() else []
    line("messages of the service", f"{len(server.said().splitlines())} lines", wrong)


def attempt(attack, partner, server):
    """Runs an attack: a function of partner and server with a name in its docstring, its figures and what is wrong."""
    server.forget_peak()
    before = server.memory()
    # An attack that takes every connection there is asks for its health itself.
    is_exhausting = getattr(attack, "is_exhausting", False)
    with Health(server) as health:
        if is_exhausting:
            health.ended.set()
        figures, wrong = attack(partner, server)
    peak, after = server.memory("VmHWM"), server.memory()
    wrong = list(wrong)
    if not is_exhausting and health.failures:
        wrong.append(f"/healthz failed {health.failures} times meanwhile")
    if peak - before > MOST:
        wrong.append(f"memory grew by {peak - before:.0f} MB; at most {MOST} are right")
    if not server.lives():
        wrong.append("the service has ended")
    elif server.get("/healthz")[0] != 200:
        wrong.append("/healthz fails afterwards")
    if health.waits and not is_exhausting:
        figures += f"; healthz {health}"
    line(attack.__doc__, f"{figures}; {before:.0f} → {after:.0f} MB, peak {peak:.0f}", wrong)
