"""The quality gate: the ranking of two small sets must not get worse unnoticed; `gate/README.md` describes them.

    python benchmarks/quality/gate.py [--accept]

compares the figures with `gate/accepted.json` and ends with code 1 where they fell too far; with `--accept` it writes
them down as the new standard.
"""

import argparse
import json
import sys
from datetime import date
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import yaml
from tqdm import tqdm

from matcher.bootstrap import build
from matcher.notices.reader import read_notice
from matcher.proposals.reader import read_proposal
from matcher.scoring.scorer import Scorer
from matcher.services.beir import Benchmark, read_benchmark
from matcher.services.evaluate import Product, evaluate
from matcher.services.measures import MAIN_MEASURE
from matcher.settings import Settings
from matcher.text.documents import read_file

CHECKOUT = Path(__file__).parents[2]
GATE = Path(__file__).parent / "gate"
ACCEPTED = GATE / "accepted.json"
MOST_LOST_IN_MEAN = 0.01
MOST_LOST_IN_ONE_SET = 0.03
LEAST_GRADE = 2
"""A good part of the work fits: `seeds/README.md`."""
KEPT_MEASURES = (MAIN_MEASURE, "RR")

Figures = dict[str, dict[str, float]]
"""Set to measure to mean."""


def notices() -> Benchmark:
    """Return the bundled proposals with the bundled opportunities that somebody graded for one of them."""
    seeds = CHECKOUT / "seeds"
    judgments = yaml.safe_load((seeds / "judgments.yaml").read_text(encoding="utf-8"))
    grades = {file: {entry["opportunity_id"]: entry["grade"] for entry in own} for file, own in judgments.items()}
    graded = sorted({opportunity_id for own in grades.values() for opportunity_id in own})
    return Benchmark(
        name="notices",
        opportunities=tuple(read_notice(read_file(CHECKOUT / "opportunities" / f"{name}.yaml")) for name in graded),
        proposals={file: read_proposal(read_file(seeds / file)) for file in grades},
        judgements={
            file: {name: int(grade >= LEAST_GRADE) for name, grade in own.items()} for file, own in grades.items()
        },
    )


def sets() -> list[Benchmark]:
    """Return what the gate measures."""
    return [notices(), read_benchmark(GATE / "challenge")]


def figures(scorer: Scorer) -> Figures:
    """Rank and measure every set."""
    found: Figures = {}
    for benchmark in sets():
        bar = partial(tqdm, desc=benchmark.name, disable=None, leave=False)
        (measured,) = evaluate(benchmark, [Product(scorer, benchmark.opportunities)], progress=bar).systems
        found[benchmark.name] = {name: round(measured.estimates[name].mean, 4) for name in KEPT_MEASURES}
    return found


def mean(found: Figures) -> float:
    """Return the mean nDCG@10 over the sets."""
    return float(np.mean([own[MAIN_MEASURE] for own in found.values()]))


def losses(accepted: Figures, found: Figures) -> list[str]:
    """Return a sentence for each figure that fell too far; the sets must be the same."""
    if accepted.keys() != found.keys():
        return [f"the accepted figures are of {', '.join(accepted)}, not of {', '.join(found)}: run with --accept"]
    pairs = [("the mean", mean(accepted), mean(found), MOST_LOST_IN_MEAN)]
    pairs += [
        (name, own[MAIN_MEASURE], found[name][MAIN_MEASURE], MOST_LOST_IN_ONE_SET) for name, own in accepted.items()
    ]
    return [
        f"{MAIN_MEASURE} of {name} fell from {before:.4f} to {after:.4f}, by more than {most}"
        for name, before, after, most in pairs
        if before - after > most
    ]


def measure_now() -> tuple[Figures, str]:
    """Return the figures of the present code and the fingerprint of its scorer."""
    with TemporaryDirectory() as home:
        house = build(Settings(home=Path(home), database_url="", precision="float32"))
        try:
            return figures(house.scorer), house.scorer.fingerprint
        finally:
            house.store.close()


def main() -> None:
    """Measure, and compare or accept."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--accept", action="store_true", help="write the figures down as the new standard")
    accepts = parser.parse_args().accept
    found, fingerprint = measure_now()
    for name, own in found.items():
        print(f"{name:10} " + "  ".join(f"{measure} {value:.4f}" for measure, value in own.items()))
    print(f"{'mean':10} {MAIN_MEASURE} {mean(found):.4f}")
    if accepts:
        record = {"accepted_on": date.today().isoformat(), "fingerprint": fingerprint, "sets": found}
        ACCEPTED.write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")
        return
    if lost := losses(json.loads(ACCEPTED.read_text(encoding="utf-8"))["sets"], found):
        sys.exit("\n".join(lost))


if __name__ == "__main__":
    main()
