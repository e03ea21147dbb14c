"""An import that is killed, at any statement, and run again ends where an undisturbed one ends."""

import os
import signal
import sqlite3
from contextlib import closing
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlalchemy import Engine, event

from matcher.services import import_source
from matcher.store.records import JobOutcome
from matcher.store.sql_store import open_store
from tests.processes import FORKING
from tests.services.records import add, extract, item, run

RECORDS, PER_BATCH = 40, 5
TIMES = frozenset({"created_at", "changed_at", "first_seen_at", "vanished_at", "at"})
RUN_IDS = frozenset({"run_id", "rejection_id", "first_run_id", "last_run_id"})
TABLES = ("sources", "listings", "readings", "opportunities", "opportunity_revisions", "rejections", "generations")


def first_version() -> list[dict[str, Any]]:
    return [item(number) for number in range(RECORDS)]


def second_version() -> list[dict[str, Any]]:
    """Return the extract after a busy day: amended, withdrawn, unusable, repeated, over and new records."""
    over = {"closes": "2026-01-31", "status": "closed"}
    amended = [item(number, closes="2027-07-01") if number % 3 == 0 else item(number) for number in range(RECORDS)]
    kept = [found for number, found in enumerate(amended) if number % 7 != 1]
    kept[4] |= {"title": None}
    new = [item(number, **(over if number % 4 == 0 else {})) for number in range(RECORDS, RECORDS + 20)]
    forecast_too = item(2, status="forecasted")
    return [*kept, *new, new[1], forecast_too]


def import_once(url: str, fatal_statement: int | None) -> None:
    """Import the source in this process, which dies before it sends its `fatal_statement` to the database."""
    import_source.RECORDS_PER_BATCH = PER_BATCH
    with open_store(url) as store:
        if fatal_statement is not None:
            _die_at(fatal_statement)
        run(store)


def _die_at(fatal_statement: int) -> None:
    sent = count(1)

    def die(*_: object) -> None:
        if next(sent) == fatal_statement:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(Engine, "before_cursor_execute", die)
    event.listen(Engine, "commit", die)


def in_a_process(url: str, fatal_statement: int | None = None) -> int | None:
    process = FORKING.Process(target=import_once, args=(url, fatal_statement), daemon=True)
    process.start()
    process.join()
    return process.exitcode


def content(file: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of a database without its times and run numbers; of a mark of absence only that it is there."""
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        return {table: _rows(connection, table) for table in TABLES}


def _rows(connection: sqlite3.Connection, table: str) -> list[tuple[Any, ...]]:
    columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
    shown = [name for name in columns if name not in TIMES | RUN_IDS]
    shown += ["vanished_at IS NULL"] if "vanished_at" in columns else []
    return sorted(connection.execute(f"SELECT {', '.join(shown)} FROM {table}").fetchall(), key=repr)  # noqa: S608


class Workshop:
    """Databases that hold the first version of a source whose file is at its second."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._names = count()
        self._file = extract(folder / "grants.json", first_version())
        self._seed = folder / "seed.db"
        with open_store(f"sqlite:///{self._seed}") as store:
            add(store, self._file)
            run(store)
        with closing(sqlite3.connect(self._seed)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        extract(self._file, second_version())

    def database(self) -> Path:
        file = self._folder / f"{next(self._names)}.db"
        file.write_bytes(self._seed.read_bytes())
        return file


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    return Workshop(tmp_path)


def statements_of_an_undisturbed_run(file: Path, monkeypatch: pytest.MonkeyPatch) -> int:
    """Import in this very process and return how many statements and commits that took."""
    sent = count()

    def advance(*_: object) -> None:
        next(sent)

    monkeypatch.setattr(import_source, "RECORDS_PER_BATCH", PER_BATCH)
    with open_store(f"sqlite:///{file}") as store:
        event.listen(Engine, "before_cursor_execute", advance)
        event.listen(Engine, "commit", advance)
        try:
            report = run(store)
        finally:
            event.remove(Engine, "before_cursor_execute", advance)
            event.remove(Engine, "commit", advance)
    assert {name for name, number in report.counts.items() if number} == {
        "records", "new", "changed", "unchanged", "dropped", "rejected", "joined", "vanished",
    }  # fmt: skip
    return next(sent)


@pytest.mark.parametrize("moments", [2, pytest.param(20, marks=pytest.mark.slow)])
def test_a_killed_import_that_is_run_again_leaves_what_an_undisturbed_one_leaves(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch, moments: int
) -> None:
    undisturbed = workshop.database()
    statements = statements_of_an_undisturbed_run(undisturbed, monkeypatch)
    expected = content(undisturbed)
    for fatal_statement in sorted(Random(moments).sample(range(1, statements), moments)):  # noqa: S311
        file = workshop.database()
        assert in_a_process(f"sqlite:///{file}", fatal_statement) == -signal.SIGKILL
        assert content(file) != expected or fatal_statement > statements - 5
        assert in_a_process(f"sqlite:///{file}") == 0
        assert content(file) == expected, f"killed before statement {fatal_statement} of {statements}"
        with open_store(f"sqlite:///{file}") as store:
            runs = store.sources.runs("grants", 3)
        assert [one.outcome for one in runs[:2]] == [JobOutcome.SUCCEEDED, None]
