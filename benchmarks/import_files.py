"""What becomes of the files of real sources, record by record, and how long the real model takes with one of them.

    python benchmarks/import_files.py FOLDER-OF-DATA | --embed FILE

imports every file of a folder into an empty catalogue, as `matcher import FILE` and as `matcher import FILE
--keep-closed` do before they embed, and prints the ledger of each, which must add up. With `--embed` it runs `matcher
import FILE` itself twice, in processes of their own: cold, with the model to load and every text to encode, and again.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from textwrap import indent

from matcher.errors import MatcherError
from matcher.services.import_notices import import_notices
from matcher.services.source_views import ledger_words
from matcher.store.sql_store import open_store

_DESCRIPTIONS = frozenset({".xsd", ".yaml", ".yml"})
"""Schemas, which describe the files beside them."""


def told(path: Path, *, keeps_closed: bool) -> tuple[str, float]:
    """Return the ledger of one import into an empty catalogue in words, and its seconds."""
    with tempfile.TemporaryDirectory() as folder, open_store(f"sqlite:///{folder}/matcher.db") as store:
        began = time.perf_counter()
        try:
            report = import_notices(store, [path], keeps_closed=keeps_closed)
        except MatcherError as error:
            return f"failed: {error}", time.perf_counter() - began
        seconds = time.perf_counter() - began
        [record] = store.sources.all()
        counts = report.ledger
        assert record.listed == counts.kept, (path, record.listed, counts)
        errors = "".join(f"; {error}" for error in report.errors)
        return ledger_words(counts, datetime.now(UTC)) + errors, seconds


def embed(path: Path) -> None:
    """Print what two runs of the command say of themselves, how long each took, and what of that the processor."""
    with tempfile.TemporaryDirectory() as home:
        for name in ("cold", "again"):
            began, busy = time.perf_counter(), _busy_seconds()
            command = [sys.executable, "-m", "matcher", "import", str(path), "--keep-closed"]
            done = subprocess.run(
                command, env={**os.environ, "MATCHER_HOME": home}, capture_output=True, text=True, check=True
            )
            seconds = f"{time.perf_counter() - began:.1f} s, {_busy_seconds() - busy:.1f} s of the processor"
            print(f"{name}: {seconds}\n{indent(done.stdout.strip(), '  ')}")


def _busy_seconds() -> float:
    """Return the seconds of the processor that finished children took."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main(arguments: list[str]) -> None:
    """Import what the command line names."""
    if "--embed" in arguments:
        embed(Path(arguments[arguments.index("--embed") + 1]))
        return
    folder = Path(arguments[0])
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix not in _DESCRIPTIONS:
            print(path.relative_to(folder))
            for keeps_closed in (False, True):
                words, seconds = told(path, keeps_closed=keeps_closed)
                print(f"  {'--keep-closed' if keeps_closed else 'as it is':13} {seconds:6.1f} s  {words}")


if __name__ == "__main__":
    main(sys.argv[1:])
