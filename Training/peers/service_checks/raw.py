"""Bytes over sockets, as no HTTP client would send them."""

import asyncio
import re
import socket


def exchange(port, data, seconds=5.0, stop=None):
    """Sends all of the bytes and returns what comes until the other side closes, `stop` is in it, or time is over."""
    received = bytearray()
    with socket.create_connection(("127.0.0.1", port), timeout=seconds) as connection:
        try:
            connection.sendall(data)
        except OSError:
            pass  # It has answered and closed before everything was sent.
        try:
            while not (stop and stop in received):
                piece = connection.recv(65_536)
                if not piece:
                    break
                received += piece
        except OSError:
            pass
    return bytes(received)


def statuses(received):
    """The statuses of all answers in what was received."""
    return [int(status) for status in re.findall(rb"HTTP/1\.[01] (\d{3})", received)]


def status(port, data, seconds=5.0):
    """The only status, or what there is instead."""
    found = statuses(exchange(port, data, seconds, stop=b"\r\n\r\n"))
    return found[0] if found else "closed"


def head(target, token=None, method="GET", more=""):
    authorization = f"Authorization: Bearer {token}\r\n" if token else ""
    return f"{method} {target} HTTP/1.1\r\nHost: a\r\n{authorization}{more}\r\n".encode()


async def dribble(port, first, piece, period, seconds):
    """Sends `first`, then `piece` every so often; after how many seconds the other side ended it, or None."""
    loop = asyncio.get_running_loop()
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    begin = loop.time()
    gone = asyncio.ensure_future(reader.read(65_536))
    try:
        writer.write(first)
        while loop.time() - begin < seconds:
            done, _ = await asyncio.wait([gone], timeout=period)
            if done:
                return loop.time() - begin
            writer.write(piece)
    except OSError:
        return loop.time() - begin
    finally:
        gone.cancel()
        writer.transport.abort()
    return None


async def many(count, make):
    return await asyncio.gather(*(make(index) for index in range(count)), return_exceptions=True)


async def in_turn(port, requests, connections):
    """Sends requests over some connections, each the next one after its answer; statuses and how often."""
    left, counts = iter(requests), {}

    async def one():
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for request in left:
            writer.write(request)
            head = await reader.readuntil(b"\r\n\r\n")
            length = re.search(rb"content-length: (\d+)", head, re.I)
            if length:
                await reader.readexactly(int(length.group(1)))
            status = int(head[9:12])
            counts[status] = counts.get(status, 0) + 1
        writer.close()

    await asyncio.gather(*(one() for _ in range(connections)))
    return counts
