import email.utils
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from matcher import __version__
from matcher.errors import InputRejected, RetryLater
from matcher.fetching.content import Content
from matcher.fetching.errors import FetchDeferred, FetchRefused
from matcher.fetching.fetcher import Fetcher, FetchState, FetchStatus
from matcher.fetching.request import Request

from .conftest import LOOPBACK, NOBODY, QUICK, FetcherWith
from .http_server import Pieces, Seen, Server, response, zipped

BODY = b'{"opportunities": []}'


@pytest.fixture
def into(tmp_path: Path) -> Path:
    return tmp_path / "sources" / "extract.json"


def leftovers(into: Path) -> list[str]:
    return sorted(path.name for path in into.parent.iterdir() if path != into)


def test_a_source_is_fetched_whole_with_what_it_says_of_its_version(
    server: Server, fetcher: Fetcher, into: Path
) -> None:
    address = server.on("/a", response(BODY, etag='"v1"', last_modified="Mon, 23 Nov 2026 08:00:00 GMT"))
    fetched = fetcher.fetch(address, into)
    assert into.read_bytes() == BODY
    assert (fetched.status, fetched.path, fetched.size, fetched.address) == (FetchStatus.NEW, into, len(BODY), address)
    assert fetched.state == FetchState('"v1"', "Mon, 23 Nov 2026 08:00:00 GMT")
    assert leftovers(into) == []


def test_the_request_names_the_software_its_version_and_its_operator(server: Server, into: Path) -> None:
    fetcher = Fetcher(QUICK, allowed_networks=LOOPBACK, ssl_context=NOBODY, contact="mailto:grants@example.org")
    fetcher.fetch(server.on("/a", response(BODY)), into)
    (seen,) = server.seen
    assert seen.headers["user-agent"] == f"matcher/{__version__} (mailto:grants@example.org)"
    assert seen.headers["host"] == f"127.0.0.1:{server.port}"


def test_an_unchanged_source_is_not_sent_again(server: Server, fetcher: Fetcher, into: Path) -> None:
    address = server.on("/a", response(BODY, etag='"v1"'), response(b"", 304))
    first = fetcher.fetch(address, into)
    second = fetcher.fetch(address, into, first.state)
    assert server.seen[1].headers["if-none-match"] == '"v1"'
    assert (second.status, second.state, second.size) == (FetchStatus.UNCHANGED, first.state, len(BODY))
    assert into.read_bytes() == BODY


def test_a_source_without_an_etag_is_asked_by_date(server: Server, fetcher: Fetcher, into: Path) -> None:
    date = "Mon, 23 Nov 2026 08:00:00 GMT"
    address = server.on("/a", response(BODY, last_modified=date), response(b"", 304))
    first = fetcher.fetch(address, into)
    assert fetcher.fetch(address, into, first.state).status is FetchStatus.UNCHANGED
    assert server.seen[1].headers["if-modified-since"] == date


def test_a_state_without_its_file_does_not_count(server: Server, fetcher: Fetcher, into: Path) -> None:
    address = server.on("/a", response(BODY))
    assert fetcher.fetch(address, into, FetchState('"v1"')).status is FetchStatus.NEW
    assert "if-none-match" not in server.seen[0].headers


def test_an_unchanged_that_nobody_asked_for_is_an_error(server: Server, fetcher: Fetcher, into: Path) -> None:
    with pytest.raises(FetchRefused, match=r"304 \(Not Modified\)"):
        fetcher.fetch(server.on("/a", response(b"", 304)), into)


def test_a_server_error_is_tried_again(server: Server, fetcher: Fetcher, into: Path, waits: list[float]) -> None:
    address = server.on("/a", response(b"oops", 500), response(b"oops", 502), response(BODY))
    assert fetcher.fetch(address, into).status is FetchStatus.NEW
    assert waits == [1, 2]


def test_a_server_error_that_lasts_is_left_for_later(server: Server, fetcher: Fetcher, into: Path) -> None:
    with pytest.raises(FetchDeferred, match=r"/a: the server answered 500 \(Internal Server Error\)") as raised:
        fetcher.fetch(server.on("/a", response(b"oops", 500)), into)
    assert isinstance(raised.value, RetryLater)
    assert raised.value.again_at is None
    assert len(server.seen) == QUICK.attempts
    assert not into.exists()


