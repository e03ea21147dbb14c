"""What would change a match: every figure is the scorer's own for the changed proposal."""

import time
from dataclasses import replace
from datetime import date

import pytest

from matcher.bootstrap import Context
from matcher.domain.match import Band, Change, Counterfactual, band
from matcher.domain.opportunity import Opportunity
from matcher.domain.proposal import Proposal
from matcher.domain.vocabulary import Verdict
from matcher.notices.reader import read_notice
from matcher.proposals.reader import read_proposal
from matcher.scoring.eligibility import remedies
from matcher.services.counterfactuals import (
    EXPLAINED,
    LEAST_GAIN,
    MOST_ANSWERS,
    counterfactuals,
    with_answer,
    with_counterfactuals,
)
from matcher.services.match_documents import match_in_full, match_opportunities
from matcher.text.asks import core_of
from matcher.text.documents import read_document, read_file
from tests.conftest import CHECKOUT
from tests.fakes import BagOfWords
from tests.services.examples import DISTRICTS_ONLY, GARDENS, HULLS, PROPOSAL

JUNE = date(2026, 6, 1)
LONG_FOR_ONE_CHANGE = 0.05
"""Seconds of the processor."""
TWO_THINGS = GARDENS.replace(
    "      - teach children to grow food\n",
    "      - teach children to grow food\n      - compost kitchen scraps with municipal haulers\n",
)
GOALS = GARDENS.replace("kind: absolute", "kind: goal").replace(
    "eligibility:",
    '  - {key: "2", kind: goal, title: Hulls, text: Develop welding of titanium submarine hulls.}\neligibility:',
)
LARGE_REQUEST = PROPOSAL + "\n## How much do you ask for?\nWe request $90,000.\n"
LIMITED = GARDENS + "funding: {award_floor: 10000, award_ceiling: 50000}\n"


def notice(text: str) -> Opportunity:
    return read_notice(read_document(text.encode(), "notice.yaml"))


def proposal(text: str = PROPOSAL) -> Proposal:
    return read_proposal(read_document(text.encode(), "proposal.md"))


def found(house: Context, text: str, opportunity: str) -> tuple[Counterfactual, ...]:
    return counterfactuals(house.scorer, house.scorer.encode_proposal(proposal(text)), notice(opportunity))


def changed(original: Proposal, opportunity: Opportunity, counterfactual: Counterfactual) -> Proposal:
    """Return the proposal with the change made, by the public parts alone."""
    if counterfactual.change is not Change.PRIORITY_ADDRESSED:
        cures = {(cure.change, cure.subject): cure.profile for cure in remedies(original.profile, opportunity)}
        return replace(original, profile=cures[counterfactual.change, counterfactual.subject])
    words = {priority.key: priority.quote.text for priority in opportunity.priorities}
    elements = (element for priority in opportunity.priorities for element in priority.elements)
    words |= {element.key: core_of(element.quote.text) for element in elements}
    return with_answer(original, words[counterfactual.subject])


def assert_true(house: Context, original: Proposal, opportunity: Opportunity) -> int:
    """Check every figure against a whole new scoring, and return how many there were."""
    scorer = house.scorer
    catalogue = scorer.catalogue([opportunity])
    counted = counterfactuals(scorer, scorer.encode_proposal(original), opportunity)
    for counterfactual in counted:
        encoded = scorer.encode_proposal(changed(original, opportunity, counterfactual))
        match = scorer.explain(encoded, catalogue, 0, scorer.fits(encoded, catalogue))
        assert (counterfactual.fit, counterfactual.verdict) == (match.fit, match.eligibility.verdict)
        if counterfactual.change is Change.PRIORITY_ADDRESSED:
            assert counterfactual.sentence.endswith(f"to {match.fit:.2f}.")
    return len(counted)


def test_what_is_not_addressed_is_answered_in_the_notices_words_and_scored_again(house: Context) -> None:
    answer = next(one for one in found(house, PROPOSAL, TWO_THINGS) if one.subject == "1.c")
    assert answer.change is Change.PRIORITY_ADDRESSED
    before = match_opportunities(house.scorer, proposal(), [notice(TWO_THINGS)], JUNE).everything[0].match.fit
    assert answer.fit >= before + LEAST_GAIN
    assert answer.sentence == (
        "Answering “compost kitchen scraps with municipal haulers” would bring the fit "
        f"from {before:.2f} to {answer.fit:.2f}."
    )


@pytest.mark.parametrize("text", [GARDENS, TWO_THINGS, GOALS, DISTRICTS_ONLY, LIMITED, HULLS])
@pytest.mark.parametrize("read", [PROPOSAL, LARGE_REQUEST])
def test_every_figure_is_what_the_scorer_gives_for_the_changed_proposal(house: Context, text: str, read: str) -> None:
    assert_true(house, proposal(read), notice(text))


