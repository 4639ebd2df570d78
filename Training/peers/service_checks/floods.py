"""Attacks of many connections: slow ones, cut off ones, endless ones."""

import asyncio
import json
import socket
import time

from .raw import dribble, exchange, head, in_turn, many, statuses

# Seconds by which a request must have come whole, and two for the looks that are taken once a second.
DEADLINE = 32


def slow_requests(_, server):
    "slow loris: 500 heads, 200 bodies"
    async def attack():
        first = b"GET /healthz HTTP/1.1\r\nHost: a\r\nX-A: "
        post = b"POST /sign-in HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n"
        return await many(
            700, lambda index: dribble(
                server.port, first if index < 500 else post, b"a", 1.0, DEADLINE + 8))

    found = asyncio.run(attack())
    errors = [one for one in found if isinstance(one, BaseException)]
    lives = [one for one in found if isinstance(one, float)]
    wrong = [f"{len(errors)} could not connect: {errors[0]!r}"] if errors else []
    if found.count(None):
        wrong.append(f"{found.count(None)} were never ended")
    if lives and max(lives) > DEADLINE:
        wrong.append(f"the last was ended after {max(lives):.0f} s")
    return f"ended after {min(lives, default=0):.0f} to {max(lives, default=0):.0f} s", wrong


def slow_readers(partner, server):
    "100 slow readers of big answers"
    token = partner.tokens["globalAdmin"]
    connections, total = [], 0
    for number in range(100):
        connection = socket.socket()
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
        connection.settimeout(0.05)
        connection.connect(("127.0.0.1", server.port))
        # A hundred different answers of some megabytes each: not all of them can be held.
        connection.sendall(head(f"/partner/v1/analytics/usage/azure?skip={number}", token))
        connections.append(connection)
    for _ in range(10):
        for connection in connections:
            try:
                total += len(connection.recv(10))
            except OSError:
                pass
        time.sleep(0.5)
    for connection in connections:
        connection.close()
    return f"{total} bytes taken in 5 s and more", []


def half_requests(_, server):
    "2,000 half requests, cut off"
    whole = head("/healthz", more="X-A: b\r\n") + b""
    post = b"POST /sign-in HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\ntoken=crt_"
    failed = 0
    for number in range(2_000):
        text = whole if number % 2 else post
        try:
            with socket.create_connection(("127.0.0.1", server.port), timeout=5) as connection:
                connection.sendall(text[: 1 + number % (len(text) - 1)])
        except OSError:
            failed += 1
    return f"{failed} could not connect", [failed and "connections were refused"]


def endless_body(_, server):
    "chunked bodies without end"
    found, sent_most = [], 0
    for path in ["/sign-in", "/healthz", "/tokens"]:
        request = f"POST {path} HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n".encode()
        with socket.create_connection(("127.0.0.1", server.port), timeout=5) as connection:
            connection.sendall(request)
            sent, received = 0, b""
            try:
                while sent < 64 << 20:
                    connection.sendall(b"4000\r\n" + b"a" * 0x4000 + b"\r\n")
                    sent += 0x4000
            except OSError:
                pass
            try:
                received = connection.recv(4_096)
            except OSError:
                pass
        found.append((statuses(received) or ["closed"])[0])
        sent_most = max(sent_most, sent)
    wrong = ["64 MB were taken"] if sent_most >= 64 << 20 else []
    declared = exchange(
        server.port, b"POST /sign-in HTTP/1.1\r\nHost: a\r\nContent-Length: 10000000\r\n\r\n", 2)
    if statuses(declared) != [413]:
        wrong.append(f"a length of 10 MB is answered with {statuses(declared)}")
    return f"{found}, ended after {sent_most >> 10} KB; a length of 10 MB: {statuses(declared)}", wrong


def sign_ins(partner, server):
    "10,000 sign-ins"
    body = f"token={partner.tokens['globalAdmin']}".encode()
    request = (
        b"POST /sign-in HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        b"Content-Length: %d\r\n\r\n" % len(body)) + body
    begin = time.monotonic()
    counts = asyncio.run(in_turn(server.port, [request] * 10_000, 20))
    return f"{counts} in {time.monotonic() - begin:.1f} s", [] if counts == {303: 10_000} else ["expected 303 for all"]


def crowd(_, server):
    "3,000 connections at once"
    known = socket.create_connection(("127.0.0.1", server.port), timeout=5)
    connections, failed = [], 0
    for _ in range(3_000):
        connection = socket.socket()
        connection.setblocking(False)
        try:
            connection.connect(("127.0.0.1", server.port))
        except BlockingIOError:
            pass
        except OSError:
            failed += 1
        connections.append(connection)
    time.sleep(1)
    known.sendall(head("/healthz"))
    during = statuses(known.recv(4_096))
    fresh = fresh_health(server, 3)
    for connection in connections:
        connection.close()
    begin = time.monotonic()
    afterwards = fresh_health(server, 10)
    seconds = time.monotonic() - begin
    known.close()
    wrong = [] if during == [200] else [f"a connection from before gets {during} from /healthz"]
    wrong += [] if afterwards == "ok" else [f"/healthz afterwards: {afterwards}"]
    return (
        f"{failed} failed; healthz from before {during}, on a new connection {fresh}, "
        f"afterwards {afterwards} in {seconds:.2f} s", wrong)


def fresh_health(server, seconds):
    try:
        return json.loads(server.get("/healthz", timeout=seconds)[2])["status"]
    except (OSError, ValueError) as error:
        return f"no answer ({type(error).__name__})"


crowd.is_exhausting = True
ATTACKS = [half_requests, endless_body, sign_ins, slow_readers, slow_requests, crowd]
