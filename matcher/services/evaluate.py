"""Rank the proposals of a benchmark with the product's own scorer, and measure the ranking."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from matcher.domain.opportunity import Opportunity
from matcher.domain.proposal import Proposal
from matcher.errors import DocumentRejected
from matcher.scoring.scorer import AT_ONCE, Scorer
from matcher.services.beir import Benchmark, read_benchmark
from matcher.services.measures import Estimate, Judgements, estimate, per_query
from matcher.services.progress import Progress, silent
from matcher.services.runs import Run, run_of
from matcher.services.training_pairs import Fold, held_out

PRODUCT = "matcher"
"""The name of the product among the systems that are measured."""


class System(Protocol):
    """Scores proposals against the opportunities of one benchmark, in one way or in several that share their work."""

    def scores(self, proposals: Sequence[Proposal]) -> Mapping[str, NDArray[np.float64]]:
        """Return a matrix [proposals, opportunities] for each way of scoring, by its name; higher is better."""
        ...


class Product:
    """The product's own scorer as a `System`."""

    def __init__(self, scorer: Scorer, opportunities: Sequence[Opportunity]) -> None:
        self._scorer = scorer
        self._catalogue = scorer.catalogue(opportunities)

    def scores(self, proposals: Sequence[Proposal]) -> dict[str, NDArray[np.float64]]:
        """Return what the product orders opportunities by."""
        queries = self._scorer.encode_queries(proposals)
        return {PRODUCT: self._scorer.ranking_scores(queries, self._catalogue)}


@dataclass(frozen=True, slots=True)
class Measured:
    """One system on one benchmark: the values of each measure, one per measured query, in the order of the queries."""

    system: str
    values: dict[str, NDArray[np.float64]]

    @property
    def estimates(self) -> dict[str, Estimate]:
        """Each measure's mean with its interval; empty where nothing was measured."""
        return {name: estimate(values) for name, values in self.values.items() if len(values)}


@dataclass(frozen=True, slots=True)
class Evaluation:
    """One benchmark ranked and measured; `judged` counts the proposals that were measured, the product comes first."""

    name: str
    proposals: int
    judged: int
    opportunities: int
    systems: tuple[Measured, ...]


def _forget(_system: str, _run: Run) -> None:
    """Keep no run."""


def evaluate(
    benchmark: Benchmark,
    systems: Sequence[System],
    *,
    progress: Progress = silent,
    keep: Callable[[str, Run], None] = _forget,
) -> Evaluation:
    """Rank every proposal of `benchmark` against its whole corpus with each of `systems`, in one pass.

    Args:
        benchmark: Proposals without judgements are ranked and not measured.
        systems: Made for the opportunities of this benchmark; the product first.
        progress: Sees the blocks of proposals go by.
        keep: Is given each system's name with the run of each block of proposals.
    """
    identifiers = [opportunity.opportunity_id for opportunity in benchmark.opportunities]
    query_ids = list(benchmark.proposals)
    values: dict[str, dict[str, dict[str, float]]] = {}
    for start in progress(range(0, len(query_ids), AT_ONCE)):
        block = query_ids[start : start + AT_ONCE]
        proposals = [benchmark.proposals[query_id] for query_id in block]
        for system, scores in (pair for one in systems for pair in one.scores(proposals).items()):
            run = run_of(block, identifiers, scores)
            keep(system, run)
            for name, found in per_query(run, benchmark.judgements).items():
                values.setdefault(system, {}).setdefault(name, {}).update(found)
    measured = [query_id for query_id in query_ids if query_id in benchmark.judgements]
    return Evaluation(
        name=benchmark.name,
        proposals=len(query_ids),
        judged=len(measured),
        opportunities=len(identifiers),
        systems=tuple(
            Measured(system, {name: np.array([found[query] for query in measured]) for name, found in by_name.items()})
            for system, by_name in values.items()
        ),
    )


def read_benchmarks(folders: Sequence[Path]) -> list[Benchmark]:
    """Read BEIR directories, all of them before the long work begins.

    Raises:
        DocumentRejected: A directory is not in the BEIR layout, or there is nothing to rank in it.
    """
    benchmarks = [read_benchmark(folder) for folder in folders]
    for folder, benchmark in zip(folders, benchmarks, strict=True):
        for file, content in (("corpus.jsonl", benchmark.opportunities), ("queries.jsonl", benchmark.proposals)):
            if not content:
                raise DocumentRejected(
                    "holds no line; the BEIR layout has one for each document", source=str(folder / file)
                )
    return benchmarks


def only_held_out(judgements: Judgements, share: float, fold: Fold = Fold.FIRST) -> Judgements:
    """Return the judgements of the queries all of whose relevant opportunities `fold` holds out."""
    return {
        query: grades
        for query, grades in judgements.items()
        if all(held_out(document, share, fold) for document, grade in grades.items() if grade > 0)
    }
