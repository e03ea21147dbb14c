"""`matcher serve`: one process, a few threads, and a stop that lets running requests finish."""

import logging
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from time import monotonic
from types import FrameType

from flask import Flask
from waitress import wasyncore
from waitress.server import TcpWSGIServer, create_server
from waitress.task import ThreadedTaskDispatcher

from matcher.bootstrap import Context
from matcher.errors import InputRejected, Unrecoverable
from matcher.settings import Settings
from matcher.web.allocator import give_back, share_arenas
from matcher.web.app import create_app
from matcher.web.at_once import AtOnce
from matcher.web.calls.access import is_loopback
from matcher.web.calls.front import front_of
from matcher.web.house import house_of
from matcher.web.log_lines import log_to_standard_error
from matcher.web.rest.uploads import MAXIMUM_REQUEST_BYTES
from matcher.web.wire import ProblemChannel

_TICK_SECONDS = 0.5
_GIVE_BACK_SECONDS = 5.0
_CONNECTIONS = 1_000
"""As many clients may be connected; more wait to be let in. `select` would take 1,024 files in all, so we poll."""

_GRACE_SECONDS = 30.0
"""How long a stop waits for requests that are being answered; container engines kill after 10 to 30 seconds."""

_log = logging.getLogger(__name__)


def serve(context: Context, announce: Callable[[str], None] = lambda _: None) -> None:
    """Serve `context` until SIGTERM or SIGINT; then take no new connections, finish what runs, and return.

    `announce` is told each address that is listened on, once it is.

    One process holds the one model; threads share it, since numpy, torch and SQLite let go of the interpreter lock
    while they work.

    Raises:
        InputRejected: The address can be reached from elsewhere, and there is no key to tell who may ask.
        Unrecoverable: The address cannot be listened on.
    """
    _refuse_to_answer_everybody(context)
    share_arenas()
    log_to_standard_error(context.settings.log_level)
    connections: dict[int, wasyncore.dispatcher] = {}
    app = create_app(context)
    threads = _listen(app, context.settings, connections)
    at_once = AtOnce(front_of(app).give_again, threads)
    listeners = [entry for entry in connections.values() if isinstance(entry, TcpWSGIServer)]
    for listener in listeners:
        listener.channel_class = ProblemChannel
        if context.store.is_embedded:  # otherwise the loop would wait for a server to learn what is still true
            listener.task_dispatcher = at_once
        address = _address(listener.effective_host, listener.effective_port)
        _log.info("listening", extra={"address": address})
        announce(address)
    if context.settings.warm_up:
        house_of(app).warm_up.begin()
    turn = partial(_turn, connections, at_once)
    with _stop_signals() as stopping:
        looked_at = given_back_at = monotonic()
        while not stopping.is_set():
            turn()
            if monotonic() - looked_at >= _TICK_SECONDS:
                looked_at = monotonic()
                _refuse_slow_requests(listeners, context.settings.receive_seconds)
            if monotonic() - given_back_at >= _GIVE_BACK_SECONDS:
                given_back_at = monotonic()
                give_back()
    _finish(listeners, turn)
    threads.shutdown()
    wasyncore.close_all(connections)
    _log.info("stopped")


def _refuse_to_answer_everybody(context: Context) -> None:
    host = context.settings.host
    if not is_loopback(host) and context.store.keys.is_empty():
        raise InputRejected(
            "this address can be reached from other machines, and without a key everybody could read every proposal; "
            "make a key first (`matcher keys add local NAME`), or listen on 127.0.0.1",
            source=f"host {host}",
        )


def _listen(app: Flask, settings: Settings, connections: dict[int, wasyncore.dispatcher]) -> ThreadedTaskDispatcher:
    """Put a listening socket for each address of the host into `connections`; return what owns the threads."""
    try:
        server = create_server(
            app,
            map=connections,
            host=settings.host,
            port=settings.port,
            threads=settings.threads,
            max_request_body_size=MAXIMUM_REQUEST_BYTES,
            connection_limit=_CONNECTIONS,
            # kept, because they tell a call that was passed on from one that was made here; nothing else reads them
            clear_untrusted_proxy_headers=False,
            ident=None,
        )
    except (OSError, ValueError) as error:
        raise Unrecoverable(
            f"{_address(settings.host, settings.port)} cannot be listened on: {error}; choose another host or port"
        ) from error
    return server.task_dispatcher


def _address(host: str, port: int | str) -> str:
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


@contextmanager
def _stop_signals() -> Iterator[threading.Event]:
    """Yield an event that SIGTERM and SIGINT set."""
    stopping = threading.Event()

    def stop(_number: int, _frame: FrameType | None) -> None:
        stopping.set()

    earlier = {number: signal.signal(number, stop) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield stopping
    finally:
        for number, handler in earlier.items():
            signal.signal(number, handler)


def _turn(connections: dict[int, wasyncore.dispatcher], at_once: AtOnce) -> None:
    """Attend to every request that has arrived, and then to every connection on which something happens."""
    at_once.share_out()
    wasyncore.loop(_TICK_SECONDS, use_poll=True, map=connections, count=1)


def _finish(listeners: Sequence[TcpWSGIServer], turn: Callable[[], None]) -> None:
    """Take no more connections, and let running requests finish and their answers leave."""
    for listener in listeners:
        wasyncore.dispatcher.close(listener)
    deadline = monotonic() + _GRACE_SECONDS
    while any(map(_is_busy, listeners)) and monotonic() < deadline:
        turn()


def _refuse_slow_requests(listeners: Sequence[TcpWSGIServer], seconds: float) -> None:
    for listener in listeners:
        for channel in list(listener.active_channels.values()):
            channel.refuse_if_slow(seconds)


def _is_busy(listener: TcpWSGIServer) -> bool:
    """Whether a request is being answered or an answer is still on its way."""
    return any(channel.requests or channel.total_outbufs_len for channel in list(listener.active_channels.values()))
