"""Attacks of single requests: too long, of strange bytes, or of two meanings."""

import random
import time
import urllib.parse

from .raw import exchange, head, status, statuses

FILTERED = "/partner/v1/analytics/subscriptions?filter="


def expected(found, allowed, what):
    """Complaints about statuses that are not allowed."""
    return [f"{what}: {one}" for one in found if one not in allowed]


def told(found):
    counts = {one: found.count(one) for one in found}
    return ", ".join(f"{count} × {one}" for one, count in sorted(counts.items(), key=str))


def long_headers(_, server):
    "1 MB of headers"
    many = "".join(f"X-{number}: {'a' * 1000}\r\n" for number in range(1000))
    found = [
        status(server.port, head("/healthz", more=many)),
        status(server.port, head("/healthz", more="X-A: " + "a" * 1_000_000 + "\r\n"))]
    return told(found), expected(found, [431], "expected 431")


def long_target(_, server):
    "1 MB of address"
    found = [
        status(server.port, head("/" + "a" * 1_000_000)),
        status(server.port, head("/healthz?" + "a=b&" * 250_000))]
    return told(found), expected(found, [414], "expected 414")


def traversal(partner, server):
    "path traversal"
    steps = ["../", "..%2f", "%2e%2e/", "%2e%2e%2f", "..\\", "..%5c", "%252e%252e%252f", ".%00./", "....//", "..;/"]
    bases = ["/", "//", "/partner/v1/analytics/", "/tokens/", "/openapi.json/", "http://a/", "file:///"]
    token = partner.tokens["globalAdmin"]
    found, wrong = [], []
    for base in bases:
        for step in steps:
            for goal in ["etc/passwd", "tokens.json"]:
                answer = exchange(
                    server.port, head(base + step * 8 + goal, token, more="Connection: close\r\n"))
                found += statuses(answer)[:1] or ["closed"]
                if b"root:" in answer or b"sha256" in answer:
                    wrong.append(f"{base + step * 8 + goal} tells a file")
    return told(found), wrong + expected(found, [400, 404, 405], "expected 400, 404 or 405")


def huge_filter(partner, server):
    "huge filters"
    token = partner.tokens["globalAdmin"]

    def ask(text):
        target = FILTERED + urllib.parse.quote(text, safe="()'")
        return status(server.port, head(target, token), 20)

    wrongs = [
        "(" * 10_000 + "status eq 'A'" + ")" * 10_000, "(" * 60_000, "a" * 60_000, "'" * 60_000,
        "status eq '" + "a" * 59_000, "not " * 14_000, "((status eq 'A') or " * 2_500]
    rights = [
        " or ".join(["id eq 'x'"] * 2_000), " and ".join(["status ne 'x'"] * 1_500),
        "contains(productName,'" + "a" * 30_000 + "')", "(" * 100 + "status eq 'A'" + ")" * 100]
    refused, found = [ask(text) for text in wrongs], [ask(text) for text in rights]
    wrong = expected(refused, [400, 414], "a wrong filter, expected 400 or 414")
    wrong += expected(found, [200, 414], "a right filter, expected 200, or 414 where it is too long encoded")
    return f"wrong: {told(refused)}; right: {told(found)}", wrong


