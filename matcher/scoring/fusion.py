"""From similarities to a fit: a fixed standardization and one logistic curve, the same for every pair.

Order and meaning are kept apart from the candidates at hand: nothing is standardized over the candidates of a query, so
the same number means the same for every proposal, and "nothing fits" can be the answer. The parameters stand in
`data/fusion.json`; `benchmarks/quality/fit_fusion.py` fits them and `docs/scoring.md` says what each is worth.
"""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from matcher.scoring.similarity import SIMILARITIES, Floats


@dataclass(frozen=True, slots=True)
class Fusion:
    """The parameters of the score.

    `centers` and `scales` say what each similarity is on average over unrelated pairs and how far it strays, for the
    vectors of `model`. `slope` and `intercept` are the logistic curve. `addressed` is the fit from which a priority or
    an element counts as addressed.
    """

    model: str
    centers: tuple[float, ...]
    scales: tuple[float, ...]
    slope: float
    intercept: float
    addressed: float

    def __post_init__(self) -> None:
        if not len(self.centers) == len(self.scales) == len(SIMILARITIES):
            raise ValueError(
                f"{len(self.centers)} centers and {len(self.scales)} scales for {len(SIMILARITIES)} similarities"
            )

    def log_odds(self, similarities: Floats) -> NDArray[np.float64]:
        """Return the log-odds of a match, a straight line over the standardized sum: [targets, 3] to [targets]."""
        standardized = (similarities - np.array(self.centers)) / np.array(self.scales)
        return np.asarray(self.slope * standardized.sum(axis=1) + self.intercept)


def fit_of(log_odds: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the fits, in 0 to 1, that belong to log-odds."""
    return np.asarray(1.0 / (1.0 + np.exp(-log_odds)), dtype=np.float64)


@cache
def bundled_fusion() -> Fusion:
    """Return the parameters that the package carries."""
    stored = json.loads((files("matcher.scoring") / "data" / "fusion.json").read_text(encoding="utf-8"))
    return Fusion(**{**stored, "centers": tuple(stored["centers"]), "scales": tuple(stored["scales"])})
