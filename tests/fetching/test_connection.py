import ssl
from collections.abc import Callable, Sequence
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509

from matcher.fetching.connection import system_addresses
from matcher.fetching.errors import FetchDeferred, FetchRefused
from matcher.fetching.fetcher import Fetcher
from matcher.fetching.limits import Clock
from matcher.fetching.networks import IPAddress
from tests.certificates import write_certificate

from .conftest import LOOPBACK, NOBODY, QUICK
from .http_server import Server, response, serving

NAME = "grants.example"


@pytest.fixture
def into(tmp_path: Path) -> Path:
    return tmp_path / "text"


class Names:
    """Resolves one name; each look-up gives the next answer, the last one stays."""

    def __init__(self, *answers: str) -> None:
        self.answers = [[ip_address(address) for address in answer.split()] for answer in answers]
        self.asked: list[str] = []

    def __call__(self, host: str, port: int) -> Sequence[IPAddress]:
        self.asked.append(host)
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


def fetcher_for(names: Callable[[str, int], Sequence[IPAddress]], trusted: ssl.SSLContext | None = NOBODY) -> Fetcher:
    return Fetcher(
        QUICK, allowed_networks=LOOPBACK, resolve=names, ssl_context=trusted, clock=Clock(sleep=lambda seconds: None)
    )


def test_a_name_that_leads_inside_is_refused(server: Server, into: Path) -> None:
    with pytest.raises(FetchRefused, match=r"grants\.example: leads to 10\.0\.0\.7, .*allow its network"):
        fetcher_for(Names("10.0.0.7")).fetch(f"http://{NAME}:{server.port}/", into)


def test_one_bad_address_among_good_ones_is_enough(server: Server, into: Path) -> None:
    with pytest.raises(FetchRefused, match=r"leads to 192\.168\.0\.1"):
        fetcher_for(Names("127.0.0.1 192.168.0.1")).fetch(f"http://{NAME}:{server.port}/", into)
    assert server.seen == []


def test_a_name_is_looked_up_once_and_the_connection_goes_where_that_said(server: Server, into: Path) -> None:
    server.on("/", response(b"text"))
    names = Names("127.0.0.1", "10.0.0.7")
    fetcher_for(names).fetch(f"http://{NAME}:{server.port}/", into)
    assert names.asked == [NAME]
    assert server.seen[0].headers["host"] == f"{NAME}:{server.port}"


def test_a_name_that_changes_its_mind_is_checked_again_with_each_connection(server: Server, into: Path) -> None:
    server.on("/", response(b"", 500))
    with pytest.raises(FetchRefused, match=r"leads to 10\.0\.0\.7"):
        fetcher_for(Names("127.0.0.1", "10.0.0.7")).fetch(f"http://{NAME}:{server.port}/", into)
    assert len(server.seen) == 1


def test_the_next_address_is_tried_where_one_does_not_answer(server: Server, into: Path) -> None:
    server.on("/", response(b"text"))
    fetcher_for(Names("::1 127.0.0.1")).fetch(f"http://{NAME}:{server.port}/", into)
    assert into.read_bytes() == b"text"


def test_a_name_that_cannot_be_resolved_is_left_for_later(into: Path) -> None:
    def nothing(host: str, port: int) -> Sequence[IPAddress]:
        raise OSError("no such name")

    with pytest.raises(FetchDeferred, match=r"the name cannot be resolved \(no such name\)"):
        fetcher_for(nothing).fetch(f"http://{NAME}/", into)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]"])
def test_this_machine_is_refused_unless_it_is_allowed(server: Server, into: Path, host: str) -> None:
    with pytest.raises(FetchRefused, match="no address of the public internet"):
        Fetcher(QUICK, ssl_context=NOBODY).fetch(f"http://{host}:{server.port}/", into)
    assert server.seen == []


def test_the_resolver_of_this_machine_knows_this_machine() -> None:
    assert ip_address("127.0.0.1") in system_addresses("localhost", 80)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write key and certificate of `grants.example` into one file."""
    return write_certificate(tmp_path_factory.mktemp("certificate") / "server.pem", x509.DNSName(NAME))


@pytest.fixture
def server_side(certificate: Path) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    return context


@pytest.fixture
def trusted(certificate: Path) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(certificate))


def test_tls_asks_for_the_name_and_checks_it_though_the_connection_goes_to_an_address(
    server_side: ssl.SSLContext, trusted: ssl.SSLContext, into: Path
) -> None:
    asked: list[str | None] = []
    server_side.sni_callback = lambda sock, name, context: asked.append(name)
    with serving(server_side) as server:
        server.on("/", response(b"text"))
        fetcher_for(Names("127.0.0.1"), trusted).fetch(f"https://{NAME}:{server.port}/", into)
    assert asked == [NAME]
    assert into.read_bytes() == b"text"


def test_a_certificate_of_another_name_is_refused_at_once(
    server_side: ssl.SSLContext, trusted: ssl.SSLContext, into: Path
) -> None:
    names = Names("127.0.0.1")
    with serving(server_side) as server, pytest.raises(FetchRefused, match=r"not valid for it \(Hostname mismatch"):
        fetcher_for(names, trusted).fetch(f"https://other.example:{server.port}/", into)
    assert names.asked == ["other.example"]


def test_a_certificate_that_nobody_vouches_for_is_refused(server_side: ssl.SSLContext, into: Path) -> None:
    with serving(server_side) as server, pytest.raises(FetchRefused, match=r"not valid for it .*self-signed"):
        fetcher_for(Names("127.0.0.1"), trusted=None).fetch(f"https://{NAME}:{server.port}/", into)


def test_no_redirect_leads_from_https_to_http(
    server: Server, server_side: ssl.SSLContext, trusted: ssl.SSLContext, into: Path
) -> None:
    with serving(server_side) as secure:
        secure.on("/", response(b"", 301, location=server.on("/", response(b"text"))))
        with pytest.raises(FetchRefused, match="which is not encrypted"):
            fetcher_for(Names("127.0.0.1"), trusted).fetch(f"https://{NAME}:{secure.port}/", into)
    assert server.seen == []
