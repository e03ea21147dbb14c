"""The coverage of sources: the shares of what became of every record."""

from matcher.domain.source import DropReason, LedgerCounts
from matcher.web.pages.pictures.coverage import source_coverage
from tests.web.pages.pictures.reading import marks, read, share, words

LARGE = LedgerCounts(100_000, new=9, changed=1, dropped=((DropReason.CLOSED, 99_989),), rejected=1)
SMALL = LedgerCounts(4, new=1, unchanged=3)


def test_every_record_is_told_once() -> None:
    picture = source_coverage([("large", LARGE), ("never", None), ("small", SMALL)])
    assert [(row.name, *row.values) for row in picture.table.rows] == [
        ("large", "100,000", "10", "99,989", "1"),
        ("never", "not yet", "", "", ""),
        ("small", "4", "4", "0", "0"),
    ]
    assert picture.description == (
        "The last runs of 2 sources read 100,004 records: 14 stand in the catalogue, 99,989 were left out and 1 could "
        "not be used."
    )
    assert words(picture) == ["large", "10 of 100,000 kept", "never", "not read yet", "small", "4 of 4 kept"]


def test_one_record_among_a_hundred_thousand_can_be_seen_and_the_bar_ends_at_the_edge() -> None:
    picture = source_coverage([("large", LARGE)])
    [rejected] = marks(picture, "rejected")
    assert share(rejected, "width") > 0.5
    assert round(share(rejected, "x") + share(rejected, "width"), 1) == 100


def test_no_source_and_an_empty_one_make_no_bar() -> None:
    assert source_coverage([]).description == "No source has been read yet."
    empty = source_coverage([("empty", LedgerCounts())])
    assert [mark.get("class") for mark in read(empty).iter("rect")] == ["unread"]
    assert "0 of 0 kept" in words(empty)
