"""One request and its answer: redirects followed by hand, every failure explained."""

import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from http import HTTPStatus

import httpcore2

from matcher.fetching.address import Address, parsed
from matcher.fetching.connection import CheckedBackend, Deadline, Resolver
from matcher.fetching.errors import FetchDeferred, FetchRefused
from matcher.fetching.networks import NetworkPolicy
from matcher.fetching.politeness import Politeness
from matcher.fetching.request import Request

MOST_REDIRECTS = 5
_METHOD_KEPT = (HTTPStatus.TEMPORARY_REDIRECT, HTTPStatus.PERMANENT_REDIRECT)
_REDIRECTS = (HTTPStatus.MOVED_PERMANENTLY, HTTPStatus.FOUND, HTTPStatus.SEE_OTHER, *_METHOD_KEPT)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back from `address`; names of `headers` are lower-case, `chunks` is the body as it travels."""

    address: Address
    status: int
    headers: Mapping[str, str]
    chunks: Iterator[bytes]


class Exchange:
    """Sends requests on connections that the policy permits."""

    def __init__(
        self,
        *,
        policy: NetworkPolicy,
        resolve: Resolver,
        ssl_context: ssl.SSLContext,
        politeness: Politeness,
        stall_seconds: float,
        user_agent: str,
    ) -> None:
        self._policy = policy
        self._resolve = resolve
        self._ssl_context = ssl_context
        self._politeness = politeness
        self._timeouts = dict.fromkeys(("connect", "read", "write"), stall_seconds)
        self._user_agent = user_agent

    @contextmanager
    def answered(self, request: Request, deadline: Deadline) -> Iterator[Answer]:
        """Yield the answer that all redirects lead to; its body can be read until the block ends.

        Raises:
            FetchRefused: An address on the way may not be fetched, or the redirects lead nowhere.
            FetchDeferred: The server was not reached, broke off or fell silent, also while the body is read.
        """
        address = parsed(request.address)
        visited = [address]
        while True:
            with self._sent(request, address, deadline) as answer:
                if answer.status not in _REDIRECTS:
                    yield answer
                    return
            address = _followed(answer, request, visited)
            if address.origin != answer.address.origin:
                request = replace(request, credentials={})
            visited.append(address)

    @contextmanager
    def _sent(self, request: Request, address: Address, deadline: Deadline) -> Iterator[Answer]:
        self._politeness.wait_turn(address.host)
        backend = CheckedBackend(self._policy, self._resolve, deadline)
        url = httpcore2.URL(
            scheme=address.scheme.encode(),
            host=address.host.encode(),
            port=address.port,
            target=address.target.encode(),
        )
        connection = httpcore2.HTTPConnection(url.origin, ssl_context=self._ssl_context, network_backend=backend)
        fields = {
            "Host": address.authority,
            "User-Agent": self._user_agent,
            "Accept": "*/*",
            "Connection": "close",
            **request.headers,
            **request.credentials,
        }
        with (
            _explained(address, deadline),
            connection,
            connection.stream(
                request.method,
                url,
                headers=[(name.encode("latin-1"), value.encode("latin-1")) for name, value in fields.items()],
                content=request.body or None,
                extensions={"timeout": self._timeouts},
            ) as response,
        ):
            headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers}
            yield Answer(address, response.status, headers, response.iter_stream())


def _followed(answer: Answer, request: Request, visited: list[Address]) -> Address:
    """Return where a redirect leads.

    Raises:
        FetchRefused: Nowhere, in a circle, too far, from https to http, or to where a POST does not go.
    """
    here = answer.address.shown
    location = answer.headers.get("location")
    if not location:
        raise FetchRefused(f"redirects ({answer.status}) without saying where", source=here)
    target = answer.address.joined(location.encode("latin-1").decode("utf-8", "replace"))
    if answer.address.scheme == "https" and target.scheme == "http":
        raise FetchRefused(f"redirects to {target.shown}, which is not encrypted", source=here)
    if target in visited:
        raise FetchRefused(f"redirects in a circle, back to {target.shown}", source=here)
    if len(visited) > MOST_REDIRECTS:
        raise FetchRefused(f"redirects for the {len(visited)}th time, to {target.shown}", source=visited[0].shown)
    if request.method == "POST" and answer.status not in _METHOD_KEPT:
        raise FetchRefused(f"has moved to {target.shown}; use that address", source=here)
    return target


@contextmanager
def _explained(address: Address, deadline: Deadline) -> Iterator[None]:
    """Turn what the HTTP library raises into errors that say what to do next."""
    try:
        yield
    except httpcore2.TimeoutException as error:
        is_over = deadline.seconds_left <= 0
        how = f"was not done within {deadline.seconds:g} seconds" if is_over else "fell silent"
        raise FetchDeferred(f"{address.shown}: the server {how}") from error
    except httpcore2.ConnectError as error:
        if isinstance(error.__cause__, ssl.SSLCertVerificationError):
            reason = f"the certificate is not valid for it ({error.__cause__.verify_message})"
            raise FetchRefused(reason, source=address.shown) from error
        raise FetchDeferred(f"{address.shown}: the server cannot be reached ({error})") from error
    except (httpcore2.LocalProtocolError, UnicodeEncodeError) as error:
        reason = "a field of the request cannot be sent as it is; is a key or the contact mistyped?"
        raise FetchRefused(reason, source=address.shown) from error
    except (httpcore2.NetworkError, httpcore2.ProtocolError) as error:
        raise FetchDeferred(f"{address.shown}: the server broke off or garbled its answer ({error})") from error