@pytest.mark.parametrize("status", [429, 503])
def test_a_busy_server_is_asked_again_when_it_says(
    server: Server, fetcher_with: FetcherWith, into: Path, waits: list[float], status: int
) -> None:
    address = server.on("/a", response(b"", status, retry_after="60"), response(BODY))
    fetcher_with(total_seconds=100).fetch(address, into)
    assert waits == [pytest.approx(60, abs=1)]


def test_a_busy_server_may_name_a_date(
    server: Server, fetcher_with: FetcherWith, into: Path, waits: list[float]
) -> None:
    date = email.utils.format_datetime(datetime.now(UTC) + timedelta(seconds=30), usegmt=True)
    fetcher_with(total_seconds=100).fetch(server.on("/a", response(b"", 429, retry_after=date), response(BODY)), into)
    assert waits == [pytest.approx(30, abs=3)]


def test_a_server_that_asks_for_an_hour_gets_it(
    server: Server, fetcher: Fetcher, into: Path, waits: list[float]
) -> None:
    with pytest.raises(
        FetchDeferred, match=r"429 \(Too Many Requests\) and asks to be tried again at .* UTC"
    ) as raised:
        fetcher.fetch(server.on("/a", response(b"", 429, retry_after="3600")), into)
    assert raised.value.again_at is not None
    assert raised.value.again_at - datetime.now(UTC) == pytest.approx(timedelta(hours=1), abs=timedelta(seconds=10))
    assert waits == []


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 204])
def test_what_is_permanently_wrong_is_not_asked_twice(
    server: Server, fetcher: Fetcher, into: Path, status: int
) -> None:
    with pytest.raises(FetchRefused, match=rf"/a: the server answered {status} ") as raised:
        fetcher.fetch(server.on("/a", response(b"", status)), into)
    assert isinstance(raised.value, InputRejected)
    assert len(server.seen) == 1


def test_a_server_that_garbles_its_answer_is_tried_again(server: Server, fetcher: Fetcher, into: Path) -> None:
    address = server.on("/a", b"SSH-2.0-OpenSSH\r\n\r\n", b"", response(BODY))
    assert fetcher.fetch(address, into).status is FetchStatus.NEW
    assert len(server.seen) == 3


def test_a_server_that_is_not_there_is_left_for_later(server: Server, fetcher_with: FetcherWith, into: Path) -> None:
    with pytest.raises(FetchDeferred, match=r"cannot be reached \(.*refused"):
        fetcher_with(attempts=1).fetch("http://127.0.0.1:1/a", into)


def test_slow_headers_are_given_up_after_the_stall_time(
    server: Server, fetcher_with: FetcherWith, into: Path, waits: list[float]
) -> None:
    def silent(request: Seen) -> Pieces:
        return [b"HTTP/1.1 200 OK\r\n", 5.0, b"\r\n"]

    with pytest.raises(FetchDeferred, match="the server fell silent"):
        fetcher_with(stall_seconds=0.2, attempts=2).fetch(server.on("/a", silent), into)
    assert len(server.seen) == 2
    assert waits == [1]


