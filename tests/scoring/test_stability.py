"""A fit rests on what a proposal says, not on how: measured with the real model on versions that mean the same."""

import pytest

from benchmarks.quality.stability import VERSIONS, bundled_proposals, moves, paraphrases, with_answers
from matcher.domain.proposal import Proposal
from matcher.scoring.catalogue import Catalogue
from matcher.scoring.scorer import Scorer
from tests.fakes import BagOfWords
from tests.scoring.examples import GARDENS, PROPOSAL

MOST_MEAN_MOVE = 0.05
CHOSEN = ("alliance-blast.txt", "turnaround-arts.md")


@pytest.fixture(scope="module")
def proposals() -> dict[str, Proposal]:
    return bundled_proposals()


def test_a_paraphrase_hardly_moves_a_fit(
    real_scorer: Scorer, some_notices: Catalogue, proposals: dict[str, Proposal]
) -> None:
    found = moves(real_scorer, some_notices, paraphrases(proposals))
    assert len(found) >= 30
    assert found.mean() < MOST_MEAN_MOVE


@pytest.mark.parametrize("version", VERSIONS)
def test_neither_case_nor_order_nor_boilerplate_moves_a_fit_much(
    real_scorer: Scorer, some_notices: Catalogue, proposals: dict[str, Proposal], version: str
) -> None:
    pairs = [(proposals[name], VERSIONS[version](proposals[name])) for name in CHOSEN]
    found = moves(real_scorer, some_notices, pairs)
    assert len(found) >= 30
    assert found.mean() < MOST_MEAN_MOVE


def test_another_project_moves_it_more_than_other_words_do(
    real_scorer: Scorer, some_notices: Catalogue, proposals: dict[str, Proposal]
) -> None:
    charters, arts = (proposals[name] for name in CHOSEN)
    said_otherwise = moves(real_scorer, some_notices, paraphrases(proposals)).mean()
    assert moves(real_scorer, some_notices, [(charters, arts)]).mean() > said_otherwise


def test_the_order_of_sections_changes_nothing_at_all(encoder: BagOfWords) -> None:
    scorer = Scorer(encoder.encode, encoder.model_id)
    backwards = with_answers(PROPOSAL, [(one.question, one.answer) for one in reversed(PROPOSAL.sections)])
    assert moves(scorer, scorer.catalogue([GARDENS]), [(PROPOSAL, backwards)]).max() < 1e-4
