"""All figures of performance in one run, each beside its baseline or the limit of the machine.

    python -m benchmarks [OPPORTUNITIES] [--only NAME]... [--pictures FOLDER]

measures with catalogues of up to OPPORTUNITIES (100,000) of four vectors each, and prints one table. Each benchmark is
run in a process of its own, which tells its peak of memory. The ratio is one of processor times, so that it holds on a
machine that does other work too; clocks are worth reading on a quiet one. `--pictures` draws the growth curves. At
100,000 the whole run takes about ten minutes on two cores, most of it to lay out the notices.
"""

import argparse
from collections.abc import Callable
from pathlib import Path

from benchmarks.performance import batches, doors, encoding, peers, rescoring, scoring
from benchmarks.performance.figures import Figure, in_own_process, table
from benchmarks.performance.growth import draw

OPPORTUNITIES = 100_000
PROPOSALS = 10_000
"""The most that are stored to score new notices against; to store as many takes half a minute."""

Bench = Callable[[int], list[Figure]]


def plan(size: int) -> dict[str, tuple[Bench, tuple[int, ...]]]:
    """Return every benchmark by its name, with the sizes that it runs at."""
    sizes = (size // 100, size // 10, size)
    proposals = min(size, PROPOSALS)
    return {
        "machine": (scoring.machine, (size,)),
        "encoding": (encoding.passages, (size,)),
        "one": (scoring.one_proposal, (*sizes, size * 5 // 2)),
        "peers": (peers.peers, (size // 10, size)),
        "rescore": (scoring.full_rescore, sizes),
        "change": (scoring.a_change, sizes),
        "incremental": (rescoring.new_notices, (proposals // 100, proposals // 10, proposals)),
        "explain": (rescoring.explanations, (size,)),
        "import": (batches.imported, (size,)),
        "digest": (batches.rendered, (size,)),
        "doors": (doors.doors, (size,)),
    }


CURVES = {
    "one": ("One proposal against a catalogue", "notices of four vectors each"),
    "rescore": ("2,000 proposals against a catalogue", "notices of four vectors each"),
    "change": ("A catalogue after ten notices changed", "notices of four vectors each"),
    "incremental": ("Ten new notices against stored proposals", "stored proposals"),
}
"""The benchmarks that have a growth curve: its title, and what its sizes count."""


def main() -> None:
    """Measure what the command line names."""
    parser = argparse.ArgumentParser()
    parser.add_argument("opportunities", type=int, nargs="?", default=OPPORTUNITIES)
    parser.add_argument("--only", action="append", metavar="NAME")
    parser.add_argument("--pictures", type=Path, metavar="FOLDER")
    chosen = parser.parse_args()
    found: list[Figure] = []
    for name, (bench, sizes) in plan(chosen.opportunities).items():
        if chosen.only and name not in chosen.only:
            continue
        figures = [figure for size in sizes for figure in in_own_process(bench, max(size, 1))]
        found += figures
        print(table(figures), flush=True)
        if chosen.pictures and name in CURVES:
            draw(chosen.pictures / f"{name}.svg", *CURVES[name], [one for one in figures if one.size is not None])
    print(f"\n{table(found)}")


if __name__ == "__main__":
    main()
