"""Fit the parameters of the score.

    python benchmarks/quality/fit_fusion.py BEIR-DIRECTORY...

writes `matcher/scoring/data/fusion.json`. Centers and scales are averages over all pairs and read no labels. Only three
numbers are fitted to labels: slope and intercept of one logistic curve, and the fit from which a priority counts as
addressed.
"""

import json
import sys
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from matcher.bootstrap import Context, build
from matcher.embedding.bundled_model import ADAPTED_NAME
from matcher.embedding.sentence_transformer import identity
from matcher.scoring.fusion import Fusion, fit_of
from matcher.services.beir import Benchmark, read_benchmark
from matcher.settings import Settings

TARGET = Path(__file__).parents[2] / "matcher" / "scoring" / "data" / "fusion.json"
SEED = 20261122
MOST_QUERIES = 100
PRIOR = 0.1
"""The share of real matches among the pairs that a fit is meant for: one opportunity in ten that one looks at fits."""
STATEMENT_WORDS = 20
"""A benchmark whose targets are shorter holds single statements, as priorities and their elements are."""


@dataclass(frozen=True)
class Sample:
    """Some proposals of a benchmark: similarities [proposals, opportunities, 3], labels [proposals, opportunities]."""

    similarities: NDArray[np.float32]
    labels: NDArray[np.bool_]
    holds_statements: bool


def draw(house: Context, benchmark: Benchmark) -> Sample:
    """Compare a random choice of a benchmark's proposals with all of its opportunities."""
    catalogue = house.scorer.catalogue(benchmark.opportunities)
    chosen = np.random.default_rng(SEED).permutation(sorted(benchmark.judgements))[:MOST_QUERIES]
    similarities, labels = [], []
    for identifier in tqdm(chosen, desc=benchmark.name, leave=False):
        query = house.scorer.encode_queries([benchmark.proposals[identifier]])[0]
        similarities.append(catalogue.wholes.index.similarities(query, query.vectors @ catalogue.rows.T))
        grades = benchmark.judgements[identifier]
        labels.append([grades.get(opportunity.opportunity_id, 0) > 0 for opportunity in benchmark.opportunities])
    words = float(np.median([len(opportunity.text.split()) for opportunity in benchmark.opportunities]))
    return Sample(np.array(similarities), np.array(labels), words < STATEMENT_WORDS)


def fit(samples: list[Sample], model: str) -> Fusion:
    """Return the parameters; every benchmark counts the same."""
    fusion = Fusion(
        model=model,
        centers=tuple(np.mean([s.similarities.mean(axis=(0, 1)) for s in samples], axis=0).round(5).tolist()),
        scales=tuple(np.mean([s.similarities.std(axis=(0, 1)) for s in samples], axis=0).round(5).tolist()),
        slope=1.0,
        intercept=0.0,
        addressed=0.5,
    )
    # with a slope of one and no intercept, log-odds are the standardized sums
    sums = [fusion.log_odds(s.similarities.reshape(-1, s.similarities.shape[2])) for s in samples]
    slope, intercept = logistic(sums, [s.labels.ravel() for s in samples])
    fusion = replace(fusion, slope=round(slope, 5), intercept=round(intercept, 5))
    statements = [
        (fit_of(fusion.slope * values + fusion.intercept), sample.labels.ravel())
        for values, sample in zip(sums, samples, strict=True)
        if sample.holds_statements
    ]
    return replace(fusion, addressed=best_threshold(statements))


def logistic(sums: list[NDArray[np.float64]], labels: list[NDArray[np.bool_]]) -> tuple[float, float]:
    """Fit slope and intercept by Newton's method; matches weigh `PRIOR` in each benchmark."""
    weights = np.concatenate([np.where(y, PRIOR / y.sum(), (1 - PRIOR) / (~y).sum()) for y in labels])
    x, y = np.concatenate(sums), np.concatenate(labels).astype(float)
    design = np.stack([x, np.ones_like(x)], axis=1)
    beta = np.array([0.1, -2.0])
    for _ in range(100):
        fits = 1 / (1 + np.exp(-design @ beta))
        curvature = (design * (weights * fits * (1 - fits))[:, np.newaxis]).T @ design
        step = np.linalg.solve(curvature, design.T @ (weights * (y - fits)))
        beta += step
        if np.abs(step).max() < 1e-10:
            break
    return float(beta[0]), float(beta[1])


def best_threshold(samples: list[tuple[NDArray[np.float64], NDArray[np.bool_]]]) -> float:
    """Return the fit with the best F1 for "the applicant named this priority", averaged over the benchmarks."""
    candidates = np.arange(0.05, 0.95, 0.05)  # the curve is flat; a finer choice would be chance
    scores = [
        sum(2 * ((fits >= least) & y).sum() / ((fits >= least).sum() + y.sum()) for fits, y in samples)
        for least in candidates
    ]
    return round(float(candidates[int(np.argmax(scores))]), 2)


def main(arguments: list[str]) -> None:
    """Fit the score on the directories named on the command line."""
    house = build(Settings(), show_progress=True)
    samples = [draw(house, read_benchmark(Path(argument))) for argument in arguments]
    text = json.dumps(asdict(fit(samples, identity(ADAPTED_NAME))), indent=2)
    TARGET.write_text(text + "\n", encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main(sys.argv[1:])
