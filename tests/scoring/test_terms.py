"""The lexical half of the score."""

from zlib import crc32

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.scoring.terms import (
    BUCKETS,
    LEAST_SPREAD,
    TermIndex,
    TermWeights,
    buckets_of,
    document_frequencies,
    spread,
    stems,
    term_weights,
    weights_of_documents,
)


def test_inflections_share_a_stem_and_function_words_have_none() -> None:
    assert stems("The students were tutoring; tutored a student.") == ["student", "tutor", "tutor", "student"]


def test_a_vector_has_unit_length_and_sorted_buckets() -> None:
    terms = term_weights("community gardens for the community")
    assert np.linalg.norm(terms.weights) == pytest.approx(1, abs=1e-6)
    assert (np.diff(terms.buckets.astype(np.int64)) > 0).all()


def test_a_rare_word_weighs_more_than_a_common_one() -> None:
    common, rare = term_weights("program"), term_weights("beekeeping")
    both = term_weights("program beekeeping")
    index = TermIndex([common, rare])
    similarity = index.similarities([both])[:, 0]
    assert similarity[1] > similarity[0] > 0


def test_a_text_without_words_resembles_nothing() -> None:
    index = TermIndex([term_weights(""), term_weights("gardens"), term_weights("42 — !")])
    assert index.similarities([term_weights("gardens")]).T.tolist() == [[0, pytest.approx(1), 0]]
    assert index.similarities([term_weights("")]).T.tolist() == [[0, 0, 0]]
    assert TermIndex([]).similarities([term_weights("gardens")]).shape == (0, 1)


def test_the_index_agrees_with_pairs_taken_one_by_one() -> None:
    texts = ["housing for veterans", "veterans health", "art in schools", "school health and housing"]
    documents = [term_weights(text) for text in texts]
    query = term_weights("health of veterans in housing")

    def cosine(one: TermWeights, other: TermWeights) -> float:
        shared, first, second = np.intersect1d(one.buckets, other.buckets, return_indices=True)
        return float(one.weights[first] @ other.weights[second]) if len(shared) else 0.0

    expected = [cosine(query, document) for document in documents]
    assert TermIndex(documents).similarities([query])[:, 0] == pytest.approx(expected, abs=1e-6)


def test_the_similarity_of_a_pair_does_not_depend_on_the_other_documents() -> None:
    query, document = term_weights("river clean-up"), term_weights("cleaning rivers and lakes")
    alone = TermIndex([document]).similarities([query])[0]
    among = TermIndex([term_weights("river"), document, term_weights("lakes")]).similarities([query])[1]
    assert alone == among


def test_a_document_weighs_the_same_alone_and_among_others_to_the_last_bit() -> None:
    texts = ["community gardens for the community", "", "Don’t cut 2nd-grade art; art matters.", "rivers " * 40]
    for text, among in zip(texts, weights_of_documents([buckets_of(text) for text in texts]), strict=True):
        alone = term_weights(text)
        assert among.buckets.tolist() == alone.buckets.tolist()
        assert among.weights.tobytes() == alone.weights.tobytes()


@given(st.text("aB1 .’_-\n\u2003é", max_size=60))
def test_what_stands_between_spaces_holds_the_terms_of_the_text(text: str) -> None:
    assert buckets_of(text) == [crc32(stem.encode()) % BUCKETS for stem in stems(text)]


def test_a_text_of_common_words_spreads_as_far_as_chance_would_have_it() -> None:
    text, background = term_weights("community program for students in schools"), document_frequencies()
    share, rarity = background.shares(text.buckets), background.rarity(text.buckets)
    occurs = np.random.default_rng(0).random((20_000, len(share))) < share
    products = occurs @ (text.weights * rarity)
    assert spread(text) == pytest.approx(products.std(), rel=0.02)


def test_a_text_of_special_words_spreads_less_but_never_nearly_nothing() -> None:
    assert spread(term_weights("Teach almond growers pest management")) < spread(
        term_weights("Teach people new skills")
    )
    assert spread(term_weights("beekeeping")) == spread(term_weights("")) == LEAST_SPREAD


def test_arrays_that_do_not_pair_up_are_refused_with_both_lengths() -> None:
    with pytest.raises(ValueError, match="2 buckets and 1 weights"):
        TermWeights(np.array([1, 2], dtype=np.uint32), np.array([1], dtype=np.float32))
