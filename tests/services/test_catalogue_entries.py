"""Where a new record belongs among the entries of the catalogue."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from matcher.bootstrap import Context
from matcher.domain.opportunity import Opportunity
from matcher.domain.source import JoinReason, Source, SourceKind
from matcher.domain.vocabulary import OpportunityStatus
from matcher.services.catalogue_entries import Entries
from matcher.store.opportunities import opportunity_hash
from matcher.store.source_records import ListingKey

NOW = datetime(2026, 11, 22, tzinfo=UTC)
FUND = Opportunity("a:1", "River fund", "Clean rivers.", agency_name="Rivers", opportunity_number="R-27-1")


@pytest.fixture(autouse=True)
def two_sources(house: Context) -> None:
    for name in ("a", "b"):
        house.store.sources.add(Source(name, SourceKind.FILE, f"/data/{name}"))


def admit(house: Context, source: str, *records: Opportunity) -> list[str]:
    """Bring new records of one source in; return their entries."""
    generation = house.store.listings.generation()
    entries = Entries(house.store, source, NOW)
    entries.load_rivals(records)
    names = [
        entries.admit(ListingKey(record.opportunity_id), record, opportunity_hash(record), source)[0]
        for record in records
    ]
    assert house.store.listings.apply(entries.change(), generation)
    return names


def test_a_record_with_the_number_of_another_source_stands_under_its_entry(house: Context) -> None:
    admit(house, "a", FUND)
    assert admit(house, "b", replace(FUND, opportunity_id="b:1", title="Fund for rivers")) == ["a:1"]
    listings = house.store.listings.under(["a:1"])["a:1"]
    assert [(one.source_name, one.joined_by) for one in listings] == [("a", JoinReason.FIRST), ("b", JoinReason.NUMBER)]
    assert listings[1].joined_because == "the same opportunity number, R-27-1, of the same agency (as a has it)"
    assert house.store.opportunities.get("a:1").opportunity.opportunity_id == "a:1"


def test_a_third_source_that_uses_the_second_ones_identifier_finds_the_same_entry(house: Context) -> None:
    admit(house, "a", FUND)
    admit(house, "b", replace(FUND, opportunity_id="b:1"))
    house.store.sources.add(Source("c", SourceKind.FILE, "/data/c"))
    assert admit(house, "c", Opportunity("b:1", "Another title", "Other words.")) == ["a:1"]


def test_two_records_that_one_source_tells_apart_stay_apart(house: Context) -> None:
    again = replace(FUND, opportunity_id="a:2")
    assert admit(house, "a", FUND, again) == ["a:1", "a:2"]
    assert admit(house, "b", replace(FUND, opportunity_id="b:1")) == ["b:1"], "two fit equally well, so none is chosen"


def test_a_forecast_and_its_posting_in_one_batch_are_one_entry(house: Context) -> None:
    forecast = replace(FUND, opportunity_id="a:0", status=OpportunityStatus.FORECASTED)
    assert admit(house, "a", forecast, FUND) == ["a:0", "a:0"]
    assert house.store.opportunities.get("a:0").opportunity.status is FUND.status


def test_an_entry_that_stood_before_there_were_sources_is_found_by_its_identifier(house: Context) -> None:
    house.store.opportunities.save(FUND, "by hand")
    assert admit(house, "a", FUND) == ["a:1"]
    assert house.store.opportunities.get("a:1").revision == 1
