"""Faults of every kind in every journey, one after another; nothing may be lost, nothing doubled.

    python -m benchmarks.faults [FAULTS] [SEED] [sqlite|postgresql]

Each fault is a line: the journey, what befell it and when, how it ended, and what was wrong afterwards. A process is
killed with -9, runs out of disk, may only read, meets somebody who writes and does not end, or loses its connections;
mail server and web source answer wrongly, slowly or not at all; the clock is wrong. After each, `matcher check` must
find nothing, and the journey, made again, must come to what an undisturbed one comes to (`tests/faults`).
"""

import sys
import tempfile
import time
from collections import Counter
from contextlib import ExitStack
from pathlib import Path
from random import Random

from matcher.store.transfer import move_store
from tests.faults.journeys import lay_in
from tests.faults.trials import Trials
from tests.postgres_server import FAST, PostgresServer

FAULTS, SEED = 500, 1
_FILLED = "filled"


def main(count: int = FAULTS, seed: int = SEED, engine: str = "sqlite") -> int:
    """Let so many faults happen, print a line for each, and return how many went wrong."""
    print(f"{count} faults on {engine}, seed {seed}", flush=True)
    kinds: Counter[str] = Counter()
    wrong = repeats = 0
    began = time.process_time()
    with ExitStack() as opened:
        folder = Path(opened.enter_context(tempfile.TemporaryDirectory()))
        trials = _trials(folder, engine, opened)
        for fault in trials.faults(Random(seed), count):  # noqa: S311 - chance, not secrets
            verdict = trials.run(fault)
            kinds[fault.kind] += 1
            wrong += bool(verdict.problems)
            repeats += verdict.repeats
            print(verdict.line, flush=True)
    told = ", ".join(f"{number} {kind}" for kind, number in sorted(kinds.items()))
    print(f"{count} faults ({told}): {wrong} lost or doubled something; {repeats} mails repeated under one Message-ID")
    print(f"{time.process_time() - began:.0f} s of processor time here, beside that of the processes that were broken")
    return wrong


def _trials(folder: Path, engine: str, opened: ExitStack) -> Trials:
    stock = folder / "stock"
    lay_in(stock)
    if engine == "sqlite":
        return Trials(stock, folder)
    server = PostgresServer(*FAST)
    opened.callback(server.remove)
    filled = server.create(_FILLED)
    move_store(f"sqlite:///{stock / 'home' / 'matcher.db'}", filled, lambda _: lambda portions: portions)
    return Trials(stock, folder, lambda number: server.create(f"world_{number}", _FILLED))


if __name__ == "__main__":
    asked = sys.argv[1:]
    sys.exit(main(*map(int, asked[:2]), *asked[2:]) != 0)
