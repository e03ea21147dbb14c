"""Measure "addressed": which of a challenge's priorities did the applicants name, and which does the scorer find.

    python benchmarks/quality/matrix.py BEIR-DIRECTORY...

One row per benchmark: precision, recall and F1 of "addressed" over all pairs of a proposal and a priority, and the
average precision of the fits behind it. `every` is the F1 of calling every priority addressed: what a matrix without a
scorer is worth. The targets should be single statements; `matcher/services/beir.py` makes each a notice with one
priority.
"""

import sys
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from matcher.bootstrap import Context, build
from matcher.domain.proposal import Proposal
from matcher.scoring.fusion import bundled_fusion
from matcher.services.beir import Benchmark, read_benchmark
from matcher.settings import Settings

_SILENT = Proposal("Title", "", ())


@dataclass(frozen=True)
class Matrix:
    """What was said and what was found, each [proposals, priorities]: named by the applicant, fit, called addressed."""

    named: NDArray[np.bool_]
    fits: NDArray[np.float64]
    addressed: NDArray[np.bool_]


def matrix_of(house: Context, benchmark: Benchmark) -> Matrix:
    """Score every judged proposal against every priority of a benchmark."""
    scorer = house.scorer
    catalogue = scorer.catalogue(benchmark.opportunities)
    named, fits = [], []
    for identifier, grades in tqdm(benchmark.judgements.items(), desc=benchmark.name, leave=False):
        proposal = benchmark.proposals[identifier]
        # the sentences that could be quoted take most of the time to encode, and no fit looks at them
        encoded = replace(scorer.encode_proposal(_SILENT), query=scorer.encode_queries([proposal])[0])
        fits.append(scorer.fits(encoded, catalogue).priorities)
        named.append([grades.get(opportunity.opportunity_id, 0) > 0 for opportunity in benchmark.opportunities])
    return Matrix(np.array(named), np.array(fits), np.array(fits) >= bundled_fusion().addressed)


def figures(matrix: Matrix) -> dict[str, float]:
    """Return the figures of one row."""
    named, addressed = matrix.named, matrix.addressed
    hits, said, found = int((named & addressed).sum()), int(named.sum()), int(addressed.sum())
    return {
        "named": said / named.size,
        "addressed": found / named.size,
        "precision": hits / max(found, 1),
        "recall": hits / max(said, 1),
        "F1": 2 * hits / max(said + found, 1),
        "every": 2 * said / (said + named.size),
        "average precision": average_precision(matrix.fits.ravel(), named.ravel()),
    }


def average_precision(fits: NDArray[np.float64], named: NDArray[np.bool_]) -> float:
    """Return the mean of the precision at each named pair, all pairs in one list by fit; ties share their precision."""
    order = np.argsort(-fits, kind="stable")
    _, last_of_tie = np.unique(-fits[order], return_index=True)
    ends = np.append(last_of_tie[1:], len(fits))
    hits = np.cumsum(named[order])[ends - 1]
    return float((np.diff(hits, prepend=0) * hits / ends).sum() / max(int(named.sum()), 1))


def main(arguments: list[str]) -> None:
    """Print one row per benchmark named on the command line, and the mean."""
    house = build(Settings(), show_progress=True)
    rows = []
    for argument in arguments:
        benchmark = read_benchmark(Path(argument))
        row = figures(matrix_of(house, benchmark))
        if not rows:
            print(f"{'benchmark':28} {'proposals':>9} {'priorities':>10} " + " ".join(f"{name:>17}" for name in row))
        rows.append(row)
        size = f"{len(benchmark.judgements):9} {len(benchmark.opportunities):10}"
        print(f"{benchmark.name:28} {size} " + " ".join(f"{value:17.3f}" for value in row.values()))
    means = [float(np.mean([row[name] for row in rows])) for name in rows[0]]
    print(f"{'mean':28} {'':20} " + " ".join(f"{value:17.3f}" for value in means))


if __name__ == "__main__":
    main(sys.argv[1:])
