"""Connections that go to a checked address only, and that end when the time is up.

A name is resolved once, every address that it has is checked, and the connection goes to one of exactly these: there is
no second look-up that could answer differently (DNS rebinding). TLS keeps the name, for SNI and for the certificate.
"""

import socket
import ssl
from collections.abc import Callable, Iterable, Sequence
from ipaddress import ip_address
from typing import Any

import httpcore2

from matcher.fetching.errors import FetchRefused
from matcher.fetching.limits import Clock
from matcher.fetching.networks import IPAddress, NetworkPolicy

Resolver = Callable[[str, int], Sequence[IPAddress]]
"""Gives the addresses of a host name and port, best first; raises `OSError` where it has none."""


def system_addresses(host: str, port: int) -> Sequence[IPAddress]:
    """Return what this machine's resolver says."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(ip_address(str(entry[4][0]).partition("%")[0]) for entry in found))


class Deadline:
    """The moment, `seconds` from now, at which a fetch ends, whatever it is doing."""

    def __init__(self, clock: Clock, seconds: float) -> None:
        self.seconds = seconds
        self._clock = clock
        self._end = clock.monotonic() + seconds

    @property
    def seconds_left(self) -> float:
        """Seconds until the end; negative once it has passed."""
        return self._end - self._clock.monotonic()

    def bounded(self, timeout: float | None, error: type[httpcore2.TimeoutException]) -> float:
        """Return `timeout`, or what is left where that is less; raise `error` where nothing is."""
        left = self.seconds_left
        if left <= 0:
            raise error("the time is up")
        return left if timeout is None else min(timeout, left)


class CheckedBackend(httpcore2.NetworkBackend):
    """Opens TCP connections to permitted addresses, for one fetch that ends at `deadline`."""

    def __init__(self, policy: NetworkPolicy, resolve: Resolver, deadline: Deadline) -> None:
        self._policy = policy
        self._resolve = resolve
        self._deadline = deadline
        self._sockets = httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.NetworkStream:
        """Return a stream to the first address of `host` that answers.

        Raises:
            FetchRefused: One of its addresses may not be reached.
            httpcore2.ConnectError: It has no address, or none answers.
        """
        failure: Exception = httpcore2.ConnectError("the name has no address")
        for address in self._checked(host, port):
            limit = self._deadline.bounded(timeout, httpcore2.ConnectTimeout)
            try:
                stream = self._sockets.connect_tcp(str(address), port, limit, local_address, socket_options)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                failure = error
            else:
                return _BoundedStream(stream, self._deadline)
        raise failure

    def _checked(self, host: str, port: int) -> Sequence[IPAddress]:
        addresses = self._addresses(host, port)
        for address in addresses:
            if not self._policy.permits(address):
                raise FetchRefused(
                    f"leads to {address}, which is no address of the public internet; "
                    "if that is meant, allow its network",
                    source=host,
                )
        return addresses

    def _addresses(self, host: str, port: int) -> Sequence[IPAddress]:
        try:
            return [ip_address(host)]
        except ValueError:
            pass
        try:
            return self._resolve(host, port)
        except OSError as error:
            raise httpcore2.ConnectError(f"the name cannot be resolved ({error})") from error


class _BoundedStream(httpcore2.NetworkStream):
    """A stream whose every step ends with the deadline: a server that drips a byte at a time cannot hold it open."""

    def __init__(self, stream: httpcore2.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.bounded(timeout, httpcore2.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.bounded(timeout, httpcore2.WriteTimeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        limit = self._deadline.bounded(timeout, httpcore2.ConnectTimeout)
        return _BoundedStream(self._stream.start_tls(ssl_context, server_hostname, limit), self._deadline)

    def get_extra_info(self, info: str) -> Any:  # noqa: ANN401 - the signature is httpcore2's
        return self._stream.get_extra_info(info)
