"""Measures of a ranking: one value a query, and means with the interval that chance leaves them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.services.runs import Run

MEASURES = ("nDCG@10", "RR", "R@10", "R@50")
"""In the spelling of ir-measures; RR is the reciprocal rank, whose mean is the MRR."""

MAIN_MEASURE = "nDCG@10"
"""What systems are compared by."""

Judgements = dict[str, dict[str, int]]
"""Query id to corpus id to grade; a grade above 0 is relevant."""

_SEED, _SAMPLES = 20261122, 1000


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean over queries with its 95 % confidence interval."""

    mean: float
    low: float
    high: float


def per_query(run: Run, judgements: Judgements) -> dict[str, dict[str, float]]:
    """Return each of `MEASURES` for every judged query of a run, computed by ir-measures: measure to query to value.

    Gain is binary. What nobody judged counts as not relevant, and a query without judgements is not measured.
    """
    import ir_measures

    values: dict[str, dict[str, float]] = {name: {} for name in MEASURES}
    judged = {
        query: {document: int(grade > 0) for document, grade in judgements[query].items()}
        for query in run
        if query in judgements
    }
    ranked = {query: dict(run[query]) for query in judged}
    for found in ir_measures.iter_calc([ir_measures.parse_measure(name) for name in MEASURES], judged, ranked):
        values[str(found.measure)][found.query_id] = float(found.value)
    return values


def estimate(values: NDArray[np.float64]) -> Estimate:
    """Return the mean of per-query values [queries] with its 95 % interval from 1,000 bootstrap samples (fixed seed).

    For the per-query differences of two systems this is the paired bootstrap (Sakai, SIGIR 2006): every sample takes
    the same queries of both.

    Raises:
        ValueError: There is no value.
    """
    if not len(values):
        raise ValueError("the mean of no query is unknown")
    chosen = np.random.default_rng(_SEED).integers(len(values), size=(_SAMPLES, len(values)))
    low, high = np.quantile(values[chosen].mean(axis=1), [0.025, 0.975])
    return Estimate(float(values.mean()), float(low), float(high))
