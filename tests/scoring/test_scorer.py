"""Fits and explanations, told by eye with an encoder that counts shared words."""

import numpy as np
import pytest
from pydantic import TypeAdapter

from matcher.domain.match import Match
from matcher.scoring import scorer as scorer_module
from matcher.scoring.scorer import Scorer
from tests.fakes import BagOfWords
from tests.scoring.examples import GARDENS, HULLS, MIXED, PROPOSAL, opportunity, proposal


@pytest.fixture
def scorer(encoder: BagOfWords) -> Scorer:
    return Scorer(encoder.encode, encoder.model_id)


def explained(scorer: Scorer, position: int, *opportunities: object) -> Match:
    catalogue = scorer.catalogue(opportunities)
    encoded = scorer.encode_proposal(PROPOSAL)
    return scorer.explain(encoded, catalogue, position, scorer.fits(encoded, catalogue))


def test_what_fits_comes_before_what_does_not(scorer: Scorer) -> None:
    catalogue = scorer.catalogue([HULLS, GARDENS])
    fits = scorer.fits(scorer.encode_proposal(PROPOSAL), catalogue).opportunities
    assert fits[1] > 0.5 > 0.2 > fits[0]


def test_a_fit_depends_on_its_pair_alone(scorer: Scorer) -> None:
    encoded = scorer.encode_proposal(PROPOSAL)
    alone = scorer.fits(encoded, scorer.catalogue([GARDENS])).opportunities[0]
    among = scorer.fits(encoded, scorer.catalogue([HULLS, GARDENS, MIXED, HULLS])).opportunities[1]
    assert alone == among


def test_fits_and_ranking_scores_agree_on_the_order(scorer: Scorer) -> None:
    catalogue = scorer.catalogue([HULLS, MIXED, GARDENS])
    encoded = scorer.encode_proposal(PROPOSAL)
    fits, [scores] = scorer.fits(encoded, catalogue).opportunities, scorer.ranking_scores([encoded.query], catalogue)
    assert np.argsort(fits).tolist() == np.argsort(scores).tolist() == [0, 1, 2]


def test_the_best_of_several_priorities_lifts_a_notice(scorer: Scorer) -> None:
    encoded = scorer.encode_proposal(PROPOSAL)
    fits = scorer.fits(encoded, scorer.catalogue([HULLS, MIXED]))
    assert fits.opportunities[1] > fits.opportunities[0]
    match = explained(scorer, 1, HULLS, MIXED)
    assert match.priorities[1].fit > match.priorities[0].fit


def test_each_element_is_quoted_from_both_sides_or_not_addressed(scorer: Scorer) -> None:
    priority = explained(scorer, 1, HULLS, GARDENS).priorities[0]
    planted, taught, roofs = priority.elements
    assert planted.evidence[0].proposal.text == "We plant vegetable gardens at public schools with neighbors."
    assert planted.evidence[0].notice.text == "plant vegetable gardens at schools"
    assert planted.evidence[0].question == "Question 1?"
    assert taught.evidence[0].proposal.text.startswith("We teach children to grow food")
    assert not roofs.is_addressed
    assert roofs.evidence == ()


def test_every_quote_stands_in_the_proposal_where_its_span_says(scorer: Scorer) -> None:
    match = explained(scorer, 0, GARDENS)
    quotes = [evidence.proposal for priority in match.priorities for evidence in priority.evidence]
    assert quotes
    assert all(quote.span is not None and quote.span.of(PROPOSAL.text) == quote.text for quote in quotes)


def test_no_more_than_three_quotes_are_given(scorer: Scorer) -> None:
    long = proposal("Gardens", *(f"We plant vegetable gardens at school number {number} today." for number in range(9)))
    catalogue = scorer.catalogue([GARDENS])
    encoded = scorer.encode_proposal(long)
    match = scorer.explain(encoded, catalogue, 0, scorer.fits(encoded, catalogue))
    assert len(match.priorities[0].evidence) == 3


def test_the_same_input_gives_the_same_bytes(encoder: BagOfWords) -> None:
    adapter = TypeAdapter(Match)
    first, second = (
        adapter.dump_json(explained(Scorer(encoder.encode, encoder.model_id), 0, GARDENS, HULLS)) for _ in range(2)
    )
    assert first == second


def test_a_notice_without_priorities_is_scored_as_a_whole(scorer: Scorer) -> None:
    match = explained(scorer, 0, opportunity("bare", "Plant vegetable gardens at public schools"))
    assert match.fit > 0.5
    assert match.priorities == ()


def test_a_priority_buried_deep_in_a_long_notice_is_still_found(scorer: Scorer) -> None:
    filler = " ".join(
        f"Clause {number} governs the reporting of indirect costs to the agency." for number in range(900)
    )
    wanted = " Plant vegetable gardens at public schools and teach children to grow food. "
    words = filler.split(". ")
    encoded = scorer.encode_proposal(PROPOSAL)
    depths = [0, len(words) // 2, len(words) - 1]
    buried = [
        opportunity(str(depth), "Notice", ". ".join(words[:depth]) + wanted + ". ".join(words[depth:]))
        for depth in depths
    ]
    without = opportunity("without", "Notice", filler)
    fits = scorer.fits(encoded, scorer.catalogue([*buried, without])).opportunities
    assert fits[:3].min() > fits[3]
    assert np.ptp(fits[:3]) < 0.02


def test_the_fingerprint_changes_with_the_model_and_with_the_code(
    encoder: BagOfWords, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = Scorer(encoder.encode, "one").fingerprint
    assert before == Scorer(encoder.encode, "one").fingerprint
    assert before != Scorer(encoder.encode, "other").fingerprint
    monkeypatch.setattr(scorer_module, "VERSION", scorer_module.VERSION + 1)
    assert before != Scorer(encoder.encode, "one").fingerprint


def test_only_the_model_that_the_score_was_fitted_for_is_calibrated(scorer: Scorer, encoder: BagOfWords) -> None:
    assert not scorer.is_calibrated
    assert Scorer(encoder.encode, f"{scorer._fusion.model}/float32").is_calibrated
