"""From similarities to a fit: a fixed standardization and a logistic model for each level of targets.

Order and meaning are kept apart from the candidates at hand: nothing is standardized over the candidates of a query, so
the same number means the same for every proposal, and "nothing fits" can be the answer. The parameters stand in
`data/fusion.json`; `benchmarks/quality/fit_fusion.py` fits them and `docs/scoring.md` says what each is worth.
"""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray
from pydantic import TypeAdapter

from matcher.scoring.products import Floats
from matcher.scoring.similarity import SIMILARITIES


@dataclass(frozen=True, slots=True)
class Logistic:
    """A logistic model of one level: one weight per standardized similarity, and an intercept."""

    weights: tuple[float, ...]
    intercept: float

    def __post_init__(self) -> None:
        if len(self.weights) != len(SIMILARITIES):
            raise ValueError(f"{len(self.weights)} weights for {len(SIMILARITIES)} similarities")


@dataclass(frozen=True, slots=True)
class Fusion:
    """The parameters of the score.

    `centers` and `scales` say what each similarity is on average over unrelated pairs and how far it strays, for the
    vectors of `model`. A word in common says less about a line than about a page, so `wholes` (opportunities) and
    `parts` (their priorities and elements) each have a model. `addressed` is the fit from which a part counts as
    addressed.
    """

    model: str
    centers: tuple[float, ...]
    scales: tuple[float, ...]
    wholes: Logistic
    parts: Logistic
    addressed: float

    def __post_init__(self) -> None:
        if not len(self.centers) == len(self.scales) == len(SIMILARITIES):
            raise ValueError(
                f"{len(self.centers)} centers and {len(self.scales)} scales for {len(SIMILARITIES)} similarities"
            )

    def log_odds(self, similarities: Floats, level: Logistic) -> NDArray[np.float64]:
        """Return the log-odds of a match: float64 [targets, queries].

        Args:
            similarities: float32 [3, targets, queries], as `SIMILARITIES` names them.
            level: `wholes` or `parts`.
        """
        found = np.full(similarities.shape[1:], level.intercept, dtype=np.float64)
        for similarity, center, scale, weight in zip(
            similarities, self.centers, self.scales, level.weights, strict=True
        ):
            found += (similarity - np.float64(center)) * (weight / scale)
        return found


def fit_of(log_odds: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the fits, in 0 to 1, that belong to log-odds."""
    return np.asarray(1.0 / (1.0 + np.exp(-log_odds)), dtype=np.float64)


@cache
def bundled_fusion() -> Fusion:
    """Return the parameters that the package carries."""
    stored = files("matcher.scoring") / "data" / "fusion.json"
    return TypeAdapter(Fusion).validate_json(stored.read_bytes())