@pytest.mark.parametrize("head", [b"HTTP/1.1 200 OK\r\nX-Slow: ", b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n"])
def test_no_drip_of_bytes_outlasts_the_total_time(
    server: Server, fetcher_with: FetcherWith, into: Path, head: bytes
) -> None:
    def drip(request: Seen) -> Pieces:
        yield head
        while True:
            yield 0.05
            yield b"x"

    with pytest.raises(FetchDeferred, match=r"not done within 0\.5 seconds"):
        fetcher_with(total_seconds=0.5, stall_seconds=0.4).fetch(server.on("/a", drip), into)
    assert len(server.seen) == 1
    assert not into.exists()


def test_an_announced_size_beyond_the_limit_is_refused_unread(
    server: Server, fetcher_with: FetcherWith, into: Path
) -> None:
    with pytest.raises(FetchRefused, match="more than the 10 bytes"):
        fetcher_with(most_bytes=10).fetch(server.on("/a", response(BODY)), into)
    assert leftovers(into) == []


def test_a_size_that_was_not_announced_is_cut_off(server: Server, fetcher_with: FetcherWith, into: Path) -> None:
    def endless(request: Seen) -> Pieces:
        yield b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
        while True:
            yield b"1000\r\n" + b"x" * 4096 + b"\r\n"

    with pytest.raises(FetchRefused, match="more than the 100,000 bytes"):
        fetcher_with(most_bytes=100_000).fetch(server.on("/a", endless), into)
    assert leftovers(into) == []


def test_a_compressed_body_is_unpacked(server: Server, fetcher: Fetcher, into: Path) -> None:
    fetched = fetcher.fetch(server.on("/a", zipped(BODY * 10_000)), into)
    assert server.seen[0].headers["accept-encoding"] == "gzip"
    assert into.read_bytes() == BODY * 10_000
    assert fetched.size == len(BODY) * 10_000


def test_a_gzip_bomb_is_stopped(server: Server, fetcher_with: FetcherWith, into: Path) -> None:
    bomb = zipped(bytes(20_000_000))
    assert len(bomb) < 50_000
    with pytest.raises(FetchRefused, match="unfolds to more than the 1,000,000 bytes"):
        fetcher_with(most_decoded_bytes=1_000_000).fetch(server.on("/a", bomb), into)
    assert leftovers(into) == []


def test_a_damaged_compression_is_tried_again(server: Server, fetcher: Fetcher, into: Path) -> None:
    damaged = response(b"\x1f\x8b no gzip", content_encoding="gzip")
    fetcher.fetch(server.on("/a", damaged, zipped(BODY)), into)
    assert into.read_bytes() == BODY


def test_an_encoding_that_nobody_asked_for_is_refused(server: Server, fetcher: Fetcher, into: Path) -> None:
    with pytest.raises(FetchRefused, match="encoded as 'br', but only gzip was asked for"):
        fetcher.fetch(server.on("/a", response(b"x", content_encoding="br")), into)


def test_an_error_page_where_json_was_expected_leaves_the_old_file_alone(
    server: Server, fetcher: Fetcher, into: Path
) -> None:
    page = response(b"<!doctype html><title>Scheduled maintenance</title>", content_type="application/json")
    address = server.on("/a", response(BODY), page)
    fetcher.fetch(address, into, expected=Content.JSON)
    with pytest.raises(FetchRefused, match=r"sends HTML \(“Scheduled maintenance”\) where JSON was expected"):
        fetcher.fetch(address, into, expected=Content.JSON)
    assert into.read_bytes() == BODY
    assert leftovers(into) == []


def test_a_folder_that_cannot_be_made_is_named(server: Server, fetcher: Fetcher, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(FetchDeferred, match=r"file/extract\.json: the file cannot be written"):
        fetcher.fetch(server.on("/a", response(BODY)), tmp_path / "file" / "extract.json")


def test_a_post_sends_its_body_and_shows_its_key_to_the_server_only(
    server: Server, fetcher: Fetcher, into: Path
) -> None:
    address = server.on("/a", response(BODY))
    request = Request(address, "POST", {"Content-Type": "application/json"}, {"X-API-Key": "s3cret"}, b'{"page": 1}')
    fetcher.retrieve(request, into)
    (seen,) = server.seen
    assert (seen.method, seen.body, seen.headers["x-api-key"]) == ("POST", b'{"page": 1}', "s3cret")
    assert "s3cret" not in repr(request)


@pytest.mark.parametrize("key", ["one\r\ntwo", "s3cret…"])
def test_a_key_that_is_no_header_value_is_refused_and_not_repeated(
    server: Server, fetcher: Fetcher, into: Path, key: str
) -> None:
    request = Request(server.on("/a", response(BODY)), credentials={"X-API-Key": key})
    with pytest.raises(FetchRefused, match="cannot be sent as it is") as raised:
        fetcher.retrieve(request, into)
    assert key not in str(raised.value)
    assert server.seen == []
