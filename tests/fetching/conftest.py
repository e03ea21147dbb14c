import ssl
from collections.abc import Callable, Iterator
from dataclasses import replace
from ipaddress import ip_network

import pytest

from matcher.fetching.fetcher import Fetcher
from matcher.fetching.limits import Clock, Limits

from .http_server import Server, serving

LOOPBACK = (ip_network("127.0.0.0/8"), ip_network("::1"))
QUICK = Limits(total_seconds=20, stall_seconds=5, seconds_between_requests=0)
NOBODY = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""Trusts no one, and so is made at once."""
FetcherWith = Callable[..., Fetcher]


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as running:
        yield running


@pytest.fixture
def waits() -> list[float]:
    """The pauses that were asked for; none was made."""
    return []


@pytest.fixture
def fetcher_with(waits: list[float]) -> FetcherWith:
    """A fetcher that may reach loopback and does not really wait; `bounds` are fields of its limits."""

    def build(**bounds: float) -> Fetcher:
        clock = Clock(sleep=waits.append)
        return Fetcher(
            replace(QUICK, **bounds),
            allowed_networks=LOOPBACK,
            ssl_context=NOBODY,
            clock=clock,
            jitter=lambda low, high: high,
        )

    return build


@pytest.fixture
def fetcher(fetcher_with: FetcherWith) -> Fetcher:
    return fetcher_with()
