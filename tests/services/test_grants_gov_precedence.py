"""A hit of the Grants.gov search has no text; it never takes the place of the fuller record of the same opportunity."""

from datetime import UTC, datetime, timedelta
from itertools import permutations
from pathlib import Path

import pytest

from matcher.domain.opportunity import Opportunity
from matcher.domain.source import JoinReason
from matcher.notices.formats import grants_gov_search, grants_gov_xml
from matcher.services.precedence import leading
from matcher.store.source_records import Listing, ListingKey
from tests.notices.formats.federal_samples import BEES, HIT, SYNOPSIS, extract, search_answer, xml_record

START = datetime(2026, 11, 1, tzinfo=UTC)
LONG = "The program pays for hedges and for the people who plant and keep them. " * 8


@pytest.fixture
def hit(tmp_path: Path) -> Opportunity:
    path = tmp_path / "search2.json"
    path.write_bytes(search_answer(HIT | {"closeDate": "05/31/2031"}))
    (record,) = grants_gov_search.read(path)
    assert isinstance(record.outcome, Opportunity)
    return record.outcome


def full(tmp_path: Path, **changes: str | list[str]) -> Opportunity:
    path = tmp_path / "extract.xml"
    path.write_bytes(extract(xml_record(SYNOPSIS, BEES | changes)))
    (record,) = grants_gov_xml.read(path)
    assert isinstance(record.outcome, Opportunity)
    return record.outcome


def listing(name: str, opportunity: Opportunity, seen: int, changed: int) -> Listing:
    """Return a listing first seen, and last changed, so many days after the start."""
    first, last = (START + timedelta(days=days) for days in (seen, changed))
    return Listing(
        name,
        ListingKey("410001"),
        "bees",
        opportunity,
        "hash",
        name,
        JoinReason.FIRST,
        "",
        None,
        None,
        first,
        last,
        None,
    )


def lead(*listings: Listing) -> str:
    [name] = {leading(order).source_name for order in permutations(listings)}
    return name


@pytest.mark.parametrize(("seen", "changed"), [(0, 0), (0, 9), (5, 5), (5, 9)])
def test_a_hit_never_leads_whenever_it_came_or_changed(
    hit: Opportunity, tmp_path: Path, seen: int, changed: int
) -> None:
    fuller = full(tmp_path, Description=LONG)

    assert hit.opportunity_id == fuller.opportunity_id
    assert lead(listing("search", hit, seen, changed), listing("extract", fuller, 2, 3)) == "extract"


@pytest.mark.parametrize(("seen", "changed"), [(0, 0), (0, 9), (5, 5), (5, 9)])
def test_nor_does_it_lead_over_a_short_record_or_one_without_sums_and_codes(
    hit: Opportunity, tmp_path: Path, seen: int, changed: int
) -> None:
    silent = {"AwardCeiling": "", "EstimatedTotalProgramFunding": "", "EligibleApplicants": "", "CFDANumbers": ""}
    for fuller in (full(tmp_path), full(tmp_path, Description=LONG, AdditionalInformationOnEligibility="", **silent)):
        assert lead(listing("search", hit, seen, changed), listing("extract", fuller, 2, 3)) == "extract"
