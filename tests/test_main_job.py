"""The main job on the documents that real users bring, with the real model."""

import json
from datetime import date
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from matcher.bootstrap import Context, build
from matcher.domain.match import Match
from matcher.domain.opportunity import Opportunity
from matcher.domain.vocabulary import OpportunityStatus
from matcher.notices.reader import read_notice
from matcher.proposals.reader import read_proposal
from matcher.services.match_documents import match_opportunities
from matcher.services.ranking import RankedMatch
from matcher.settings import Settings
from matcher.text.documents import read_file
from tests.conftest import CHECKOUT

SEPTEMBER_2012 = date(2012, 9, 1)
BLAST, POWERMYLEARNING, TUTORING, LEVEL_UP = (
    "002_c4b6bc69ea34149a.txt",
    "000_e1806716ebec5229.txt",
    "001_a3968a503c3e9016.txt",
    "003_a971870447cf7d4c.txt",
)
NOTICE = "004_3744e476d97cd916.txt"


@pytest.fixture
def matches(real_house: Context, source_documents: Path) -> dict[str, RankedMatch]:
    notice = read_notice(read_file(source_documents / NOTICE))
    return {
        name: match_opportunities(
            real_house.scorer, read_proposal(read_file(source_documents / name)), [notice], SEPTEMBER_2012
        ).everything[0]
        for name in (BLAST, POWERMYLEARNING, TUTORING, LEVEL_UP)
    }


def test_the_proposals_rank_as_a_program_officer_would_rank_them(matches: dict[str, RankedMatch]) -> None:
    fits = {name: ranked.match.fit for name, ranked in matches.items()}
    assert sorted(fits, key=lambda name: -fits[name]) == [BLAST, POWERMYLEARNING, TUTORING, LEVEL_UP]


def test_personalization_is_answered_by_the_rotation_or_individualized_learning(
    matches: dict[str, RankedMatch],
) -> None:
    elements = {element.key: element for element in matches[BLAST].match.priorities[0].elements}
    personalization = next(element for element in elements.values() if "personalization" in element.text)
    quoted = personalization.evidence[0].proposal.text.lower()
    assert any(word in quoted for word in ("rotat", "individualiz", "personaliz"))


def test_the_notice_is_open_to_leas_and_says_so_to_those_that_are_none(matches: dict[str, RankedMatch]) -> None:
    for name in (POWERMYLEARNING, LEVEL_UP):
        assert any("LEAs" in reason.sentence for reason in matches[name].match.eligibility.reasons)


def test_college_persistence_says_nothing_on_the_effectiveness_of_educators(matches: dict[str, RankedMatch]) -> None:
    elements = {element.text: element for element in matches[LEVEL_UP].match.priorities[0].elements}
    assert not elements["increase the effectiveness of educators"].is_addressed


def test_dates_without_a_year_wait_for_the_day_of_publication(source_documents: Path) -> None:
    document = read_file(source_documents / NOTICE)
    silent, told = read_notice(document), read_notice(document, published=date(2012, 8, 13))
    stated = {key.name: str(key.day) for key in silent.key_dates}
    assert stated == {"intent": "August 30, year not stated", "application": "October 30, year not stated"}
    assert silent.status_on(SEPTEMBER_2012) is OpportunityStatus.UNKNOWN
    assert told.status_on(SEPTEMBER_2012) is OpportunityStatus.POSTED
    assert told.status_on(date(2026, 11, 22)) is OpportunityStatus.CLOSED


def some_notices() -> list[Opportunity]:
    return [read_notice(read_file(path)) for path in sorted((CHECKOUT / "opportunities").glob("*.yaml"))[::12]]


def test_the_same_input_gives_the_same_bytes_encoded_now_or_before(tmp_path: Path) -> None:
    house, notices = build(Settings(home=tmp_path)), some_notices()
    adapter = TypeAdapter(list[Match])
    proposal = read_proposal(read_file(CHECKOUT / "seeds" / "proposals" / "turnaround-arts.md"))
    first, second = (
        adapter.dump_json(
            [ranked.match for ranked in match_opportunities(house.scorer, proposal, notices, SEPTEMBER_2012).everything]
        )
        for _ in range(2)
    )
    house.store.close()
    assert first == second
    assert len(json.loads(first)) == len(notices) >= 8
