"""An HTTP client that costs as little as one can in Python, so that a benchmark on shared cores measures the server."""

import selectors
import socket
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit


@dataclass(slots=True)
class Outcome:
    """What came of many requests: how long each took, and what each was answered with."""

    seconds: float = 0.0
    milliseconds: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    without_patience: int = 0
    """Refusals (429, 503) that did not say when to come back."""


class _Connection:
    """One kept connection with at most one request on its way."""

    def __init__(self, host: str, port: int) -> None:
        self.socket = socket.create_connection((host, port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.received = b""
        self.sent_at = 0.0

    def send(self, request: bytes) -> None:
        self.sent_at = time.perf_counter()
        self.socket.sendall(request)

    def answer(self) -> tuple[int, bytes] | None:
        """Read what is there; return status and head of the answer once it is whole."""
        self.received += self.socket.recv(1 << 18)
        head, separator, body = self.received.partition(b"\r\n\r\n")
        if not separator:
            return None
        lower = head.lower()
        length = int(lower.split(b"content-length:", 1)[1].split(b"\r\n", 1)[0])
        if len(body) < length:
            return None
        self.received = body[length:]
        return int(head[9:12]), lower


def request_of(address: str, path: str, *, method: str = "GET", headers: str = "", body: bytes = b"") -> bytes:
    """Return the bytes of one request; `headers` are whole lines, each with its end."""
    host = urlsplit(address).netloc
    length = f"Content-Length: {len(body)}\r\n" if body else ""
    return f"{method} {path} HTTP/1.1\r\nHost: {host}\r\n{headers}{length}\r\n".encode() + body


def drive(address: str, requests: Sequence[bytes], *, connections: int, seconds: float) -> Outcome:
    """Send `requests` in turn over so many connections for so long; each sends its next one when it is answered."""
    parts = urlsplit(address)
    outcome, selector = Outcome(), selectors.DefaultSelector()
    begun = time.perf_counter()
    for number in range(connections):
        connection = _Connection(str(parts.hostname), int(parts.port or 80))
        selector.register(connection.socket, selectors.EVENT_READ, connection)
        connection.send(requests[number % len(requests)])
    sent, open_count = connections, connections
    while open_count:
        for key, _ in selector.select(timeout=60):
            connection = key.data
            answer = connection.answer()
            if answer is None:
                continue
            now = time.perf_counter()
            status, head = answer
            outcome.milliseconds.append((now - connection.sent_at) * 1000)
            outcome.statuses[status] += 1
            outcome.without_patience += status in (429, 503) and b"retry-after:" not in head
            if now - begun < seconds and b"connection: close" not in head:
                connection.send(requests[sent % len(requests)])
                sent += 1
            else:
                selector.unregister(connection.socket)
                connection.socket.close()
                open_count -= 1
    outcome.seconds = time.perf_counter() - begun
    return outcome
