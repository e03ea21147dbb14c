"""Compare the product's ranking with named baselines, in one run over BEIR directories.

    python benchmarks/quality/compare.py BEIR-DIRECTORY...

Baselines: TF-IDF over full texts, one vector of the untouched model per document (the usual peer design), and
its best passage. Queries whose answers were used to train the adapter are left out of `nsf-awards-to-notices`, so that
its figure is a held-out one.
"""

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from matcher.bootstrap import Context, build
from matcher.embedding.bundled_model import NAME
from matcher.scoring.catalogue import Catalogue
from matcher.scoring.scorer import Scorer
from matcher.scoring.similarity import Query
from matcher.services.beir import Benchmark, read_benchmark
from matcher.services.evaluate import Run, measure
from matcher.services.training_pairs import held_out
from matcher.settings import Settings

TRAINED_NOTICES = {"nsf-awards-to-notices": 0.5}
Score = Callable[[Query, Catalogue], NDArray[np.float64]]


def lexical(query: Query, catalogue: Catalogue) -> NDArray[np.float64]:
    """TF-IDF cosine of the full texts."""
    return catalogue.wholes.index.similarities(query, query.vectors @ catalogue.rows.T)[:, 2].astype(float)


def one_vector(query: Query, catalogue: Catalogue) -> NDArray[np.float64]:
    """Cosine of the mean vectors: one vector per document."""
    return catalogue.wholes.index.similarities(query, query.vectors @ catalogue.rows.T)[:, 1].astype(float)


def best_passage(query: Query, catalogue: Catalogue) -> NDArray[np.float64]:
    """Cosine of the best pair of passages."""
    return catalogue.wholes.index.similarities(query, query.vectors @ catalogue.rows.T)[:, 0].astype(float)


def run_of(benchmark: Benchmark, scorer: Scorer, catalogue: Catalogue, scores: dict[str, Score]) -> dict[str, Run]:
    """Rank every query with every way of scoring."""
    names = [opportunity.opportunity_id for opportunity in benchmark.opportunities]
    runs: dict[str, Run] = {name: {} for name in scores}
    for identifier, proposal in tqdm(benchmark.proposals.items(), desc=benchmark.name, leave=False):
        query = scorer.encode_queries([proposal])[0]
        for way, score in scores.items():
            values = score(query, catalogue).tolist()
            ranked = sorted(zip(names, values, strict=True), key=lambda pair: (-pair[1], pair[0]))
            runs[way][identifier] = ranked[:1000]
    return runs


def without_trained(benchmark: Benchmark) -> Benchmark:
    """Leave out the queries whose answers the adapter was trained on."""
    share = TRAINED_NOTICES.get(benchmark.name)
    if share is None:
        return benchmark
    kept = {
        query: grades
        for query, grades in benchmark.judgements.items()
        if all(held_out(name, share) for name, grade in grades.items() if grade > 0)
    }
    proposals = {query: benchmark.proposals[query] for query in kept}
    return replace(benchmark, proposals=proposals, judgements=kept)


def figures(benchmark: Benchmark, house: Context, untouched: Context) -> dict[str, float]:
    """Return nDCG@10 by way of scoring."""
    plain = untouched.scorer.catalogue(benchmark.opportunities)
    ways: dict[str, Score] = {"TF-IDF": lexical, "one vector": one_vector, "best passage": best_passage}
    runs = run_of(benchmark, untouched.scorer, plain, ways)
    ours = house.scorer.catalogue(benchmark.opportunities)
    runs |= run_of(benchmark, house.scorer, ours, {"matcher": house.scorer.ranking_scores})
    return {way: measure(run, benchmark.judgements)["nDCG@10"].mean for way, run in runs.items()}


def main(arguments: list[str]) -> None:
    """Print one row per benchmark named on the command line, and the mean."""
    house = build(Settings(), show_progress=True)
    untouched = build(Settings(model=NAME), show_progress=True)
    rows = []
    for argument in arguments:
        benchmark = without_trained(read_benchmark(Path(argument)))
        row = figures(benchmark, house, untouched)
        if not rows:
            print(f"{'benchmark':36} {'queries':>8} " + " ".join(f"{way:>16}" for way in row))
        rows.append(row)
        print(f"{benchmark.name:36} {len(benchmark.proposals):8} " + " ".join(f"{x:16.3f}" for x in row.values()))
    means = {way: float(np.mean([row[way] for row in rows])) for way in rows[0]}
    print(f"{'mean':36} {'':8} " + " ".join(f"{x:16.3f}" for x in means.values()))
    print(f"matcher / one vector: {means['matcher'] / means['one vector']:.3f}")


if __name__ == "__main__":
    main(sys.argv[1:])
