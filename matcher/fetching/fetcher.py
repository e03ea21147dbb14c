"""Fetches a source into a file: only if it changed, only within limits, again where that helps."""

import random
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from http import HTTPStatus
from pathlib import Path

from matcher import __version__
from matcher.fetching import content, decoding
from matcher.fetching.connection import Deadline, Resolver, system_addresses
from matcher.fetching.content import Content
from matcher.fetching.errors import FetchDeferred, FetchRefused
from matcher.fetching.exchange import Answer, Exchange
from matcher.fetching.limits import Clock, Limits
from matcher.fetching.networks import IPNetwork, NetworkPolicy
from matcher.fetching.part_file import PartFile
from matcher.fetching.politeness import Politeness
from matcher.fetching.request import Request
from matcher.fetching.retries import Retries, retry_after

_LATER = (HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_MANY_REQUESTS)
_HAS_BODY = (HTTPStatus.OK, HTTPStatus.PARTIAL_CONTENT)


class FetchStatus(StrEnum):
    """What a fetch found."""

    NEW = "new"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class FetchState:
    """What a source said of its version, to ask next time whether there is a newer one (RFC 9110, 13.1)."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Fetched:
    """The file at `path` and its size in bytes, the state to pass next time, and the address finally reached."""

    status: FetchStatus
    path: Path
    state: FetchState
    size: int
    address: str


class Fetcher:
    """Fetches over HTTP from the public internet; may be shared by threads that fetch into different files.

    Every request has a connection of its own, so that each goes to an address that was checked for it. Proxies of the
    environment are not used: behind one, no address could be checked.

    Args:
        limits: What one fetch may take.
        allowed_networks: Networks outside the public internet that may be reached too.
        contact: How to reach the operator, for the User-Agent: an address of a page or a mailbox.
        resolve: Where names are looked up.
        ssl_context: Whom to trust; by default whom this machine trusts.
        clock: The time.
        jitter: A number between its two arguments, to spread repeated attempts.
    """

    def __init__(
        self,
        limits: Limits | None = None,
        *,
        allowed_networks: tuple[IPNetwork, ...] = (),
        contact: str = "",
        resolve: Resolver = system_addresses,
        ssl_context: ssl.SSLContext | None = None,
        clock: Clock | None = None,
        jitter: Callable[[float, float], float] = random.uniform,
    ) -> None:
        self.limits = limits or Limits()
        self._clock = clock or Clock()
        self._retries = Retries(self.limits, self._clock, jitter)
        self._exchange = Exchange(
            policy=NetworkPolicy(allowed_networks),
            resolve=resolve,
            ssl_context=ssl_context or ssl.create_default_context(),
            politeness=Politeness(self.limits.seconds_between_requests, self._clock),
            stall_seconds=self.limits.stall_seconds,
            user_agent=f"matcher/{__version__}" + (f" ({contact})" if contact else ""),
        )

    def fetch(
        self, address: str, into: Path, state: FetchState | None = None, *, expected: Content | None = None
    ) -> Fetched:
        """Bring the file at `into` up to date with `address`; it appears whole or not at all.

        `state` is what the last fetch into this file returned; it counts only while the file is there.

        Raises:
            FetchRefused: The address may not be fetched, is permanently wrong, or sends what was not `expected`.
            FetchDeferred: The source cannot be had now; what has arrived is kept for the next call.
        """
        return self.retrieve(Request(address), into, state, expected=expected)

    def retrieve(
        self, request: Request, into: Path, state: FetchState | None = None, *, expected: Content | None = None
    ) -> Fetched:
        """Do what `fetch` does for any request; a POST must be one that may be repeated.

        Raises:
            FetchRefused: As `fetch`.
            FetchDeferred: As `fetch`.
        """
        deadline = Deadline(self._clock, self.limits.total_seconds)
        try:
            into.parent.mkdir(parents=True, exist_ok=True)
            return self._retries.run(lambda: self._attempt(request, into, state, expected, deadline), deadline)
        except OSError as error:
            reason = f"{into}: the file cannot be written ({error.strerror}); make room or make the folder writable"
            raise FetchDeferred(reason) from error

    def _attempt(
        self, request: Request, into: Path, state: FetchState | None, expected: Content | None, deadline: Deadline
    ) -> Fetched:
        known = state if state is not None and into.exists() else None
        part = PartFile(into)
        headers = {**request.headers, "Accept-Encoding": decoding.ACCEPTED, **_conditions(known)}
        if request.method == "GET":
            headers |= part.range_headers(request.address)
        with self._exchange.answered(replace(request, headers=headers), deadline) as answer:
            if known is not None and answer.status == HTTPStatus.NOT_MODIFIED:
                part.discard()
                return _fetched(FetchStatus.UNCHANGED, into, _merged(known, answer.headers), answer)
            if answer.status == HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
                part.discard()
                raise FetchDeferred(f"{answer.address.shown}: the rest of the file is not there; it is fetched anew")
            self._check_status(answer)
            part.receive(answer, request.address, self.limits.most_bytes)
        self._finish(part, into, answer, expected)
        return _fetched(FetchStatus.NEW, into, _merged(FetchState(), answer.headers), answer)

    def _check_status(self, answer: Answer) -> None:
        if answer.status in _HAS_BODY:
            return
        reason = f"the server answered {_described(answer.status)}"
        if answer.status in _LATER or answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            again_at = retry_after(answer.headers.get("retry-after"), self._clock.now())
            asked = "" if again_at is None else f" and asks to be tried again at {again_at:%Y-%m-%d %H:%M:%S} UTC"
            raise FetchDeferred(f"{answer.address.shown}: {reason}{asked}", again_at=again_at)
        raise FetchRefused(f"{reason}; check the address", source=answer.address.shown)

    def _finish(self, part: PartFile, into: Path, answer: Answer, expected: Content | None) -> None:
        """Put the content of the whole `part` at `into`; the part is used up, whatever comes of it."""
        decoded = into.with_name(f"{into.name}.decoded")
        encoding = answer.headers.get("content-encoding", "")
        try:
            decoding.decode(part.path, encoding, decoded, self.limits.most_decoded_bytes, answer.address.shown)
            if expected is not None:
                with decoded.open("rb") as file:
                    content.check(file.read(content.HEAD_BYTES), expected, answer.address.shown)
            decoded.replace(into)
        finally:
            decoded.unlink(missing_ok=True)
            part.discard()


def _conditions(known: FetchState | None) -> dict[str, str]:
    if known is None:
        return {}
    fields = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
    return {name: value for name, value in fields.items() if value is not None}


def _merged(known: FetchState, headers: Mapping[str, str]) -> FetchState:
    return FetchState(headers.get("etag", known.etag), headers.get("last-modified", known.last_modified))


def _fetched(status: FetchStatus, into: Path, state: FetchState, answer: Answer) -> Fetched:
    return Fetched(status, into, state, into.stat().st_size, str(answer.address))


def _described(status: int) -> str:
    try:
        return f"{status} ({HTTPStatus(status).phrase})"
    except ValueError:
        return str(status)
