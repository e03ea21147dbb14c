from pathlib import Path

import pytest

from matcher.domain.dates import PartialDate
from matcher.domain.vocabulary import Basis, OpportunityStatus
from matcher.errors import DocumentRejected, NoticeRejected
from matcher.notices.formats import feeds
from matcher.notices.formats.record import Record
from tests.notices.formats import samples
from tests.notices.formats.contract import opportunities_of, records_of


def read(folder: Path, data: bytes) -> list[Record]:
    path = folder / "feed.xml"
    path.write_bytes(data)
    return records_of(feeds.read, path)


@pytest.fixture
def rss(tmp_path: Path) -> list[Record]:
    return read(tmp_path, samples.RSS)


def test_an_item_is_a_short_opportunity_that_points_to_the_notice(rss: list[Record]) -> None:
    found = rss[0].outcome

    assert not isinstance(found, NoticeRejected)
    assert (rss[0].key, found.title) == ("harbor-31-4", "Boats for Schools")
    assert (found.source_url, found.status) == ("https://harbor.example.org/boats", OpportunityStatus.UNKNOWN)
    assert found.description == (
        "The purpose of the grant is to teach children to row.\n\nApplication deadline: March 3, 2031"
    )
    assert found.priorities[0].quote.text == "The purpose of the grant is to teach children to row."


def test_deadlines_are_read_where_the_item_states_them(rss: list[Record]) -> None:
    found = rss[0].outcome

    assert not isinstance(found, NoticeRejected)
    assert [(key.name, key.day, key.basis) for key in found.key_dates] == [
        ("post", PartialDate(1, 1, 2031), Basis.SUPPLIED),
        ("application", PartialDate(3, 3, 2031), Basis.STATED),
    ]


def test_addresses_that_run_code_and_days_that_pass_are_unknown(rss: list[Record]) -> None:
    found = rss[1].outcome

    assert not isinstance(found, NoticeRejected)
    assert (found.source_url, found.key_dates, found.priorities) == (None, (), ())


def test_an_item_without_a_title_is_rejected(rss: list[Record]) -> None:
    assert str(rss[2].outcome).startswith("feed.xml: item 3: it has no title")


def test_the_identifier_stays_when_the_words_change(tmp_path: Path, rss: list[Record]) -> None:
    (changed, *_) = read(tmp_path, samples.RSS.replace(b"Boats for Schools", b"Boats for All"))

    assert not isinstance(changed.outcome, NoticeRejected)
    assert not isinstance(rss[0].outcome, NoticeRejected)
    assert changed.outcome.opportunity_id == rss[0].outcome.opportunity_id
    assert changed.outcome.title == "Boats for All"


def test_atom_is_read_and_the_day_of_publication_gives_the_year(tmp_path: Path) -> None:
    (record,) = read(tmp_path, samples.ATOM)
    found = record.outcome

    assert not isinstance(found, NoticeRejected)
    assert (found.title, found.source_url) == ("Lamps & Lanterns", "https://lamps.example.org/1")
    assert [(key.name, key.day, key.basis) for key in found.key_dates] == [
        ("post", PartialDate(2, 3, 2031), Basis.SUPPLIED),
        ("application", PartialDate(5, 5, 2031), Basis.INFERRED),
    ]


def test_a_feed_with_bare_ampersands_is_read(tmp_path: Path) -> None:
    assert len(read(tmp_path, samples.RSS.replace(b"Boats for", b"Boats & Oars for"))) == 3


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b'<!DOCTYPE rss [<!ENTITY a "aaaa">]><rss version="2.0"/>', "defines entities"),
        ('<!DOCTYPE rss [<!ENTITY a "aaaa">]><rss/>'.encode("utf-16"), "defines entities"),
        (b'<rss version="2.0">' + b"<item>" * 60_000, "50,000 tags"),
        (b'<rss version="2.0">' + b" " * feeds.MAXIMUM_BYTES, "8,388,608 bytes"),
        (b"<html><body>Not found</body></html>", "neither RSS nor Atom"),
        (b"/etc/hosts", "neither RSS nor Atom"),
    ],
    ids=["bomb", "bomb in UTF-16", "tags", "bytes", "page", "path"],
)
def test_what_is_no_feed_or_too_much_of_one_is_refused(data: bytes, reason: str, tmp_path: Path) -> None:
    path = tmp_path / "feed.xml"
    path.write_bytes(data)

    with pytest.raises(DocumentRejected, match=reason):
        list(feeds.read(path))


@pytest.mark.parametrize("head", [samples.RSS, samples.ATOM, b"\xef\xbb\xbf<?xml version='1.0'?><!-- a --><rdf:RDF>"])
def test_feeds_are_recognized(head: bytes) -> None:
    assert feeds.recognizes(head, "any")


@pytest.mark.parametrize("head", [b"<Grants>", b"<html><rss>", b"rss", b"<?xml version='1.0'?><feedback/>"])
def test_other_markup_is_none(head: bytes) -> None:
    assert not feeds.recognizes(head, "feed.xml")


def test_the_real_feeds_come_in(source_files: Path) -> None:
    found = [opportunities_of(feeds.read, path) for path in sorted((source_files / "rss").iterdir())]

    assert [len(feed) for feed in found] == [20, 15, 10]
    assert sum(bool(one.application_dates) for one in found[2]) == 6
    assert all(one.source_url for feed in found for one in feed)
