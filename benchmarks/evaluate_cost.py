"""How long `matcher evaluate` takes from cold, and how much memory it needs at its peak.

    python benchmarks/evaluate_cost.py [--proposals 600] [--opportunities 800] [--words 350] [--baselines] [FOLDER]

Without a BEIR directory it makes one from sentences of the bundled notices, drawn by chance from a fixed seed: the
figures of its ranking mean nothing, its cost does. The command runs in a process of its own, on an empty MATCHER_HOME,
so that no vector is known. The baseline in the same run is a second pass on the same home folder, where every vector is
known: the difference is what encoding costs.
"""

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from matcher.notices.reader import read_notice
from matcher.text.documents import read_file
from matcher.text.sentences import sentence_spans

NOTICES = Path(__file__).parents[1] / "opportunities"
SEED = 20261122
NOTICE_WORDS = 200
"""The mean length of the Grants.gov notices in `nsf-awards-to-notices`, rounded up."""


def sentences() -> list[str]:
    """Return every sentence of the bundled notices."""
    texts = (read_notice(read_file(path)).text for path in sorted(NOTICES.glob("*.yaml")))
    return [span.of(text) for text in texts for span in sentence_spans(text)]


def text_of(words: int, pool: list[str], chance: random.Random) -> str:
    """Return sentences drawn by chance, until there are as many words."""
    drawn: list[str] = []
    while sum(len(sentence.split()) for sentence in drawn) < words:
        drawn.append(chance.choice(pool))
    return " ".join(drawn)


def write_benchmark(folder: Path, proposals: int, opportunities: int, words: int) -> Path:
    """Write a BEIR directory of the size that is asked for; each proposal is judged with one opportunity."""
    chance = random.Random(SEED)  # noqa: S311 — no secret hangs on it
    pool = sentences()
    (folder / "qrels").mkdir(parents=True)
    for name, count, length in (("corpus", opportunities, NOTICE_WORDS), ("queries", proposals, words)):
        with (folder / f"{name}.jsonl").open("w", encoding="utf-8") as file:
            for number in range(count):
                text = text_of(length, pool, chance)
                file.write(json.dumps({"_id": f"{name}-{number}", "title": text[:60], "text": text}) + "\n")
    rows = "".join(f"queries-{number}\tcorpus-{number % opportunities}\t1\n" for number in range(proposals))
    (folder / "qrels" / "test.tsv").write_text(f"query-id\tcorpus-id\tscore\n{rows}", encoding="utf-8")
    return folder


def timed(folder: Path, home: Path, run_out: Path, baselines: bool) -> float:
    """Return how long one evaluation took, in seconds."""
    command = [sys.executable, "-m", "matcher", "evaluate", str(folder), "--run-out", str(run_out)]
    started = time.monotonic()
    subprocess.run(
        [*command, *(["--baselines"] if baselines else [])], check=True, env={**os.environ, "MATCHER_HOME": str(home)}
    )
    return time.monotonic() - started


def main() -> None:
    """Evaluate what the command line names, twice."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--proposals", type=int, default=600)
    parser.add_argument("--opportunities", type=int, default=800)
    parser.add_argument("--words", type=int, default=350, help="words of a proposal")
    parser.add_argument("--baselines", action="store_true")
    chosen = parser.parse_args()
    with TemporaryDirectory() as scratch:
        home, run_out = Path(scratch) / "home", Path(scratch) / "run.txt"
        folder = chosen.folder or write_benchmark(
            Path(scratch) / "made", chosen.proposals, chosen.opportunities, chosen.words
        )
        cold, warm = (timed(folder, home, run_out, chosen.baselines) for _ in range(2))
    # kilobytes on Linux; the larger of the two processes, which is the cold one
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"cold {cold:6.1f} s, warm {warm:6.1f} s, peak memory {peak:,.0f} MiB, {os.cpu_count()} cores")


if __name__ == "__main__":
    main()
