"""Rank the proposals of a benchmark with the product's own scorer, and measure the ranking."""

from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

import numpy as np

from matcher.scoring.scorer import Scorer
from matcher.services.beir import Benchmark, read_benchmark
from matcher.services.progress import Progress, silent

Run = dict[str, list[tuple[str, float]]]
"""Query id to (corpus id, score), best first."""

MEASURES = ("nDCG@10", "RR", "R@10", "R@50")
"""In the spelling of ir-measures; RR is the reciprocal rank, whose mean is the MRR."""

RUN_DEPTH = 1000
_RUN_NAME = "matcher"
_SEED, _SAMPLES = 20261122, 1000
_BLOCK = 32
"""Proposals encoded together, so that batches are full."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean over queries with its 95 % confidence interval."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Evaluation:
    """One benchmark ranked and measured; `measures` is empty where nothing is judged."""

    name: str
    queries: int
    opportunities: int
    run: Run
    measures: dict[str, Estimate]


def evaluate(scorer: Scorer, folder: Path, *, progress: Progress = silent) -> Evaluation:
    """Rank every query of the BEIR directory `folder` against its corpus.

    Raises:
        DocumentRejected: The directory is not in the BEIR layout.
    """
    benchmark = read_benchmark(folder)
    run = rank_benchmark(scorer, benchmark, progress=progress)
    return Evaluation(
        name=benchmark.name,
        queries=len(benchmark.proposals),
        opportunities=len(benchmark.opportunities),
        run=run,
        measures=measure(run, benchmark.judgements),
    )


def rank_benchmark(scorer: Scorer, benchmark: Benchmark, *, progress: Progress = silent) -> Run:
    """Return the run of every query: the whole corpus down to `RUN_DEPTH`, best first, ties by identifier."""
    catalogue = scorer.catalogue(benchmark.opportunities)
    identifiers = [opportunity.opportunity_id for opportunity in benchmark.opportunities]
    run: Run = {}
    query_ids = list(benchmark.proposals)
    for start in progress(range(0, len(query_ids), _BLOCK)):
        block = query_ids[start : start + _BLOCK]
        queries = scorer.encode_queries([benchmark.proposals[query_id] for query_id in block])
        for query_id, query in zip(block, queries, strict=True):
            scores = scorer.ranking_scores(query, catalogue).tolist()
            ranked = sorted(zip(identifiers, scores, strict=True), key=lambda pair: (-pair[1], pair[0]))
            run[query_id] = ranked[:RUN_DEPTH]
    return run


def measure(run: Run, judgements: dict[str, dict[str, int]]) -> dict[str, Estimate]:
    """Return each of `MEASURES` over the judged queries, computed by ir-measures, with its confidence interval."""
    import ir_measures

    judged = {
        query: {document: int(grade > 0) for document, grade in grades.items()}
        for query, grades in judgements.items()
        if query in run
    }
    ranked = {query: dict(pairs) for query, pairs in run.items()}
    by_measure: dict[str, list[float]] = {}
    for found in ir_measures.iter_calc([ir_measures.parse_measure(name) for name in MEASURES], judged, ranked):
        by_measure.setdefault(str(found.measure), []).append(float(found.value))
    return {name: estimate(values) for name, values in by_measure.items()}


def estimate(values: list[float]) -> Estimate:
    """Return the mean of per-query values with its 95 % interval from 1,000 bootstrap samples (fixed seed)."""
    observed = np.array(values)
    chosen = np.random.default_rng(_SEED).integers(len(observed), size=(_SAMPLES, len(observed)))
    low, high = np.quantile(observed[chosen].mean(axis=1), [0.025, 0.975])
    return Estimate(float(observed.mean()), float(low), float(high))


def write_run(evaluation: Evaluation, file: TextIO) -> None:
    """Write a run in the six columns of TREC: query, Q0, document, rank from 1, score, run name."""
    for query, pairs in evaluation.run.items():
        for position, (document, score) in enumerate(pairs, start=1):
            file.write(f"{query} Q0 {document} {position} {score:.6f} {_RUN_NAME}\n")
