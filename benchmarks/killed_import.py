"""Whether an import that is killed and run again leaves the database that an undisturbed one leaves.

    python benchmarks/killed_import.py FILE [TIMES]

imports FILE into an empty catalogue, then TIMES (20) times again into others, each in a process that is killed
(SIGKILL) at a random moment of its run; runs each again, and compares every row but for times and numbers of runs. A
transaction takes few records here, so that there are many states to be killed in.
"""

import multiprocessing
import os
import random
import signal
import sqlite3
import sys
import tempfile
import time
from contextlib import closing
from datetime import date
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import Any

from matcher.services import import_source
from matcher.services.import_source import SourceImporter
from matcher.services.sources import source_of_path
from matcher.store.sql_store import open_store

TODAY = date(2026, 11, 22)
RECORDS_PER_BATCH = 10
TABLES = ("sources", "listings", "readings", "opportunities", "opportunity_revisions", "rejections")
TIMES = frozenset({"created_at", "changed_at", "first_seen_at", "at"})
RUN_IDS = frozenset({"run_id", "rejection_id", "first_run_id", "last_run_id"})
_FORKING = multiprocessing.get_context("forkserver")


def bring_in(database: Path, file: Path, has_begun: Event) -> None:
    """Import `file`, everything that it holds, and say when that begins."""
    import_source.RECORDS_PER_BATCH = RECORDS_PER_BATCH
    with open_store(f"sqlite:///{database}") as store:
        source = source_of_path(store, file, keeps_closed=True)
        has_begun.set()
        report = SourceImporter(store).run(source.name, today=TODAY)
        assert not report.errors, report.errors


def seconds_of_a_run(database: Path, file: Path, *, killed_after: float | None = None) -> float | None:
    """Return how long an import took in a process of its own; None if it was killed before its end."""
    has_begun = _FORKING.Event()
    process = _FORKING.Process(target=bring_in, args=(database, file, has_begun))
    process.start()
    has_begun.wait()
    began = time.perf_counter()
    process.join(killed_after)
    if process.exitcode is None and process.pid is not None:
        os.kill(process.pid, signal.SIGKILL)
        process.join()
    if process.exitcode == -signal.SIGKILL:
        return None
    assert process.exitcode == 0, process.exitcode
    return time.perf_counter() - began


def rows(database: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of the catalogue without what differs from run to run."""
    with closing(sqlite3.connect(database)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        found = {}
        for table in TABLES:
            columns = [
                row[1] for row in connection.execute(f"PRAGMA table_info({table})") if row[1] not in TIMES | RUN_IDS
            ]
            selected = connection.execute(f"SELECT {', '.join(columns)} FROM {table}")  # noqa: S608 - our own names
            found[table] = sorted(selected.fetchall(), key=repr)
    return found


def main(arguments: list[str]) -> None:
    """Kill imports of the file that the command line names."""
    file, times = Path(arguments[0]), int(arguments[1]) if len(arguments) > 1 else 20
    chance = random.Random(0)  # noqa: S311 - moments, not secrets
    _FORKING.set_forkserver_preload([SourceImporter.__module__])
    with tempfile.TemporaryDirectory() as folder:
        undisturbed = Path(folder) / "undisturbed.db"
        whole = seconds_of_a_run(undisturbed, file)
        assert whole is not None
        expected = rows(undisturbed)
        print(
            f"undisturbed: {whole:.1f} s; {', '.join(f'{len(found):,} {table}' for table, found in expected.items())}"
        )
        killed = 0
        while killed < times:
            database, moment = Path(folder) / f"{killed}.db", chance.uniform(0, whole)
            if seconds_of_a_run(database, file, killed_after=moment) is not None:
                database.unlink()
                continue
            left = len(rows(database)["listings"])
            seconds_of_a_run(database, file)
            assert rows(database) == expected, f"killed after {moment:.2f} s"
            killed += 1
            print(f"{killed:3}: killed after {moment:.2f} s with {left:,} records written; run again, it is the same")


if __name__ == "__main__":
    main(sys.argv[1:])
