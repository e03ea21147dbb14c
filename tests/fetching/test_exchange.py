from pathlib import Path

import pytest

from matcher.fetching.errors import FetchRefused
from matcher.fetching.exchange import MOST_REDIRECTS
from matcher.fetching.fetcher import Fetcher
from matcher.fetching.request import Request

from .http_server import Server, response, serving

BODY = b"text"


@pytest.fixture
def into(tmp_path: Path) -> Path:
    return tmp_path / "text"


def to(location: str, status: int = 302) -> bytes:
    return response(b"see there", status, location=location)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_followed_and_the_address_reached_is_told(
    server: Server, fetcher: Fetcher, into: Path, status: int
) -> None:
    last = server.on("/c/d", response(BODY))
    server.on("/b", to("c/d", status))
    assert fetcher.fetch(server.on("/a", to("/b", status)), into).address == last
    assert into.read_bytes() == BODY


def test_as_many_redirects_as_allowed_are_followed_and_no_more(server: Server, fetcher: Fetcher, into: Path) -> None:
    for step in range(MOST_REDIRECTS + 1):
        server.on(f"/{step}", to(f"/{step + 1}"))
    server.on(f"/{MOST_REDIRECTS + 1}", response(BODY))
    fetcher.fetch(server.address("/1"), into)
    with pytest.raises(FetchRefused, match=r"/0: redirects for the 6th time"):
        fetcher.fetch(server.address("/0"), into)


@pytest.mark.parametrize("back", ["/a", "/b", "/a#again"])
def test_a_circle_of_redirects_is_noticed(server: Server, fetcher: Fetcher, into: Path, back: str) -> None:
    server.on("/b", to(back))
    with pytest.raises(FetchRefused, match="redirects in a circle"):
        fetcher.fetch(server.on("/a", to("/b")), into)
    assert len(server.seen) == 2


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("http://169.254.169.254/latest/meta-data/", r"169\.254\.169\.254.* no address of the public internet"),
        ("http://[::ffff:10.0.0.1]/", "no address of the public internet"),
        ("http://0x7f000001/", "not taken"),
        ("file:///etc/passwd", "only http and https"),
        ("http://user:s3cret@127.0.0.1/", "user name or password"),
        ("http://[::1", "redirects to what is no address"),
    ],
)
def test_no_redirect_leads_to_where_an_address_may_not(
    server: Server, fetcher: Fetcher, into: Path, location: str, reason: str
) -> None:
    with pytest.raises(FetchRefused, match=reason):
        fetcher.fetch(server.on("/a", to(location)), into)
    assert len(server.seen) == 1
    assert not into.exists()


def test_a_redirect_without_a_target_is_refused(server: Server, fetcher: Fetcher, into: Path) -> None:
    with pytest.raises(FetchRefused, match=r"redirects \(302\) without saying where"):
        fetcher.fetch(server.on("/a", response(b"", 302)), into)


def test_credentials_stay_with_the_origin_that_they_are_for(server: Server, fetcher: Fetcher, into: Path) -> None:
    with serving() as other:
        server.on("/b", to(other.on("/c", response(BODY))))
        request = Request(server.on("/a", to("/b")), credentials={"X-API-Key": "s3cret"})
        fetcher.retrieve(request, into)
        assert [seen.headers.get("x-api-key") for seen in server.seen] == ["s3cret", "s3cret"]
        assert "x-api-key" not in other.seen[0].headers


def test_a_post_follows_only_redirects_that_keep_it_a_post(server: Server, fetcher: Fetcher, into: Path) -> None:
    server.on("/new", response(BODY))
    fetcher.retrieve(Request(server.on("/a", to("/new", 308)), "POST", body=b"{}"), into)
    assert [(seen.method, seen.body) for seen in server.seen] == [("POST", b"{}")] * 2
    with pytest.raises(FetchRefused, match=r"has moved to http://.*/new; use that address"):
        fetcher.retrieve(Request(server.on("/b", to("/new", 302)), "POST", body=b"{}"), into)


def test_a_redirect_in_raw_utf8_is_followed(server: Server, fetcher: Fetcher, into: Path) -> None:
    server.on("/f%C3%B6rderung", response(BODY))
    fetcher.fetch(server.on("/a", to("/förderung".encode().decode("latin-1"))), into)
    assert into.read_bytes() == BODY
