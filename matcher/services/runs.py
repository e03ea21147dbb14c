"""Runs: which opportunities answer each query, best first, as the tools around TREC read them.

`trec_eval` holds scores in single precision and orders equal ones by descending document identifier, whatever rank a
file gives (`comp_sim_docno` in its source). Runs follow the same rule, so that a figure taken from a file is the figure
that was printed.
"""

from collections.abc import Iterable, Sequence
from typing import TextIO

import numpy as np
from numpy.typing import NDArray

from matcher.errors import DocumentRejected
from matcher.services.beir import Benchmark

Run = dict[str, list[tuple[str, float]]]
"""Query id to (corpus id, score), best first."""

RUN_DEPTH = 1000


def tie_places(identifiers: Sequence[str]) -> NDArray[np.int64]:
    """Return the place of each identifier among equal scores: int64 [identifiers]."""
    places = np.empty(len(identifiers), dtype=np.int64)
    places[sorted(range(len(identifiers)), key=identifiers.__getitem__, reverse=True)] = np.arange(len(identifiers))
    return places


def best_first(scores: NDArray[np.float64], ties: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the positions of the opportunities by falling score, equal ones by `ties`: int64 [opportunities]."""
    return np.lexsort((ties, -scores.astype(np.float32)))


def run_of(query_ids: Sequence[str], identifiers: Sequence[str], scores: NDArray[np.float64]) -> Run:
    """Return the run of some queries down to `RUN_DEPTH`; `scores` is [queries, opportunities], higher is better."""
    ties = tie_places(identifiers)
    run: Run = {}
    for query_id, row in zip(query_ids, scores, strict=True):
        kept = best_first(row, ties)[:RUN_DEPTH]
        run[query_id] = [
            (identifiers[position], score)
            for position, score in zip(kept, row[kept].astype(np.float32).tolist(), strict=True)
        ]
    return run


def write_run(run: Run, name: str, file: TextIO) -> None:
    """Write a run in the six columns of TREC: query, Q0, document, rank from 1, score, run name."""
    for query, pairs in run.items():
        for position, (document, score) in enumerate(pairs, start=1):
            # nine digits bring every single-precision number back
            file.write(f"{query} Q0 {document} {position} {score:.9g} {name}\n")


def require_writable(benchmarks: Iterable[Benchmark]) -> None:
    """Refuse benchmarks whose runs could not be told apart, or taken apart, in one TREC file.

    Raises:
        DocumentRejected: Two benchmarks share a query identifier, or an identifier holds white space.
    """
    owners: dict[str, str] = {}
    for benchmark in benchmarks:
        documents = [opportunity.opportunity_id for opportunity in benchmark.opportunities]
        broken = next((name for name in (*benchmark.proposals, *documents) if len(name.split()) != 1), None)
        if broken is not None:
            raise DocumentRejected(
                f"the identifier {broken!r} holds white space, which ends a column of a TREC run: rename it, or "
                "evaluate without --run-out",
                source=benchmark.name,
            )
        for query in benchmark.proposals:
            if query in owners:
                raise DocumentRejected(
                    f"the query {query} is one of {owners[query]} too, and a TREC run tells queries apart by "
                    "identifier alone: evaluate the directories one by one",
                    source=benchmark.name,
                )
            owners[query] = benchmark.name
