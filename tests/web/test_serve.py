"""The server itself, over a real socket: answers, refusals of its own, and a graceful stop."""

import contextlib
import json
import os
import select
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.processes import FORKING
from tests.web.houses import AS_OF, PROPOSAL
from tests.web.serve_once import serve_once

OF_FEW_CALLS = {
    "torch", "transformers", "scipy", "alembic", "openpyxl", "icalendar", "httpcore2", "jsonschema", "pypdf", "docx",
    "matcher.notices.reader", "matcher.notices.formats.registry", "sqlalchemy.dialects.postgresql",
}  # fmt: skip
"""What takes long to load, and is not needed to listen."""

MEGABYTE = b" " * 1024**2
GIGABYTE = 1024**3
TEXT = {"Content-Type": "text/plain"}
Start = Callable[[float], "Server"]


class Server:
    """A server in a process of its own, and what it logged."""

    def __init__(self, home: Path, seconds: float) -> None:
        reading, writing = FORKING.Pipe(duplex=False)
        self.process = FORKING.Process(target=serve_once, args=(writing, home, seconds))
        self.process.start()
        writing.close()
        self.log = os.fdopen(os.dup(reading.fileno()), encoding="utf-8")
        reading.close()
        self.lines: list[dict[str, Any]] = []
        self.address = ""
        while not self.address:
            self.address = self._next_line().get("address", "")

    def stop(self, number: int = signal.SIGTERM) -> int:
        """Ask the process to stop; return its exit code when it has."""
        assert self.process.pid is not None
        os.kill(self.process.pid, number)
        self.process.join(timeout=120)
        assert self.process.exitcode is not None
        self.lines += [json.loads(line) for line in self.log]
        self.log.close()
        return self.process.exitcode

    def _next_line(self) -> dict[str, Any]:
        line = self.log.readline()
        assert line, "the server ended before it listened"
        self.lines.append(json.loads(line))
        return self.lines[-1]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    servers: list[Server] = []

    def started(seconds: float = 0.0) -> Server:
        servers.append(Server(tmp_path, seconds))
        return servers[-1]

    yield started
    for server in servers:
        if server.process.exitcode is None:
            server.stop(signal.SIGKILL)


def test_the_door_opens_without_loading_what_few_calls_need() -> None:
    script = f"import sys, matcher.web.serve; print({OF_FEW_CALLS} & set(sys.modules))"
    answer = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "set()"


def test_a_proposal_is_submitted_and_its_matches_are_read(start: Start) -> None:
    server = start(0.0)
    with httpx.Client(base_url=server.address) as client:
        created = client.post("/v1/proposals", files={"file": ("plan.md", PROPOSAL.encode())})
        assert created.status_code == 201
        answer = client.get(created.json()["matches_url"], params={"as_of": AS_OF}).json()
        assert [match["opportunity_id"] for match in answer["matches"]] == ["youth-build", "river-care"]
    assert server.stop() == 0
    logged = [line for line in server.lines if line["message"] == "request answered"]
    assert [(line["method"], line["status"]) for line in logged] == [("POST", 201), ("GET", 200)]
    assert "carpentry" not in json.dumps(server.lines)


def test_too_much_is_refused_at_the_headers_or_cut_off_at_the_limit_and_the_service_goes_on(start: Start) -> None:
    server = start(0.0)
    host, _, port = server.address.removeprefix("http://").rpartition(":")
    with socket.create_connection((host, int(port)), timeout=60) as connection:
        connection.sendall(
            b"POST /v1/proposals HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: 100000000\r\n\r\n"
        )
        answer = b"".join(iter(lambda: connection.recv(65536), b""))
    head, _, body = answer.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 413")
    assert b"application/problem+json" in head
    assert json.loads(body)["status"] == 413
    large = httpx.post(f"{server.address}/v1/matches", files={"file": ("long.txt", b"trees " * 4_000_000)})
    assert large.status_code == 413
    assert "20 MiB" in large.json()["detail"]
    long = httpx.get(f"{server.address}/readyz", headers={"X-Long": "a" * len(MEGABYTE)})
    assert (long.status_code, long.json()["status"]) == (431, 431)
    assert sent_of_a_gigabyte_of_spaces(host, int(port)) < GIGABYTE / 4
    assert httpx.get(f"{server.address}/readyz").status_code == 200


def sent_of_a_gigabyte_of_spaces(host: str, port: int) -> int:
    """Send spaces without telling how many, until they are answered or nobody takes them; return how many bytes."""
    sent = 0
    with socket.create_connection((host, port), timeout=120) as connection:
        kind = b"Content-Type: text/plain\r\nTransfer-Encoding: chunked"
        connection.sendall(b"POST /v1/proposals HTTP/1.1\r\nHost: localhost\r\n%s\r\n\r\n" % kind)
        with contextlib.suppress(ConnectionError):
            while sent < GIGABYTE and not select.select([connection], [], [], 0)[0]:
                connection.sendall(b"%x\r\n%s\r\n" % (len(MEGABYTE), MEGABYTE))
                sent += len(MEGABYTE)
    return sent


def test_a_request_that_trickles_in_is_refused_in_time_and_the_service_goes_on(start: Start) -> None:
    server = start(0.0)
    host, _, port = server.address.removeprefix("http://").rpartition(":")
    with socket.create_connection((host, int(port)), timeout=60) as connection:
        connection.sendall(b"POST /v1/matches HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n")
        connection.settimeout(0.2)
        answer = b""
        for _ in range(30):
            connection.sendall(b"a")
            with contextlib.suppress(TimeoutError):
                answer += connection.recv(65536)
                break
        connection.settimeout(10)
        answer += b"".join(iter(lambda: connection.recv(65536), b""))
    assert answer.startswith((b"HTTP/1.0 408", b"HTTP/1.1 408"))
    assert json.loads(answer.partition(b"\r\n\r\n")[2])["status"] == 408
    assert httpx.get(f"{server.address}/healthz").status_code == 200


def test_a_call_that_a_proxy_passed_on_does_not_count_as_made_on_this_machine(start: Start) -> None:
    server = start(0.0)
    assert httpx.get(f"{server.address}/v1/proposals").status_code == 200
    passed_on = httpx.get(f"{server.address}/v1/proposals", headers={"X-Forwarded-For": "192.0.2.7"})
    assert passed_on.status_code == 401


def test_what_is_no_http_is_refused_with_a_problem(start: Start) -> None:
    server = start(0.0)
    host, _, port = server.address.removeprefix("http://").rpartition(":")
    with socket.create_connection((host, int(port)), timeout=60) as connection:
        connection.sendall(b"POST /v1/matches HTTP/1.1\r\nContent-Length: many\r\n\r\n")
        answer = b"".join(iter(lambda: connection.recv(65536), b""))
    assert answer.startswith((b"HTTP/1.0 400", b"HTTP/1.1 400"))
    assert json.loads(answer.partition(b"\r\n\r\n")[2])["title"] == "Bad Request"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_stop_lets_a_running_request_finish_and_takes_no_new_ones(start: Start, number: int) -> None:
    server = start(0.5)
    answers: list[httpx.Response] = []

    def submit() -> None:
        answers.append(httpx.post(f"{server.address}/v1/matches", content=PROPOSAL, headers=TEXT, timeout=120))

    sender = threading.Thread(target=submit)
    sender.start()
    threading.Event().wait(0.5)
    assert server.stop(number) == 0
    sender.join(timeout=120)
    assert [answer.status_code for answer in answers] == [200]
    assert server.lines[-1]["message"] == "stopped"
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{server.address}/healthz")
