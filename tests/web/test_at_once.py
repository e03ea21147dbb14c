"""What is answered in the loop of the server, and what is left to its threads; over real sockets, turned by hand."""

import json
import socket
from collections import deque
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from time import monotonic

import pytest
import time_machine
from flask import Flask
from waitress import wasyncore
from waitress.server import TcpWSGIServer

from matcher.bootstrap import Context
from matcher.web.app import create_app
from matcher.web.at_once import AtOnce, Channel
from matcher.web.calls.front import front_of
from matcher.web.calls.kept_reads import KeptReads
from matcher.web.wire import ProblemChannel

READ = "GET /v1/proposals HTTP/1.1\r\nHost: localhost\r\n{}\r\n"
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
PATIENCE_SECONDS = 60.0


class NoThreads:
    """Stands for the threads: keeps what it is given until the test serves it."""

    def __init__(self) -> None:
        self.given: deque[Channel] = deque()

    def add_task(self, channel: Channel) -> None:
        self.given.append(channel)


class Loop:
    """A server whose loop the test turns, so that everything happens in one order."""

    def __init__(self, app: Flask) -> None:
        self.threads = NoThreads()
        self.connections: dict[int, wasyncore.dispatcher] = {}
        self.at_once = AtOnce(front_of(app).give_again, self.threads)
        self._server = TcpWSGIServer(
            app,
            map=self.connections,
            host="127.0.0.1",
            port=0,
            dispatcher=self.at_once,
            ident=None,
            clear_untrusted_proxy_headers=False,
        )
        self._server.channel_class = ProblemChannel
        self.port = int(self._server.effective_port)

    def turn(self) -> None:
        self.at_once.share_out()
        wasyncore.loop(0.05, use_poll=True, map=self.connections, count=1)

    def turn_until(self, is_reached: Callable[[], object]) -> None:
        give_up = monotonic() + PATIENCE_SECONDS
        while not is_reached():
            assert monotonic() < give_up, "what was waited for did not happen"
            self.turn()

    def close(self) -> None:
        wasyncore.close_all(self.connections)


class Caller:
    """A connection that reads whole answers while the test turns the loop."""

    def __init__(self, loop: Loop) -> None:
        self._loop = loop
        self._received = b""
        self.socket = socket.create_connection(("127.0.0.1", loop.port), timeout=PATIENCE_SECONDS)

    def send(self, text: str) -> None:
        self.socket.sendall(text.encode())

    def is_closed(self) -> bool:
        """Whether the server closed the connection without an answer."""
        self.socket.setblocking(False)
        try:
            return self.socket.recv(1) == b""
        except BlockingIOError:
            return False

    def answers(self, count: int) -> list[tuple[str, bytes]]:
        """Turn the loop until so many answers are here; return head and body of each."""
        found: list[tuple[str, bytes]] = []
        self.socket.setblocking(False)

        def has_all() -> bool:
            try:
                self._received += self.socket.recv(1 << 20)
            except BlockingIOError:
                return False
            while (answer := self._whole()) is not None:
                found.append(answer)
            return len(found) == count

        self._loop.turn_until(has_all)
        return found

    def _whole(self) -> tuple[str, bytes] | None:
        head, separator, rest = self._received.partition(b"\r\n\r\n")
        if not separator:
            return None
        lines = dict(line.split(": ", 1) for line in head.decode().lower().split("\r\n")[1:])
        length = int(lines.get("content-length", 0))
        if len(rest) < length:
            return None
        self._received = rest[length:]
        return head.decode(), rest[:length]


@pytest.fixture
def loop(context: Context, proposal_id: str) -> Iterator[Loop]:
    app = create_app(context)
    with time_machine.travel(NOON):  # what is kept is kept for a day, and no test may run past midnight
        kept = app.test_client().get("/v1/proposals", headers={"Host": "localhost"})
        assert kept.status_code == 200, proposal_id
        loop = Loop(app)
        yield loop
        loop.close()


