"""What evaluations of several benchmarks say together, and the same as JSON."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

import numpy as np

from matcher.services.baselines import ONE_VECTOR
from matcher.services.evaluate import PRODUCT, Evaluation, Measured
from matcher.services.measures import MAIN_MEASURE, MEASURES, Estimate, estimate

Means = dict[str, float]
"""Measure to a mean over benchmarks, in which each benchmark counts the same."""


@dataclass(frozen=True, slots=True)
class Lead:
    """How far the product is ahead of one baseline on one benchmark: a mean of paired differences for each measure."""

    baseline: str
    differences: dict[str, Estimate]


def best_baseline(evaluation: Evaluation) -> Lead | None:
    """Return the product's lead over the baseline with the best nDCG@10; None without baselines or judgements."""
    product, *baselines = evaluation.systems or (None,)
    if product is None or not baselines or not evaluation.judged:
        return None
    best = max(baselines, key=lambda one: one.estimates[MAIN_MEASURE].mean)
    return Lead(best.system, {name: estimate(product.values[name] - best.values[name]) for name in MEASURES})


def means(evaluations: Sequence[Evaluation]) -> dict[str, Means]:
    """Return the mean of each measure over the benchmarks where something is judged, by system."""
    judged = [evaluation for evaluation in evaluations if evaluation.judged]
    by_system: dict[str, list[Measured]] = {}
    for measured in (one for evaluation in judged for one in evaluation.systems):
        by_system.setdefault(measured.system, []).append(measured)
    return {
        system: {name: float(np.mean([one.estimates[name].mean for one in measured])) for name in MEASURES}
        for system, measured in by_system.items()
    }


def ratio_to_one_vector(by_system: dict[str, Means]) -> Means | None:
    """Return the product's means divided by those of the usual peer design, one vector a document."""
    if PRODUCT not in by_system or ONE_VECTOR not in by_system:
        return None
    product, peer = by_system[PRODUCT], by_system[ONE_VECTOR]
    return {name: product[name] / peer[name] for name in MEASURES if peer[name]}


def as_json(evaluations: Sequence[Evaluation], fingerprint: str) -> dict[str, object]:
    """Return everything that was measured, for a JSON document; `fingerprint` names the scorer."""
    by_system = means(evaluations)
    return {
        "fingerprint": fingerprint,
        "benchmarks": [_benchmark(evaluation) for evaluation in evaluations],
        "means": by_system,
        "ratio_to_one_vector": ratio_to_one_vector(by_system),
    }


def _benchmark(evaluation: Evaluation) -> dict[str, object]:
    systems = {one.system: {name: asdict(found) for name, found in one.estimates.items()} for one in evaluation.systems}
    lead = best_baseline(evaluation)
    return {
        "name": evaluation.name,
        "queries": evaluation.proposals,
        "judged": evaluation.judged,
        "opportunities": evaluation.opportunities,
        "measures": systems.pop(PRODUCT, {}),
        "baselines": systems,
        "best_baseline": None if lead is None else asdict(lead),
    }
