"""The bundled catalogue: real notices, each readable, each with what a match needs."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from matcher.domain.opportunity import Opportunity
from matcher.domain.vocabulary import OpportunityStatus, PriorityKind
from matcher.notices.reader import read_notice
from matcher.text.documents import read_file
from tests.conftest import CHECKOUT

FILES = sorted((CHECKOUT / "opportunities").glob("*.yaml"))
WRITTEN = date(2026, 11, 22)
LEAST_NOTICES = 60


@pytest.fixture(scope="module")
def catalogue() -> dict[str, Opportunity]:
    return {path.stem: read_notice(read_file(path)) for path in FILES}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_notice_is_named_like_its_file_and_says_what_the_money_is_for(path: Path) -> None:
    notice = read_notice(read_file(path))
    assert notice.opportunity_id == path.stem
    assert notice.priorities
    assert len(notice.description.split()) >= 30
    assert notice.agency_name
    keys = [priority.key for priority in notice.priorities]
    assert len(set(keys)) == len(keys)


def test_every_quote_stands_where_its_span_says(catalogue: dict[str, Opportunity]) -> None:
    for notice in catalogue.values():
        for priority in notice.priorities:
            for quote in (priority.quote, *(element.quote for element in priority.elements)):
                assert quote.span is not None, notice.opportunity_id
                assert quote.span.of(notice.text).split()[0].strip("\"'-") in quote.text


def test_the_catalogue_is_wide(catalogue: dict[str, Opportunity]) -> None:
    assert len(catalogue) >= LEAST_NOTICES
    categories = Counter(category for notice in catalogue.values() for category in notice.funding_categories)
    for category in ("education", "arts", "health", "environment", "housing", "employment_labor_and_training"):
        assert categories[category] >= 3, category


def test_enough_is_open_to_be_useful(catalogue: dict[str, Opportunity]) -> None:
    statuses = Counter(notice.status_on(WRITTEN) for notice in catalogue.values())
    assert statuses[OpportunityStatus.POSTED] >= 30
    assert statuses[OpportunityStatus.CLOSED] >= 5


def test_race_to_the_top_states_one_absolute_priority_with_seven_elements(catalogue: dict[str, Opportunity]) -> None:
    notice = catalogue["ed-race-to-the-top-district-2012"]
    assert [(priority.kind, len(priority.elements)) for priority in notice.priorities] == [(PriorityKind.ABSOLUTE, 7)]
    assert notice.status_on(date(2012, 9, 1)) is OpportunityStatus.POSTED
    assert notice.status_on(WRITTEN) is OpportunityStatus.CLOSED


@pytest.mark.parametrize("year", [2015, 2019])
def test_the_los_angeles_challenge_lets_applicants_choose_among_goals(
    catalogue: dict[str, Opportunity], year: int
) -> None:
    notice = catalogue[f"la2050-grants-challenge-{year}"]
    assert {priority.kind for priority in notice.priorities} == {PriorityKind.GOAL}
    assert len(notice.priorities) == 5
