from pathlib import Path

import pytest

from matcher.fetching.errors import FetchDeferred
from matcher.fetching.fetcher import Fetcher

from .conftest import FetcherWith
from .http_server import Pieces, Script, Seen, Server, response

BODY = bytes(range(256)) * 400
HALF = len(BODY) // 2
HEAD = "HTTP/1.1 200 OK\r\nContent-Length: {size}\r\n{fields}\r\n"


@pytest.fixture
def into(tmp_path: Path) -> Path:
    return tmp_path / "extract.zip"


def truncated(fields: str = 'ETag: "v1"\r\n') -> Script:
    head = HEAD.format(size=len(BODY), fields=fields).encode()
    return lambda request: [head + BODY[:HALF]]


def the_rest(request: Seen) -> Pieces:
    start = int(request.headers["range"].removeprefix("bytes=").removesuffix("-"))
    rest = BODY[start:]
    return [response(rest, 206, content_range=f"bytes {start}-{len(BODY) - 1}/{len(BODY)}", etag='"v1"')]


def test_a_truncated_download_goes_on_where_it_ended(server: Server, fetcher: Fetcher, into: Path) -> None:
    fetched = fetcher.fetch(server.on("/a", truncated(), the_rest), into)
    assert into.read_bytes() == BODY
    assert (server.seen[1].headers["range"], server.seen[1].headers["if-range"]) == (f"bytes={HALF}-", '"v1"')
    assert fetched.state.etag == '"v1"'
    assert [path.name for path in into.parent.iterdir()] == [into.name]


def test_it_goes_on_in_a_later_call_too(server: Server, fetcher_with: FetcherWith, into: Path) -> None:
    fetcher = fetcher_with(attempts=1)
    address = server.on("/a", truncated(), the_rest)
    with pytest.raises(FetchDeferred, match="broke off"):
        fetcher.fetch(address, into)
    assert not into.exists()
    fetcher.fetch(address, into)
    assert into.read_bytes() == BODY


def test_a_server_that_ignores_the_range_sends_all_of_it(server: Server, fetcher: Fetcher, into: Path) -> None:
    fetcher.fetch(server.on("/a", truncated(), response(BODY, etag='"v1"')), into)
    assert into.read_bytes() == BODY


def test_a_source_that_changed_meanwhile_is_fetched_anew(server: Server, fetcher: Fetcher, into: Path) -> None:
    changed = response(b"another text", etag='"v2"')
    assert fetcher.fetch(server.on("/a", truncated(), changed), into).state.etag == '"v2"'
    assert into.read_bytes() == b"another text"


@pytest.mark.parametrize(
    "fields",
    [
        "",
        'ETag: W/"v1"\r\n',
        "Last-Modified: Mon, 23 Nov 2026 08:00:00 GMT\r\n",
        "Last-Modified: Mon, 23 Nov 2026 08:00:00 GMT\r\nDate: Mon, 23 Nov 2026 08:00:00 GMT\r\n",
        "Last-Modified: yesterday\r\nDate: today\r\n",
    ],
)
def test_without_a_strong_validator_nothing_is_pieced_together(
    server: Server, fetcher: Fetcher, into: Path, fields: str
) -> None:
    fetcher.fetch(server.on("/a", truncated(fields), response(BODY)), into)
    assert "range" not in server.seen[1].headers
    assert into.read_bytes() == BODY


def test_a_date_older_than_its_answer_is_a_strong_validator(server: Server, fetcher: Fetcher, into: Path) -> None:
    date = "Mon, 23 Nov 2026 08:00:00 GMT"
    fields = f"Last-Modified: {date}\r\nDate: Mon, 23 Nov 2026 08:00:01 GMT\r\n"
    fetcher.fetch(server.on("/a", truncated(fields), the_rest), into)
    assert server.seen[1].headers["if-range"] == date
    assert into.read_bytes() == BODY


def test_the_wrong_part_is_thrown_away(server: Server, fetcher: Fetcher, into: Path) -> None:
    wrong = response(BODY[5:], 206, content_range=f"bytes 5-{len(BODY) - 1}/{len(BODY)}")
    fetcher.fetch(server.on("/a", truncated(), wrong, response(BODY)), into)
    assert "range" not in server.seen[2].headers
    assert into.read_bytes() == BODY


def test_a_part_of_the_rest_is_followed_by_the_rest(server: Server, fetcher: Fetcher, into: Path) -> None:
    some = response(BODY[HALF : HALF + 10], 206, content_range=f"bytes {HALF}-{HALF + 9}/{len(BODY)}", etag='"v1"')
    fetcher.fetch(server.on("/a", truncated(), some, the_rest), into)
    assert server.seen[2].headers["range"] == f"bytes={HALF + 10}-"
    assert into.read_bytes() == BODY


def test_a_rest_that_is_not_there_is_fetched_anew(server: Server, fetcher: Fetcher, into: Path) -> None:
    fetcher.fetch(server.on("/a", truncated(), response(b"", 416), response(BODY)), into)
    assert "range" not in server.seen[2].headers
    assert into.read_bytes() == BODY


def test_the_beginning_of_another_source_is_not_used(server: Server, fetcher_with: FetcherWith, into: Path) -> None:
    fetcher = fetcher_with(attempts=1)
    with pytest.raises(FetchDeferred):
        fetcher.fetch(server.on("/a", truncated()), into)
    fetcher.fetch(server.on("/b", response(b"other")), into)
    assert "range" not in server.seen[1].headers
    assert into.read_bytes() == b"other"


def test_a_damaged_note_is_no_note(server: Server, fetcher_with: FetcherWith, into: Path) -> None:
    fetcher = fetcher_with(attempts=1)
    address = server.on("/a", truncated(), response(BODY))
    with pytest.raises(FetchDeferred):
        fetcher.fetch(address, into)
    into.with_name("extract.zip.part.json").write_text("{")
    fetcher.fetch(address, into)
    assert into.read_bytes() == BODY


def test_an_unchanged_source_ends_an_older_attempt(server: Server, fetcher_with: FetcherWith, into: Path) -> None:
    fetcher = fetcher_with(attempts=1)
    address = server.on("/a", response(b"old", etag='"v0"'), truncated(), response(b"", 304))
    state = fetcher.fetch(address, into).state
    with pytest.raises(FetchDeferred):
        fetcher.fetch(address, into, state)
    fetcher.fetch(address, into, state)
    assert into.read_bytes() == b"old"
    assert [path.name for path in into.parent.iterdir()] == [into.name]
