"""What comes in and what goes out: an extract of Grants.gov imported, digests rendered."""

import tempfile
from pathlib import Path

from benchmarks.digest_rendering import render
from benchmarks.extract import bring_in, walk, write_extract
from benchmarks.performance.figures import Cost, Figure, cost_of

_RECORDS = 4_000
_DIGESTS = 200


def imported(_: int) -> list[Figure]:
    """Import an extract that the benchmark makes itself, beside lxml walking the same XML."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "extract.zip"
        write_extract(path, _RECORDS)
        limit = cost_of(lambda: walk(path))
        return [Figure(f"import of {_RECORDS:,} records", cost_of(lambda: bring_in(path)), "lxml alone", limit)]


def rendered(_: int) -> list[Figure]:
    """Render digests from their stored form to finished mails."""
    _, seconds, busy = render(range(_DIGESTS))
    return [Figure(f"{_DIGESTS} digests rendered", Cost(seconds, busy))]
