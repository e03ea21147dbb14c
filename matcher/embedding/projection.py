"""Fit a linear projection of the vectors to whole rankings: the last step of an adapter, and the one worth most.

Where low-rank adaptation sees one right answer beside a batch of others, this sees every answer of a benchmark at once
(listwise softmax: Cao et al. 2007, ICML, "Learning to Rank: From Pairwise Approach to Listwise Approach"), beside the
lexical similarity that the score adds to it, so that it learns what words alone do not tell. It works on vectors that
are there already: seconds instead of minutes. A matrix of DIMENSIONS x DIMENSIONS learns by heart what is in front of
it, so it starts as the identity, is drawn back to it, and stops early.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from torch import Tensor

    from matcher.embedding.encoder import Vectors

STEPS = 10
RATE = 2e-3
SHARPNESS = 20.0
"""What cosines are multiplied with before the softmax."""
PULL = 0.3
"""The weight of the squared distance from the identity."""
_MOST_TITLES = 300


@dataclass(frozen=True, slots=True)
class Documents:
    """Passages of several documents, none of which is empty.

    Document n has rows starts[n] to starts[n + 1] of the unit `vectors` [passages, dimensions].
    """

    vectors: "Vectors"
    starts: NDArray[np.int64]

    def means(self) -> "Vectors":
        """Return the mean of each document at unit length: float32 [documents, dimensions]."""
        sums = np.add.reduceat(self.vectors, self.starts[:-1], axis=0)
        return np.asarray(sums / np.linalg.norm(sums, axis=1, keepdims=True), dtype=np.float32)

    def some(self, random: np.random.Generator) -> "Vectors":
        """Return one passage of each document, by chance: float32 [documents, dimensions]."""
        return self.vectors[random.integers(self.starts[:-1], self.starts[1:])]


@dataclass(frozen=True, slots=True)
class Ranking:
    """Proposals, what they are ranked against, and which of it is right.

    Attributes:
        proposals: Their passages.
        targets: Unit vectors [targets, dimensions].
        lexical: The lexical cosine of each pair: float32 [proposals, targets].
        labels: What fits: bool [proposals, targets], at least one in each row.
    """

    proposals: Documents
    targets: "Vectors"
    lexical: NDArray[np.float32]
    labels: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Titled:
    """Titles, unit vectors [texts, dimensions], and the passages of the text under each."""

    titles: "Vectors"
    texts: Documents


def fit_projection(rankings: Sequence[Ranking], titled: Sequence[Titled], dimensions: int, seed: int) -> "Tensor":
    """Return the projection, float16 [dimensions, dimensions]: a vector v becomes v times it.

    Titles with their texts keep it from forgetting what is not in the rankings. Every ranking counts the same.

    Args:
        rankings: What is learned.
        titled: What is kept.
        dimensions: The length of a vector.
        seed: Decides which passages are seen in which step.
    """
    import torch

    random = np.random.default_rng(seed)
    lists = [_Listwise(ranking) for ranking in rankings]
    projection = torch.eye(dimensions, requires_grad=True)
    identity = torch.eye(dimensions)
    optimizer = torch.optim.Adam([projection], lr=RATE)
    for _ in range(STEPS):
        loss = PULL * ((projection - identity) ** 2).sum()
        for one in lists:
            loss = loss + one.loss(projection, random)
        for texts in titled:
            loss = loss + _title_loss(texts, projection, random)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return projection.detach().to(torch.float16)


class _Listwise:
    """The loss of one ranking, seen twice: by the mean of each proposal, and by one of its passages."""

    def __init__(self, ranking: Ranking) -> None:
        import torch

        self._proposals = ranking.proposals
        self._means = torch.from_numpy(ranking.proposals.means())
        self._targets = torch.from_numpy(ranking.targets)
        self._lexical = torch.from_numpy(ranking.lexical)
        labels = torch.from_numpy(ranking.labels).float()
        self._shares = labels / labels.sum(dim=1, keepdim=True)

    def loss(self, projection: "Tensor", random: np.random.Generator) -> "Tensor":
        import torch

        targets = _projected(self._targets, projection)
        views = (self._means, torch.from_numpy(self._proposals.some(random)))
        return torch.stack([self._loss_of(view, projection, targets) for view in views]).sum()

    def _loss_of(self, view: "Tensor", projection: "Tensor", targets: "Tensor") -> "Tensor":
        import torch

        similarities = _projected(view, projection) @ targets.T + self._lexical
        return -(torch.log_softmax(SHARPNESS * similarities, dim=1) * self._shares).sum(dim=1).mean()


def _title_loss(titled: Titled, projection: "Tensor", random: np.random.Generator) -> "Tensor":
    """Return how poorly some titles, by chance, find a passage of their own text among those of the others."""
    import torch

    chosen = torch.from_numpy(random.permutation(len(titled.titles))[:_MOST_TITLES])
    titles = _projected(torch.from_numpy(titled.titles)[chosen], projection)
    texts = _projected(torch.from_numpy(titled.texts.some(random))[chosen], projection)
    return torch.nn.functional.cross_entropy(SHARPNESS * titles @ texts.T, torch.arange(len(chosen)))


def _projected(vectors: "Tensor", projection: "Tensor") -> "Tensor":
    import torch

    return torch.nn.functional.normalize(vectors @ projection, dim=1)
