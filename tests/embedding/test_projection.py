"""The projection: learns what whole rankings tell, forgets nothing else, and is the same every time."""

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from matcher.embedding.projection import Documents, Ranking, Titled, fit_projection

DIMENSIONS = 16
TARGETS = 8


def unit(vectors: NDArray[np.float64]) -> NDArray[np.float32]:
    return (vectors / np.linalg.norm(vectors, axis=-1, keepdims=True)).astype(np.float32)


def documents(vectors: NDArray[np.float32], passages: int) -> Documents:
    return Documents(vectors, np.arange(0, len(vectors) + 1, passages))


def drowned(seed: int, proposals: int = 60) -> Ranking:
    """Return a ranking whose first half of dimensions tells what fits, drowned by chance in the second half."""
    random = np.random.default_rng(seed)
    signals = np.zeros((TARGETS, DIMENSIONS))
    signals[:, :TARGETS] = np.eye(TARGETS)
    labels = np.eye(TARGETS, dtype=np.bool_)[random.integers(TARGETS, size=proposals)]
    noise = np.zeros((2 * proposals, DIMENSIONS))
    noise[:, TARGETS:] = 2 * random.normal(size=(2 * proposals, TARGETS))
    own = np.repeat(labels.astype(float) @ signals, 2, axis=0)
    targets = signals + np.concatenate([np.zeros((TARGETS, TARGETS)), random.normal(size=(TARGETS, TARGETS))], axis=1)
    return Ranking(
        documents(unit(own + noise), 2), unit(targets), np.zeros((proposals, TARGETS), dtype=np.float32), labels
    )


def lead(ranking: Ranking, projection: torch.Tensor) -> float:
    """Return how far the cosine with what fits lies above the mean cosine with all."""
    matrix = projection.float().numpy()
    scores = unit(ranking.proposals.means() @ matrix) @ unit(ranking.targets @ matrix).T
    return float((scores[ranking.labels] - scores.mean(axis=1)).mean())


def test_what_is_learned_from_some_proposals_holds_for_others() -> None:
    learned, other = drowned(1), drowned(2)
    other = Ranking(other.proposals, learned.targets, other.lexical, other.labels)
    projection = fit_projection([learned], [], DIMENSIONS, seed=3)
    assert lead(other, projection) > 1.02 * lead(other, torch.eye(DIMENSIONS)) > 0


def test_without_anything_to_learn_it_is_the_identity() -> None:
    assert torch.equal(fit_projection([], [], DIMENSIONS, seed=3), torch.eye(DIMENSIONS, dtype=torch.float16))


def test_what_words_tell_already_is_not_learned_again() -> None:
    ranking = drowned(1)
    told = Ranking(ranking.proposals, ranking.targets, ranking.labels.astype(np.float32), ranking.labels)
    identity = torch.eye(DIMENSIONS)
    moves = [
        float((fit_projection([one], [], DIMENSIONS, seed=3).float() - identity).norm()) for one in (ranking, told)
    ]
    assert moves[1] < moves[0]


def test_titles_keep_finding_their_texts() -> None:
    random = np.random.default_rng(5)
    titles = unit(random.normal(size=(40, DIMENSIONS)))
    texts = documents(unit(np.repeat(titles, 2, axis=0) + 0.5 * random.normal(size=(80, DIMENSIONS))), 2)

    def found(projection: torch.Tensor) -> float:
        matrix = projection.float().numpy()
        scores = unit(titles @ matrix) @ unit(texts.means() @ matrix).T
        return float((np.log(np.exp(20 * scores).sum(axis=1)) - 20 * scores.diagonal()).mean())

    with_titles = fit_projection([drowned(1)], [Titled(titles, texts)], DIMENSIONS, seed=3)
    assert found(with_titles) < found(fit_projection([drowned(1)], [], DIMENSIONS, seed=3))


def test_the_same_seed_gives_the_same_matrix_and_another_seed_another() -> None:
    one, same, other = (fit_projection([drowned(1)], [], DIMENSIONS, seed=seed) for seed in (3, 3, 4))
    assert torch.equal(one, same)
    assert not torch.equal(one, other)


def test_a_documents_mean_has_length_one_and_a_passage_by_chance_is_its_own() -> None:
    own = documents(unit(np.array([[1.0, 0], [0, 1], [1, 1], [1, 1]])), 2)
    assert own.means() == pytest.approx(unit(np.array([[1.0, 1], [1, 1]])), abs=1e-6)
    chosen = own.some(np.random.default_rng(1))
    assert chosen[0].tolist() in ([1, 0], [0, 1])
    assert chosen[1].tolist() == own.vectors[2].tolist()
