import pytest

from matcher.errors import NoticeRejected
from matcher.notices.formats.running_text import LONGEST_TEXT, RunningText


def test_every_quote_stands_where_its_span_says() -> None:
    text = RunningText("Creek Grants")
    quotes = [
        text.section("Purpose", "Bring creeks back."),
        text.fact("Opens", "May 1"),
        text.fact("Closes", "June 1"),
        text.section("", "More."),
    ]

    assert text.text == "Creek Grants\n\nPurpose\n\nBring creeks back.\n\nOpens: May 1\nCloses: June 1\n\nMore."
    assert len(text) == len(text.text)
    assert [quote.text for quote in quotes if quote] == [
        "Bring creeks back.",
        "Opens: May 1",
        "Closes: June 1",
        "More.",
    ]
    assert all(quote and quote.span and quote.span.of(text.text) == quote.text for quote in quotes)


def test_what_is_empty_leaves_no_heading() -> None:
    text = RunningText("Creek Grants")

    assert (text.section("Purpose", ""), text.fact("Opens", "")) == (None, None)
    assert text.text == "Creek Grants"


def test_a_text_longer_than_any_notice_is_refused() -> None:
    text = RunningText("Creek Grants")

    with pytest.raises(NoticeRejected, match="1,000,000 characters"):
        text.section("Purpose", "x" * LONGEST_TEXT)