def versions(_, server):
    "HTTP/1.0, 0.9 and 2"
    old = exchange(server.port, b"GET /healthz HTTP/1.0\r\n\r\n")
    older = exchange(server.port, b"GET /healthz\r\n\r\n", 2)
    newer = status(server.port, b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")
    wrong = [] if statuses(old) == [200] and b'"ok"' in old else [f"HTTP/1.0 is answered with {old[:60]}"]
    wrong += [f"HTTP/0.9 is answered with {older[:60]}"] if b'"ok"' in older else []
    wrong += expected([newer], [400, 404, 405, 505, "closed"], "HTTP/2")
    return f"1.0 {statuses(old)}, 0.9 {statuses(older) or 'closed'}, 2 {newer}", wrong


def methods(_, server):
    "bad methods"
    found, wrong = [], []
    for method in ["FOO", "get", "TRACE", "OPTIONS", "CONNECT", "PUT", "PATCH", "G\u00cbT", "A" * 5_000]:
        request = f"{method} /healthz HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n".encode()
        answer = exchange(server.port, request, 2, stop=b"}")
        one = (statuses(answer) or ["closed"])[0]
        found.append(one)
        wrong += expected([one], [400, 405, 414, 431, 501], method[:20])
        if one == 405 and b"allow: get, head" not in answer.lower():
            wrong.append(f"{method[:20]}: no Allow header")
    return told(found), wrong


def smuggling(_, server):
    "two lengths (smuggling)"
    inner = b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n"
    post = b"POST /sign-in HTTP/1.1\r\nHost: a\r\n"
    whole = b"0\r\n\r\n" + inner
    length = b"Content-Length: %d\r\n" % len(whole)
    chunked = b"Transfer-Encoding: chunked\r\n"
    cases = {
        "both": length + chunked, "both, turned": chunked + length,
        "two lengths": length + b"Content-Length: 0\r\n", "length and sign": b"Content-Length: +0\r\n",
        "length of words": b"Content-Length: 0x10\r\n", "negative": b"Content-Length: -1\r\n",
        "list of lengths": b"Content-Length: 0, 40\r\n", "huge": b"Content-Length: 99999999999999999999\r\n",
        "space before the colon": b"Content-Length : 0\r\n" + chunked,
        "chunked twice": chunked + b"Transfer-Encoding: identity\r\n" + length,
        "folded": b"X: a\r\n Transfer-Encoding: chunked\r\n" + length,
        "case of chunked": b"Transfer-Encoding: xchunked\r\n" + length,
    }
    found, wrong = [], []
    for name, headers in cases.items():
        answer = exchange(server.port, post + headers + b"\r\n" + whole, 1)
        found.append((statuses(answer) or ["closed"])[0])
        # Whoever stands before the service and counts the other length must not get an answer too many.
        if b'"ok"' in answer:
            wrong.append(f"{name}: what may be part of the body is answered too, {statuses(answer)}")
        wrong += expected([one for one in statuses(answer) if one >= 500], [501], name)
    return told(found), wrong


def control_bytes(partner, server):
    "NUL and control bytes"
    token = partner.tokens["globalAdmin"].encode()
    path = b"/partner/v1/analytics/subscriptions"
    found, wrong = [], []
    for byte in [0, 1, 7, 8, 9, 10, 11, 12, 13, 27, 127, 128, 192, 255]:
        raw = bytes([byte])
        for request in [
                b"GET /health" + raw + b"z HTTP/1.1\r\nHost: a\r\n\r\n",
                b"GET /healthz HTTP/1.1\r\nHost: a\r\nX-A: b" + raw + b"c\r\n\r\n",
                b"GET /healthz HTTP/1.1\r\nHo" + raw + b"st: a\r\n\r\n",
                b"GET " + path + b"?filter=" + raw + b" HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " + token
                + b"\r\n\r\n",
                b"GET " + path + b" HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " + raw + token + b"\r\n\r\n",
                b"GET " + path + b"?filter=%%%02X" % byte + b" HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " + token
                + b"\r\n\r\n"]:
            one = status(server.port, request, 0.5)
            found.append(one)
            if isinstance(one, int) and one >= 500:
                wrong.append(f"{request[:60]}: {one}")
    return told(found), wrong


def garbage(_, server):
    "pipelined garbage"
    random.seed(1)
    wrong, closed = [], 0
    for _ in range(200):
        noise = random.randbytes(random.randrange(1, 4_000))
        answer = exchange(server.port, head("/healthz") * 3 + noise, 0.5)
        found = statuses(answer)
        if found[:3] != [200] * 3:
            wrong.append(f"the requests before it are answered with {found}")
        wrong += expected(found[3:], [400, 404, 405, 414, 431, 501, 505], "what is no request")
        closed += len(found) == 3
    return f"200 times three good requests before it; {closed} were closed without a word", wrong[:5]


def wrong_tokens(_, server):
    "1,000 wrong tokens"
    import asyncio
    from .raw import in_turn
    random.seed(2)
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    requests = [
        head("/partner/v1/analytics/risk", "crt_%012x_%s" % (random.getrandbits(48), "".join(
            random.choices(alphabet, k=43)))) for _ in range(1_000)]
    begin = time.monotonic()
    counts = asyncio.run(in_turn(server.port, requests, 20))
    seconds = time.monotonic() - begin
    return f"{counts} in {seconds:.2f} s", [] if counts == {401: 1_000} else ["expected 401 for all"]


ATTACKS = [
    long_headers, long_target, traversal, huge_filter, versions, methods, smuggling, control_bytes, garbage,
    wrong_tokens]