def test_the_same_holds_for_the_bundled_proposals_and_notices(house: Context) -> None:
    proposals = [read_proposal(read_file(path)) for path in sorted((CHECKOUT / "seeds" / "proposals").iterdir())]
    notices = [read_notice(read_file(path)) for path in sorted((CHECKOUT / "opportunities").glob("ed-*.yaml"))]
    notices.append(read_notice(read_file(CHECKOUT / "seeds" / "race-to-the-top-district.txt")))
    assert sum(assert_true(house, proposals[number], other) for number in (0, 3, 8) for other in notices) > 50


def test_an_applicant_that_is_shut_out_learns_who_could_lead(house: Context) -> None:
    lead, *_ = found(house, PROPOSAL, DISTRICTS_ONLY)
    assert (lead.change, lead.subject) == (Change.LEAD_APPLICANT, "local_educational_agencies")
    assert lead.sentence == "Eligible if a local educational agency (LEA) leads."
    assert lead.verdict is Verdict.ELIGIBLE


def test_a_request_beyond_the_ceiling_learns_what_could_be_asked_for(house: Context) -> None:
    request, *_ = found(house, LARGE_REQUEST, LIMITED)
    assert (request.change, request.verdict) == (Change.AMOUNT_REQUESTED, Verdict.ELIGIBLE)
    assert request.sentence == "Eligible with a request of $50,000."


def test_an_eligible_applicant_gets_no_advice_on_eligibility(house: Context) -> None:
    assert all(one.change is Change.PRIORITY_ADDRESSED for one in found(house, PROPOSAL, TWO_THINGS))


def test_only_the_few_answers_that_gain_most_are_told_best_first(house: Context) -> None:
    wishes = "".join(f"      - {words}\n" for words in (
        "compost kitchen scraps with municipal haulers", "collect rainwater in underground cisterns",
        "monitor pollinators such as monarch butterflies", "sell surplus produce on weekly markets",
        "archive heirloom varieties in cooled vaults",
    ))  # fmt: skip
    answers = found(house, PROPOSAL, GARDENS.replace("eligibility:", f"{wishes}eligibility:"))
    assert len(answers) == MOST_ANSWERS
    assert [one.fit for one in answers] == sorted((one.fit for one in answers), reverse=True)


def test_where_nothing_at_all_is_addressed_no_answer_is_advised(house: Context) -> None:
    welding = HULLS.replace("kind: purpose", "kind: absolute")
    match = match_opportunities(house.scorer, proposal(), [notice(welding)], JUNE).everything[0].match
    assert band(match.fit) is Band.WEAK
    assert found(house, PROPOSAL, welding) == ()


def test_goals_are_a_choice_so_no_second_one_is_advised(house: Context) -> None:
    assert all(one.subject != "2" for one in found(house, PROPOSAL, GOALS))


def test_nothing_is_encoded_that_was_not_encoded_before(house: Context, encoder: BagOfWords) -> None:
    with_two = GARDENS.replace(
        "      - teach children to grow food\n",
        "      - compost kitchen scraps (those of canteens included), as described in the municipal code\n",
    ).replace("grow food.", "grow food. Compost kitchen scraps with haulers. Keep bees on every roof of the district.")
    match_opportunities(house.scorer, proposal(), [notice(with_two)], JUNE)
    before = len(encoder.encoded)
    assert found(house, PROPOSAL, with_two)
    assert len(encoder.encoded) == before


def test_the_shown_match_and_what_would_change_it_start_from_the_same_fit(house: Context) -> None:
    listed = match_opportunities(house.scorer, proposal(), [notice(HULLS), notice(TWO_THINGS)], JUNE).everything[0]
    full = match_in_full(house.scorer, proposal(), notice(TWO_THINGS), JUNE)
    assert full.match == listed.match
    assert full.counterfactuals
    assert f"from {listed.match.fit:.2f} to" in full.counterfactuals[0].sentence


def test_only_the_first_matches_of_a_list_are_looked_at_more_closely(house: Context) -> None:
    notices = [notice(TWO_THINGS.replace("id: gardens", f"id: gardens-{number}")) for number in range(EXPLAINED + 1)]
    ranking = match_opportunities(house.scorer, proposal(), notices, JUNE)
    looked_at = with_counterfactuals(house.scorer, proposal(), ranking.everything)
    assert [bool(ranked.counterfactuals) for ranked in looked_at] == [True] * EXPLAINED + [False]
    assert [ranked.match for ranked in looked_at] == [ranked.match for ranked in ranking.everything]


def test_one_change_takes_a_moment(house: Context) -> None:
    path = CHECKOUT / "seeds" / "proposals" / "healthy-neighborhood-markets.docx"
    opportunity = read_notice(read_file(CHECKOUT / "opportunities" / "la2050-grants-challenge-2015.yaml"))
    encoded = house.scorer.encode_proposal(read_proposal(read_file(path)))
    counterfactuals(house.scorer, encoded, opportunity)
    started = time.process_time()
    counterfactuals(house.scorer, encoded, opportunity)
    asks = sum(1 + len(priority.elements) for priority in opportunity.priorities)
    assert time.process_time() - started < asks * LONG_FOR_ONE_CHANGE
