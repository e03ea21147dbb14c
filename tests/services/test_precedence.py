"""Whose words an entry shows: a choice that follows from the listings alone."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest

from matcher.domain.dates import PartialDate
from matcher.domain.opportunity import FundingRange, KeyDate, Opportunity
from matcher.domain.source import JoinReason
from matcher.domain.vocabulary import OpportunityStatus
from matcher.services.precedence import leading
from matcher.store.source_records import Listing, ListingKey

DAY = timedelta(days=1)
START = datetime(2026, 11, 1, tzinfo=UTC)
SHORT = Opportunity("fund", "River fund", "Clean rivers.", key_dates=(KeyDate("application", PartialDate(3, 1, 2027)),))
FULL = replace(SHORT, text="Clean rivers. " * 40, funding=FundingRange(award_ceiling=5_000))
MOVED = replace(FULL, key_dates=(KeyDate("application", PartialDate(4, 1, 2027)),))


def listing(
    name: str,
    opportunity: Opportunity,
    seen: int = 0,
    changed: int | None = None,
    *,
    gone: bool = False,
    key: str = "1",
) -> Listing:
    """Return a listing first seen, and last changed, so many days after the start."""
    return Listing(
        name,
        ListingKey(key),
        "fund",
        opportunity,
        "hash",
        name,
        JoinReason.FIRST,
        "",
        None,
        None,
        START + seen * DAY,
        START + (seen if changed is None else changed) * DAY,
        START if gone else None,
    )


def lead(*listings: Listing) -> str:
    """Return the name of the leading source, which must not depend on the order."""
    [name] = {leading(order).source_name for order in permutations(listings)}
    return name


def test_a_posting_goes_before_a_fuller_forecast() -> None:
    forecast = replace(FULL, status=OpportunityStatus.FORECASTED)
    assert lead(listing("forecast", forecast), listing("posting", SHORT, seen=5)) == "posting"


def test_a_full_notice_goes_before_a_line_of_a_list_that_was_there_first_and_changed_last() -> None:
    assert lead(listing("list", SHORT, changed=9), listing("notice", FULL, seen=5)) == "notice"


def test_among_equals_the_source_that_had_it_first_leads() -> None:
    assert lead(listing("b", FULL), listing("a", FULL, seen=1), listing("c", MOVED, seen=2)) == "b"


def test_a_later_amendment_that_contradicts_takes_the_lead() -> None:
    assert lead(listing("first", FULL), listing("second", MOVED, seen=1, changed=5)) == "second"
    assert lead(listing("first", MOVED, changed=6), listing("second", FULL, seen=1, changed=5)) == "first"


def test_a_later_change_that_contradicts_nothing_does_not() -> None:
    reworded = replace(FULL, description="In other words.")
    assert lead(listing("first", FULL), listing("second", reworded, seen=1, changed=5)) == "first"


def test_what_is_not_stated_contradicts_nothing() -> None:
    silent = replace(FULL, key_dates=(), funding=FundingRange(estimated_total_program_funding=9))
    assert lead(listing("first", FULL), listing("second", silent, seen=1, changed=5)) == "first"


def test_what_has_vanished_counts_only_if_all_has() -> None:
    assert lead(listing("gone", FULL, gone=True), listing("there", SHORT, seen=3)) == "there"
    assert lead(listing("gone", FULL, gone=True), listing("also gone", SHORT, gone=True)) == "gone"


def test_of_two_records_of_one_source_the_content_decides_whatever_their_times() -> None:
    forecast = replace(FULL, status=OpportunityStatus.FORECASTED)
    pair = (listing("one", forecast, changed=9, key="1"), listing("one", MOVED, key="2"))
    assert [leading(order).key.record_key for order in permutations(pair)] == ["2", "2"]


def test_nothing_cannot_lead() -> None:
    with pytest.raises(ValueError, match="empty"):
        leading([])
