"""Faults of every kind in every journey, one after another; nothing may be lost, nothing doubled.

    python -m benchmarks.faults [FAULTS] [SEED] [sqlite|postgresql] [NUMBER…]

Each fault is a line: the journey, what befell it and when, how it ended, and what was wrong afterwards. A process is
killed with -9, runs out of disk, may only read, meets somebody who writes or holds locks and does not end, or loses its
connections; a file system has no more room for anybody (where this user may mount one); mail server and web source
answer wrongly, slowly or not at all; the clock is wrong. After each, `matcher check` must find nothing, and the
journey, made again, must come to what an undisturbed one comes to (`tests/faults`). At the end the same as a table.
The faults of a seed are always the same, so that single ones can be made again by their NUMBER.
"""

import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from random import Random

from matcher.store.transfer import move_store
from tests.faults.calls import BEFALLEN
from tests.faults.journeys import JOURNEYS, lay_in
from tests.faults.small_disk import small_disk
from tests.faults.trials import Trials
from tests.faults.verdicts import Verdict, Wrong
from tests.postgres_server import FAST, PostgresServer

FAULTS, SEED = 500, 1
_DISK_MEBIBYTES = {"sqlite": 64, "postgresql": 400}
_FILLED, _WORLD = "filled", "world"
_SMALL_LOG = ("-c", "min_wal_size=32MB", "-c", "max_wal_size=48MB")


def main(count: int = FAULTS, seed: int = SEED, engine: str = "sqlite", *numbers: int) -> int:
    """Let so many faults happen, or those of them with these numbers; return how many went wrong.

    Each is printed as a line, and all of them as a table.
    """
    print(f"{count} faults on {engine}, seed {seed}", flush=True)
    began = time.process_time()
    verdicts = []
    with ExitStack() as opened:
        folder = Path(opened.enter_context(tempfile.TemporaryDirectory()))
        trials = _trials(folder, engine, opened)
        for number, fault in enumerate(trials.faults(Random(seed), count), 1):  # noqa: S311 - chance, not secrets
            if not numbers or number in numbers:
                verdicts.append(trials.run(fault))
                print(f"{number} {verdicts[-1].line}", flush=True)
    print("\n".join(_table(verdicts)))
    print(_answers(verdicts))
    print(f"{sum(one.repeats for one in verdicts)} mails repeated under one Message-ID")
    print(f"{time.process_time() - began:.0f} s of processor time here, beside that of the processes that were broken")
    return sum(bool(one.problems) for one in verdicts)


def _trials(folder: Path, engine: str, opened: ExitStack) -> Trials:
    stock = folder / "stock"
    lay_in(stock)
    disk = _disk(folder / "disk", _DISK_MEBIBYTES[engine], opened)
    if engine == "sqlite":
        return Trials(stock, disk or folder, disk=disk)
    server = PostgresServer(*FAST, *_SMALL_LOG, within=disk)
    opened.callback(server.remove)
    filled = server.create(_FILLED)
    move_store(f"sqlite:///{stock / 'home' / 'matcher.db'}", filled, lambda _: lambda portions: portions)

    def renewed(_: int) -> str:
        server.drop(_WORLD)
        return server.create(_WORLD, _FILLED)

    return Trials(stock, folder, renewed, disk, server.revive)


def _disk(folder: Path, mebibytes: int, opened: ExitStack) -> Path | None:
    try:
        folder.parent.chmod(0o711)  # a server runs as a user of its own
        return opened.enter_context(small_disk(folder, mebibytes))
    except PermissionError as error:
        print(f"no file system is filled: {error}")
        return None


def _table(verdicts: Sequence[Verdict]) -> Iterator[str]:
    """Yield a table in Markdown: how often which fault befell which journey, and how often what was wrong."""
    yield f"| fault | {' | '.join(JOURNEYS)} | {' | '.join(Wrong)} |"
    yield f"|---|{'---|' * (len(JOURNEYS) + len(Wrong))}"
    for kind in dict.fromkeys(one.fault.kind for one in verdicts):
        yield _row(kind, [one for one in verdicts if one.fault.kind == kind])
    yield _row("all", verdicts)


def _row(name: str, verdicts: Sequence[Verdict]) -> str:
    befell = Counter(one.fault.journey for one in verdicts)
    wrong = Counter(kind for one in verdicts for kind in {problem.wrong for problem in one.problems})
    cells = [*(befell[journey] or "" for journey in JOURNEYS), *(wrong[kind] for kind in Wrong)]
    return f"| {name} | {' | '.join(map(str, cells))} |"


def _answers(verdicts: Sequence[Verdict]) -> str:
    """Return how many HTTP answers had which status, those before a fault and after it apart."""
    counted: Counter[str] = Counter()
    for verdict in verdicts:
        counted.update(verdict.answers)
    told = (f"{number} of {status}" for status, number in sorted(counted.items()))
    return f"HTTP answers ({BEFALLEN} after a fault began): {', '.join(told) or 'none'}"


if __name__ == "__main__":
    asked = sys.argv[1:]
    sys.exit(main(*map(int, asked[:2]), *asked[2:3], *map(int, asked[3:])) != 0)