@pytest.fixture
def caller(loop: Loop) -> Iterator[Caller]:
    caller = Caller(loop)
    yield caller
    caller.socket.close()


def test_what_is_kept_is_answered_without_a_thread(loop: Loop, caller: Caller) -> None:
    caller.send(READ.format("X-Request-Id: request-1\r\n"))
    [(head, body)] = caller.answers(1)
    assert head.startswith("HTTP/1.1 200 OK")
    assert "X-Request-Id: request-1" in head
    assert json.loads(body)["total"] == 1
    assert not loop.threads.given


def test_many_requests_at_once_are_answered_one_a_turn_and_in_their_order(loop: Loop, caller: Caller) -> None:
    caller.send("".join(READ.format(f"X-Request-Id: request-{number}\r\n") for number in range(20)))
    answers = caller.answers(20)
    assert [f"X-Request-Id: request-{number}" in head for number, (head, _) in enumerate(answers)] == [True] * 20
    assert len({body for _, body in answers}) == 1
    assert not loop.threads.given


def test_what_is_not_kept_waits_for_a_thread_and_what_follows_it_waits_too(loop: Loop, caller: Caller) -> None:
    caller.send("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n" + READ.format(""))
    loop.turn_until(lambda: loop.threads.given)
    loop.threads.given.popleft().service()
    first, second = caller.answers(2)
    assert first[0].startswith("HTTP/1.1 200 OK")
    assert json.loads(second[1])["total"] == 1
    assert not loop.threads.given


@pytest.mark.parametrize("method", ["HEAD", "POST", "OPTIONS"])
def test_only_reads_are_answered_from_memory(loop: Loop, caller: Caller, method: str) -> None:
    caller.send(READ.format("").replace("GET", method))
    loop.turn_until(lambda: loop.threads.given)


def test_a_request_that_is_no_http_is_left_to_a_thread(loop: Loop, caller: Caller) -> None:
    caller.send("GET /v1/proposals HTTP/1.1\r\nContent-Length: many\r\n\r\n")
    loop.turn_until(lambda: loop.threads.given)


def test_whoever_has_the_answer_already_gets_no_body(loop: Loop, caller: Caller) -> None:
    caller.send(READ.format(""))
    [(head, _)] = caller.answers(1)
    tag = head.partition("Etag: ")[2].partition("\r\n")[0]
    caller.send(READ.format(f"If-None-Match: {tag}\r\n"))
    [(head, body)] = caller.answers(1)
    assert head.startswith("HTTP/1.1 304 Not Modified")
    assert body == b""
    assert not loop.threads.given


def test_whoever_asks_for_the_end_of_the_connection_is_told_of_it(loop: Loop, caller: Caller) -> None:
    caller.send(READ.format("Connection: close\r\n"))
    [(head, _)] = caller.answers(1)
    assert "Connection: close" in head
    loop.turn_until(lambda: not any(isinstance(one, ProblemChannel) for one in loop.connections.values()))


def test_a_failure_costs_one_connection_and_not_the_service(
    loop: Loop, caller: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(KeptReads, "find", lambda *_: 1 / 0)
        caller.send(READ.format(""))
        loop.turn_until(lambda: caller.is_closed())
    another = Caller(loop)
    another.send(READ.format(""))
    assert another.answers(1)[0][0].startswith("HTTP/1.1 200 OK")
    another.socket.close()


def test_a_client_that_takes_nothing_holds_up_nobody(loop: Loop, caller: Caller) -> None:
    """Behind an answer that is still on its way a thread goes on, for only a thread may wait for the client."""
    caller.send(READ.format(""))
    loop.turn_until(
        lambda: loop.connections and any(getattr(one, "requests", None) for one in loop.connections.values())
    )
    [channel] = [one for one in loop.connections.values() if isinstance(one, ProblemChannel)]
    channel.total_outbufs_len += 1
    loop.at_once.share_out()
    assert list(loop.threads.given) == [channel]
