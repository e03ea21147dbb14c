"""From similarities to a fit: a fixed standardization and a logistic model for each kind of target.

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

from matcher.scoring.similarity import SIMILARITIES, Floats

STATEMENT_WORDS = 25
"""A target with fewer words is a statement, such as a priority of one line; any other is a text."""


@dataclass(frozen=True, slots=True)
class Logistic:
    """A logistic model of one kind of target: one weight per standardized similarity, and an intercept."""

    weights: tuple[float, ...]
    intercept: float


@dataclass(frozen=True, slots=True)
class Fusion:
    """The parameters of the score.

    `centers` and `scales` say what each similarity is on average over unrelated pairs and how far it strays, for the
    vectors of `model`. A word in common says less about a line than about a page, so `statements` and `texts` each have
    a model. `addressed` is the fit from which a priority or an element counts as addressed.
    """

    model: str
    centers: tuple[float, ...]
    scales: tuple[float, ...]
    statements: Logistic
    texts: Logistic
    addressed: float

    def __post_init__(self) -> None:
        numbers = (self.centers, self.scales, self.statements.weights, self.texts.weights)
        if any(len(values) != len(SIMILARITIES) for values in numbers):
            found = ", ".join(str(len(values)) for values in numbers)
            raise ValueError(
                f"{found} centers, scales and weights of statements and texts for {len(SIMILARITIES)} similarities"
            )

    def log_odds(self, similarities: Floats, words: NDArray[np.int64]) -> NDArray[np.float64]:
        """Return the log-odds of a match: float64 [targets].

        Args:
            similarities: float32 [targets, 3], the columns as `SIMILARITIES` names them.
            words: How many words each target has: int [targets].
        """
        standardized = (similarities - np.array(self.centers)) / np.array(self.scales)
        short, long = (standardized @ np.array(kind.weights) + kind.intercept for kind in (self.statements, self.texts))
        return np.asarray(np.where(words < STATEMENT_WORDS, short, long))


def fit_of(log_odds: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the fits, in 0 to 1, that belong to log-odds."""
    return np.asarray(1.0 / (1.0 + np.exp(-log_odds)), dtype=np.float64)


@cache
def bundled_fusion() -> Fusion:
    """Return the parameters that the package carries."""
    stored = files("matcher.scoring") / "data" / "fusion.json"
    return TypeAdapter(Fusion).validate_json(stored.read_bytes())
