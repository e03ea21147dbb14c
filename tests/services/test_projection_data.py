"""What the projection is fitted to: a benchmark as the product ranks it, without what may not be learned."""

from pathlib import Path

import numpy as np
import pytest

from matcher.scoring.scorer import Scorer
from matcher.services.beir import read_benchmark
from matcher.services.projection_data import ranking, titled
from tests.fakes import BagOfWords
from tests.services.benchmarks import write_benchmark


@pytest.fixture
def scorer() -> Scorer:
    encoder = BagOfWords()
    return Scorer(encoder.encode, encoder.model_id)


def test_only_judged_proposals_stand_in_a_ranking_with_every_opportunity(tmp_path: Path, scorer: Scorer) -> None:
    found = ranking(scorer, read_benchmark(write_benchmark(tmp_path / "little")))
    assert found is not None
    assert found.labels.tolist() == [[True, False, False], [False, False, True]]
    assert found.targets.shape == (3, found.proposals.vectors.shape[1])
    assert found.proposals.starts.tolist() == [0, 1, 3]
    assert np.linalg.norm(found.targets, axis=1) == pytest.approx(1)
    assert found.lexical[0].argmax() == 0


def test_a_proposal_that_fits_what_is_not_allowed_takes_no_part_nor_does_the_opportunity(
    tmp_path: Path, scorer: Scorer
) -> None:
    benchmark = read_benchmark(write_benchmark(tmp_path / "little"))
    found = ranking(scorer, benchmark, lambda identifier: identifier != "gardens")
    assert found is not None
    assert found.labels.tolist() == [[False, True]]
    assert ranking(scorer, benchmark, lambda identifier: identifier == "hulls") is None


def test_titles_stand_beside_the_passages_of_their_own_text(tmp_path: Path, scorer: Scorer) -> None:
    corpus = {"a": ("School gardens", "Plant vegetables and trees."), "b": ("Only a title", "Only a title")}
    found = titled(scorer, read_benchmark(write_benchmark(tmp_path / "texts", corpus, {}, {})))
    assert found is not None
    assert len(found.titles) == 1
    assert found.texts.starts.tolist() == [0, 1]
    alone = write_benchmark(tmp_path / "alone", {"b": corpus["b"]}, {}, {})
    assert titled(scorer, read_benchmark(alone)) is None
