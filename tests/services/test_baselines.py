"""The baselines, against examples that are computed by hand."""

import sys
from collections.abc import Sequence

import numpy as np
import pytest

from matcher.domain.evidence import Span
from matcher.domain.opportunity import Opportunity
from matcher.domain.proposal import Proposal, Section
from matcher.errors import Unrecoverable
from matcher.services.baselines import BASELINES, Baselines, Bm25, PassageVectors, TfIdf, reciprocal_ranks
from tests.fakes import BagOfWords

WORDS = [["garden", "school"], ["garden", "choir", "choir"], ["hull"]]
"""Three documents; the middle one is half as long again as the average of two words."""


def proposal(text: str, title: str = "") -> Proposal:
    return Proposal(title, text, (Section("", text, Span(0, len(text))),))


def test_bm25_weighs_a_word_by_its_rarity_its_count_and_the_length_of_the_document() -> None:
    rarity = np.log(1 + (3 - 1 + 0.5) / (1 + 0.5))
    saturation = 2 / (2 + 1.2 * (1 - 0.75 + 0.75 * 3 / 2))
    assert Bm25(WORDS).scores([["choir"]])[0] == pytest.approx([0, rarity * saturation, 0])


def test_bm25_counts_a_word_of_the_query_as_often_as_it_stands() -> None:
    once, twice = Bm25(WORDS).scores([["choir"], ["choir", "choir"]])
    assert twice == pytest.approx(2 * once)


def test_tf_idf_is_a_cosine_with_sublinear_counts_and_the_idf_of_the_corpus() -> None:
    common, rare = np.log(4 / 3) + 1, np.log(4 / 2) + 1
    choir = (1 + np.log(2)) * rare
    assert TfIdf(WORDS).scores([["choir"]])[0] == pytest.approx([0, choir / np.hypot(common, choir), 0])


@pytest.mark.parametrize("lexical", [Bm25, TfIdf])
def test_a_text_without_known_words_scores_nothing(lexical: type[Bm25] | type[TfIdf]) -> None:
    assert lexical(WORDS).scores([[], ["unheard"]]).tolist() == [[0, 0, 0], [0, 0, 0]]
    assert lexical([[], []]).scores([["choir"]]).tolist() == [[0, 0]]


def test_without_bm25s_the_extra_that_holds_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "bm25s", None)
    with pytest.raises(Unrecoverable, match="extra `evaluate`"):
        Bm25(WORDS)


def test_one_vector_is_the_mean_of_the_passages_and_the_best_passage_the_closest_pair() -> None:
    directions = {"east": [1.0, 0.0], "north": [0.0, 1.0], "northeast": [0.5**0.5, 0.5**0.5]}

    def encode(texts: Sequence[str]) -> np.ndarray:
        return np.array([directions[text] for text in texts], dtype=np.float32)

    index = PassageVectors([["east", "north"], ["north"]], encode)
    one_vector, best_passage = index.scores([["northeast"], ["east", "east"]])
    assert one_vector == pytest.approx(np.array([[1.0, 0.5**0.5], [0.5**0.5, 0.0]]), abs=1e-6)
    assert best_passage == pytest.approx(np.array([[0.5**0.5, 0.5**0.5], [1.0, 0.0]]), abs=1e-6)


def test_a_place_is_worth_the_reciprocal_of_sixty_and_the_place_and_what_was_not_found_nothing() -> None:
    assert reciprocal_ranks(np.array([2, 0]), 3).tolist() == [1 / 62, 0, 1 / 61]


def test_rank_fusion_adds_the_places_of_bm25_and_of_one_vector(encoder: BagOfWords) -> None:
    corpus = [
        Opportunity("gardens", "Gardens", "Gardens at schools."),
        Opportunity("choirs", "Choirs", "Neighborhood choirs, and gardens."),
        Opportunity("hulls", "Hulls", "Titanium hulls."),
    ]
    scores = Baselines(corpus, encoder.encode).scores([proposal("Gardens at schools, gardens at schools.")])
    assert tuple(scores) == BASELINES
    lexical, dense = scores["bm25"][0], scores["one-vector"][0]
    assert lexical[0] > lexical[1] > lexical[2] == 0
    assert dense[0] > dense[1] >= dense[2] == 0
    assert scores["rank-fusion"][0] == pytest.approx([2 / 61, 2 / 62, 1 / 63])


def test_a_title_counts_once_and_an_identifier_that_stands_in_for_one_not_at_all(encoder: BagOfWords) -> None:
    Baselines([Opportunity("m7", "m7", "Rivers"), Opportunity("m8", "Parks", "Parks")], encoder.encode)
    assert encoder.encoded == ["Rivers", "Parks"]


def test_baselines_read_titles_and_the_passages_of_the_text(encoder: BagOfWords) -> None:
    long = " ".join(f"Sentence number {number} speaks of rivers and parks." for number in range(40))
    baselines = Baselines([Opportunity("a", "Rivers", long)], encoder.encode)
    assert encoder.encoded[0] == "Rivers"
    assert len(encoder.encoded) > 2
    assert all(matrix.shape == (2, 1) for matrix in baselines.scores([proposal(long, "Parks"), proposal("")]).values())
