"""Addresses as they may be fetched: http or https, one spelling for each host, and nothing hidden in them."""

import re
from dataclasses import dataclass
from ipaddress import AddressValueError, IPv4Address, IPv6Address
from urllib.parse import quote, urljoin, urlsplit

from matcher.fetching.errors import FetchRefused

_DEFAULT_PORTS = {"http": 80, "https": 443}
_UNWRITTEN = re.compile(r"[\x00-\x20\x7f-\xa0\\]")
_NAME = re.compile(
    r"(?=.{1,253}$)[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?)*"
)
_NUMBER_LAST = re.compile(r"(?:.*\.)?(?:\d+|0x[0-9a-f]*)")
"""A host whose last label is a number is read as an IPv4 address by every resolver (WHATWG URL, 3.5)."""
_PATH_SAFE = "/%:@!$&'()*+,;=~"
_QUERY_SAFE = _PATH_SAFE + "?"


@dataclass(frozen=True, slots=True)
class Address:
    """An address taken apart; `host` is a lower-case ASCII name or a bare IP address, `target` path and query."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def origin(self) -> tuple[str, str, int]:
        """Scheme, host and port: whom credentials may be shown to."""
        return self.scheme, self.host, self.port

    @property
    def authority(self) -> str:
        """The value of the Host field: the port stands there only where it is not the usual one."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _DEFAULT_PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def shown(self) -> str:
        """The address without its query, which may hold a key: for messages and logs."""
        return f"{self.scheme}://{self.authority}{self.target.partition('?')[0]}"

    def joined(self, reference: str) -> "Address":
        """Return the address that `reference`, absolute or relative to this one, points to.

        Raises:
            FetchRefused: It cannot be fetched.
        """
        try:
            written = urljoin(str(self), reference)
        except ValueError as error:
            raise FetchRefused(f"redirects to what is no address ({error})", source=self.shown) from error
        return parsed(written)

    def __str__(self) -> str:
        return f"{self.scheme}://{self.authority}{self.target}"


def parsed(written: str) -> Address:
    """Return `written` taken apart; a fragment is dropped.

    Raises:
        FetchRefused: It is no http or https address, carries a user name, or writes its host ambiguously.
    """
    shown = re.sub(r"//[^/?#]*@", "//…@", written.partition("?")[0])
    if _UNWRITTEN.search(written):
        raise FetchRefused(
            "an address has no spaces, control characters or backslashes; percent-encode them", source=shown
        )
    try:
        parts = urlsplit(written)
        port = parts.port
    except ValueError as error:
        raise FetchRefused(f"is no address ({error}); write it as https://host/path", source=shown) from error
    if parts.scheme not in _DEFAULT_PORTS:
        raise FetchRefused("only http and https addresses are fetched", source=shown)
    if "@" in parts.netloc:
        raise FetchRefused("an address must not carry a user name or password; give keys as settings", source=shown)
    query = f"?{quote(parts.query, safe=_QUERY_SAFE)}" if parts.query else ""
    target = (quote(parts.path, safe=_PATH_SAFE) or "/") + query
    return Address(parts.scheme, _host(parts.hostname or "", shown), port or _DEFAULT_PORTS[parts.scheme], target)


def _host(written: str, shown: str) -> str:
    """Return the one spelling of a host: resolvers read `0x7f.1`, `2130706433` and `127.0.0.1.` as the same machine."""
    try:
        if ":" in written:
            return _ip_v6(written)
        name = written.encode("idna").decode("ascii").lower().removesuffix(".")
        if _NUMBER_LAST.fullmatch(name):
            return str(IPv4Address(name))
    except (UnicodeError, AddressValueError) as error:
        raise FetchRefused(f"names its host in a way that is not taken: {error}", source=shown) from error
    if not _NAME.fullmatch(name):
        raise FetchRefused(f"'{name}' is no host name", source=shown)
    return name


def _ip_v6(written: str) -> str:
    address = IPv6Address(written)
    if address.scope_id is not None:
        raise AddressValueError(f"{written} names an interface of this machine")
    return str(address)
