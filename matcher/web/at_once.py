"""Kept reads are answered in the loop of waitress itself; only what takes time wakes a thread.

A thread that is woken on another core waits for the interpreter lock, and then lets the loop wait for it: together many
times what the answer costs (docs/decisions/0009-kept-reads-in-the-loop.md).
"""

from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol

from waitress.parser import HTTPRequestParser
from waitress.task import WSGITask

from matcher.web.calls.front import GivenAgain

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

GiveAgain = Callable[["WSGIEnvironment"], GivenAgain | None]
"""Answers a request from memory, or says that it cannot."""


class Channel(Protocol):
    """What is needed of a connection of waitress."""

    requests: list[Any]
    total_outbufs_len: int

    def service(self) -> None:
        """Answer the first of the requests that have arrived."""

    def handle_error(self) -> None:
        """Log the exception that is being handled, and close the connection."""


class Threads(Protocol):
    """What is needed of the dispatcher of waitress."""

    def add_task(self, task: Channel) -> None:
        """Let a thread serve a connection whose next request has arrived."""


class KeepingRequest(HTTPRequestParser):  # type: ignore[misc]  # waitress carries no types
    """A request that may carry the answer that it was given already."""

    given: GivenAgain | None = None


class GivingTask(WSGITask):  # type: ignore[misc]  # waitress carries no types
    """Writes the answer that a request carries; only without one, the application is asked."""

    def execute(self) -> None:
        """Write the answer, from memory as one piece."""
        given = self.request.given
        if given is None:
            super().execute()
            return
        self.status, self.response_headers = given.status, list(given.headers)
        self.content_length, self.complete = len(given.body), True
        head = self.build_response_header()
        self.wrote_header = True
        self.channel.write_soon(head + given.body if self.has_body else head)


class AtOnce:
    """Stands where the dispatcher of waitress stood: answers what is kept in the loop, and leaves the rest to threads.

    Args:
        give_again: Answers from memory; it is called in the loop, so it must wait for nothing.
        threads: The dispatcher of waitress.
    """

    def __init__(self, give_again: GiveAgain, threads: Threads) -> None:
        self._give_again = give_again
        self._threads = threads
        self._arrived: deque[Channel] = deque()

    def add_task(self, channel: Channel) -> None:
        """Remember a connection whose next request has arrived; called from the loop, and from threads that wake it."""
        self._arrived.append(channel)

    def share_out(self) -> None:
        """Answer at most one request of each connection that was remembered, or give it to a thread.

        It is called in the loop, and between two calls the loop attends to every connection: one that sends many
        requests at once keeps nobody waiting.
        """
        for _ in range(len(self._arrived)):
            channel = self._arrived.popleft()
            try:
                self._share_out(channel)
            except Exception:  # as the loop does elsewhere: one connection that fails must not end the service
                channel.handle_error()

    def _share_out(self, channel: Channel) -> None:
        if self._has_answer(channel):
            channel.service()
        else:
            self._threads.add_task(channel)

    def _has_answer(self, channel: Channel) -> bool:
        request = channel.requests[0]
        # behind an answer that the client has not taken yet, writing may have to wait, which only a thread can
        if request.error or request.command != "GET" or channel.total_outbufs_len:
            return False
        request.given = self._give_again(GivingTask(channel, request).get_environment())
        return request.given is not None
