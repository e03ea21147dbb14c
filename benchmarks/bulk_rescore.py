"""What a bulk re-scoring costs, and how much faster several workers are than one process.

    OMP_NUM_THREADS=1 python -m benchmarks.bulk_rescore [PROPOSALS] [OPPORTUNITIES] [WORKERS] [NOTICES]

starts a PostgreSQL server of its own, encodes NOTICES (40) of the bundled notices and the example proposals with the
real model, and makes of these OPPORTUNITIES (1,000) and PROPOSALS (96) whose texts are all encoded already. Copies of
that database are then re-scored: by one process that keeps no match, by one that keeps what lies above the floor, and
by WORKERS (2) that do the same, all with the catalogue in memory before. Printed are the rates that
`python -m benchmarks.plan` starts from, as JSON, and how the workers compare. Rates are of processor time, which other
work on the machine hardly moves; the efficiency is of wall time, so it means something on a quiet machine only. The
processor time of the server is not counted.
"""

import json
import resource
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from itertools import cycle, islice
from pathlib import Path

import numpy as np
import psycopg

from benchmarks.large_house import variants
from benchmarks.plan import Rates
from matcher.bootstrap import Context, build
from matcher.cluster.crew import DaskCrew, local_crew
from matcher.proposals.reader import read_proposal
from matcher.services.blocks import Block
from matcher.services.import_notices import import_notices
from matcher.services.rescore import RescoreReport
from matcher.settings import Settings
from matcher.text.documents import read_file
from tests.postgres_server import PostgresServer

CHECKOUT = Path(__file__).parents[1]
FLOORS = (0.05, 0.2, 0.4, 0.6, 0.8)
_ABOVE_ALL = 1.0
_PREPARED = "prepared"


@dataclass(frozen=True, slots=True)
class Run:
    """What one re-scoring took: seconds of wall time, and of processor time of this process.

    `loading` is the processor time that reading the catalogue took before.
    """

    report: RescoreReport
    wall: float
    processor: float
    loading: float


def prepare(house: Context, proposals: int, opportunities: int, notices: int) -> tuple[dict[str, float], float]:
    """Fill the store; return the share of pairs at or above each floor, and texts encoded in a second."""
    files = sorted((CHECKOUT / "opportunities").glob("*.yaml"))
    import_notices(house.store, files[:: len(files) // notices][:notices])
    real = [entry.opportunity for entry in house.store.opportunities.all()]
    read = [read_proposal(read_file(file)) for file in sorted((CHECKOUT / "seeds" / "proposals").iterdir())]
    house.encoder.warm_up()
    begun = processor_seconds()
    catalogue = house.scorer.catalogue(real)
    encoded = [house.scorer.encode_proposal(one) for one in read]
    rate = house.encoder.encoded_count / (processor_seconds() - begun)
    fits = np.concatenate([house.scorer.fits(one, catalogue).opportunities for one in encoded])
    for opportunity in variants(real, opportunities - len(real)):
        house.store.opportunities.save(opportunity, "benchmark")
    for number, one in enumerate(islice(cycle(read), proposals)):
        house.store.proposals.save(one, f"p{number:05}")
    fingerprint = house.scorer.fingerprint  # as if the catalogue were old and all organizations new
    house.store.opportunities.mark_all_scored(dict(house.store.opportunities.stale(fingerprint)), fingerprint)
    return {str(floor): float((fits >= floor).mean()) for floor in FLOORS}, rate


def alone(settings: Settings) -> Run:
    """Re-score everything in this process."""
    house = build(settings)
    begun = processor_seconds()
    house.catalogue.encoded()
    loading = processor_seconds() - begun
    with house.store:
        return _timed(house, None, loading)


def shared(settings: Settings, workers: int) -> Run:
    """Re-score everything with so many workers."""
    house = build(settings)
    with house.store, local_crew(house, workers) as crew:
        first = Block(tuple(house.store.proposals.ids_and_revisions().items())[:1], None)
        for _ in crew.score([first] * (2 * workers)):
            """Each worker reads its catalogue."""
        return _timed(house, crew, 0.0)


def _timed(house: Context, crew: DaskCrew | None, loading: float) -> Run:
    begun, used = time.perf_counter(), processor_seconds()
    report = house.rescorer.rescore(crew)
    return Run(report, time.perf_counter() - begun, processor_seconds() - used, loading)


def processor_seconds() -> float:
    """Return the processor time of this process."""
    use = resource.getrusage(resource.RUSAGE_SELF)
    return use.ru_utime + use.ru_stime


def measure(server: PostgresServer, home: Path, sizes: tuple[int, int, int, int]) -> tuple[Rates, Run, Run]:
    """Return the rates, and the runs of one process and of the workers that are compared."""
    proposals, opportunities, workers, notices = sizes
    settings = Settings(home=home, database_url=server.create(_PREPARED))
    house = build(settings)
    shares, encoding = prepare(house, proposals, opportunities, notices)
    texts = sum(len(house.scorer.texts_of(one.proposal)) for one in house.store.proposals.all())
    texts_there = sum(
        len(house.scorer.texts_of_opportunity(one.opportunity)) for one in house.store.opportunities.all()
    )
    house.store.close()

    def copy(name: str, floor: float) -> Settings:
        return settings.model_copy(update={"database_url": server.create(name, _PREPARED), "match_floor": floor})

    bare = alone(copy("bare", _ABOVE_ALL))
    one = alone(copy("one", FLOORS[0]))
    many = shared(copy("many", FLOORS[0]), workers)
    assert (many.report.pairs, many.report.matches) == (one.report.pairs, one.report.matches)
    rates = Rates(
        texts_encoded=encoding,
        texts_of_proposal=texts / proposals,
        texts_of_opportunity=texts_there / opportunities,
        opportunities_loaded=opportunities / one.loading,
        pairs_scored=bare.report.pairs / bare.processor,
        matches_kept=one.report.matches / (one.processor - bare.processor),
        bytes_of_match=server_bytes(server, "one") / one.report.matches,
        shares=shares,
        efficiency=one.wall / many.wall / workers,
    )
    return rates, one, many


def server_bytes(server: PostgresServer, database: str) -> int:
    """Return what the table of matches takes on the disk, with its indexes."""
    with psycopg.connect(server.url(database)) as connection:
        found = connection.execute("SELECT pg_total_relation_size('matches')").fetchone()
    assert found
    return int(found[0])


def main(proposals: int = 96, opportunities: int = 1_000, workers: int = 2, notices: int = 40) -> None:
    """Measure on a server of its own, and print the figures."""
    server = PostgresServer()
    try:
        with tempfile.TemporaryDirectory() as folder:
            rates, one, many = measure(server, Path(folder), (proposals, opportunities, workers, notices))
    finally:
        server.remove()
    print(json.dumps(asdict(rates), indent=2))
    print(f"one process: {one.wall:.1f} s, {one.processor:.1f} s of it on a processor, {one.report.matches:,} matches")
    print(f"{workers} workers: {many.wall:.1f} s, {many.processor:.1f} s of them on a processor in the one that asks")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
