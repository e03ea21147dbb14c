"""A real HTTP server on loopback that answers as it is told, down to the byte and the pause."""

import gzip
import socket
import ssl
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from threading import Event, Thread


@dataclass
class Seen:
    """A request as it arrived; names of `headers` are lower-case."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes


Pieces = Iterable[bytes | float]
"""What to send, and how many seconds to pause in between."""
Script = Callable[[Seen], Pieces]


@dataclass
class Server:
    """Answers each path by its script; a list of scripts is used up one by one, and the last one stays."""

    scripts: dict[str, list[Script]] = field(default_factory=dict)
    seen: list[Seen] = field(default_factory=list)
    port: int = 0
    scheme: str = "http"
    stopped: Event = field(default_factory=Event)

    def on(self, path: str, *scripts: Script | bytes) -> str:
        """Answer `path` with `scripts` and return its address."""
        self.scripts[path] = [script if callable(script) else always(script) for script in scripts]
        return self.address(path)

    def address(self, path: str) -> str:
        return f"{self.scheme}://127.0.0.1:{self.port}{path}"

    def answer(self, request: Seen) -> Pieces:
        self.seen.append(request)
        scripts = self.scripts.get(request.target.partition("?")[0], [])
        if not scripts:
            return [response(b"no such page", 404)]
        return (scripts.pop(0) if len(scripts) > 1 else scripts[0])(request)


def response(body: bytes = b"", status: int = 200, /, **headers: str) -> bytes:
    """Return a whole response; `content_type` stands for Content-Type."""
    fields = {"Content-Length": str(len(body)), "Connection": "close"}
    fields |= {name.replace("_", "-").title(): value for name, value in headers.items()}
    head = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    return f"HTTP/1.1 {status} Answer\r\n{head}\r\n".encode("latin-1") + body


def always(whole: bytes) -> Script:
    return lambda request: [whole]


def zipped(body: bytes) -> bytes:
    return response(gzip.compress(body), content_encoding="gzip")


@contextmanager
def serving(tls: ssl.SSLContext | None = None) -> Iterator[Server]:
    """Serve on a free port until the block ends."""
    server = Server(scheme="https" if tls else "http")
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server.port = listener.getsockname()[1]
        loop = Thread(target=_accept, args=(listener, server, tls))
        loop.start()
        try:
            yield server
        finally:
            server.stopped.set()
            with suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)
            loop.join()


def _accept(listener: socket.socket, server: Server, tls: ssl.SSLContext | None) -> None:
    threads: list[Thread] = []
    with suppress(OSError):
        while not server.stopped.is_set():
            connection, _ = listener.accept()
            threads.append(Thread(target=_converse, args=(connection, server, tls)))
            threads[-1].start()
    for thread in threads:
        thread.join()


def _converse(connection: socket.socket, server: Server, tls: ssl.SSLContext | None) -> None:
    with connection, suppress(OSError):
        connection.settimeout(10)
        stream = tls.wrap_socket(connection, server_side=True) if tls else connection
        with stream:
            request = _read(stream)
            for piece in server.answer(request) if request else ():
                if isinstance(piece, bytes):
                    stream.sendall(piece)
                else:
                    server.stopped.wait(piece)


def _read(stream: socket.socket) -> Seen | None:
    received = b""
    while b"\r\n\r\n" not in received:
        chunk = stream.recv(65536)
        if not chunk:
            return None
        received += chunk
    head, _, body = received.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    method, target, _ = first.split(" ")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    while len(body) < int(headers.get("content-length", 0)):
        body += stream.recv(65536)
    return Seen(method, target, headers, body)
