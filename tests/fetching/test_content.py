import time

import pytest

from matcher.fetching.content import HEAD_BYTES, Content, check, recognized
from matcher.fetching.errors import FetchRefused


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b'{"hits": []}', Content.JSON),
        (b'\xef\xbb\xbf\n [{"id": 1}]', Content.JSON),
        (b'<?xml version="1.0"?>\n<Grants>', Content.XML),
        (b"<rss version='2.0'>", Content.XML),
        (b"PK\x03\x04rest", Content.ZIP),
        (b"%PDF-1.7", Content.PDF),
        (b"\n<!DOCTYPE html><title>Sorry</title>", Content.HTML),
        (b'<?xml version="1.0"?><!-- x --><html xmlns="">', Content.HTML),
        (b"PortalID,Title\n1,Trees", Content.TEXT),
        (b"", None),
        (b"\x00\x01\x02", None),
    ],
)
def test_a_file_is_known_by_its_first_bytes(head: bytes, kind: Content | None) -> None:
    assert recognized(head) is kind


def test_an_error_page_where_json_was_expected_is_quoted() -> None:
    page = b"<html><head><title>We&#8217;ll be\n back</title>"
    with pytest.raises(
        FetchRefused, match=r"^https://a\.example/x: sends HTML \(“We’ll be back”\) where JSON was expected"
    ):
        check(page, Content.JSON, "https://a.example/x")


def test_an_empty_file_is_not_what_was_expected() -> None:
    with pytest.raises(FetchRefused, match="sends nothing where XML was expected"):
        check(b"", Content.XML, "https://a.example/x")


def test_hostile_bytes_are_recognized_in_no_time() -> None:
    started = time.process_time()
    recognized((b"<!-- -->" * HEAD_BYTES)[:HEAD_BYTES])
    recognized((b"<!--" * HEAD_BYTES)[:HEAD_BYTES])
    assert time.process_time() - started < 1
