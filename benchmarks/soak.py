"""A day of work in minutes: import, submit, edit, digest and read, and what the process takes for it.

    python -m benchmarks.soak MINUTES [sqlite|postgresql] [FOLDER]

One web service, one scheduler and their clients run in this process, with an encoder without a model. Every round
amends a notice, imports, re-scores, submits a proposal or edits one, sends the digests of the next week, and reads over
REST. Each second memory, open files, the size of the database and the latencies are noted; at the end they are drawn
into FOLDER (docs/pictures/soak), and `matcher check` must find nothing.

The product keeps every revision, every run and the row of every mail for ever, and a soak makes a year of them in a
minute. So that what is drawn is what leaks and not what is kept, old ones are deleted every twenty rounds.
"""

import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
from flask.testing import FlaskClient
from sqlalchemy import text

from benchmarks.soak_pictures import draw
from matcher.bootstrap import Context, build
from matcher.services.check import check
from matcher.services.import_notices import import_notices
from matcher.services.send_digests import send_digests
from matcher.services.subscribe import Wish, subscribe_confirmed
from matcher.services.tidy import tidy
from matcher.settings import Settings
from matcher.store.database import Database
from matcher.web.app import create_app
from tests.fakes import BagOfWords
from tests.postgres_server import FAST, PostgresServer
from tests.services.examples import GARDENS, PROPOSAL, write
from tests.services.posts import MONDAY, WEEK, Postbox, outgoing

NOTICES, PROPOSALS, READERS = 40, 60, 5
_PAGES = Path("/proc/self/statm")
_SIZES = {
    "sqlite": "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()",
    "postgresql": "SELECT pg_database_size(current_database())",
}
_MARKDOWN = {"Content-Type": "text/markdown"}


@dataclass(slots=True)
class Sample:
    """One second: MiB in memory, open files, MiB of the database, rounds so far, and seconds each kind of call took."""

    second: float
    memory: float
    files: int
    database: float
    rounds: int
    latencies: dict[str, float] = field(default_factory=dict)


class Soak:
    """Works on a house until it is time to stop, and notes what that takes."""

    def __init__(self, house: Context, client: FlaskClient) -> None:
        self.samples: list[Sample] = []
        self.answers: Counter[int] = Counter()
        self._house = house
        self._client = client
        self._proposals: list[str] = []
        self._spent: dict[str, list[float]] = {}
        self._rounds = 0
        self._size = Database(house.settings.store_url)

    def run(self, seconds: float) -> None:
        """Make one round after another for so long."""
        began = noted = time.monotonic()
        while (now := time.monotonic()) - began < seconds:
            self._round()
            if now - noted >= 1:
                self.samples.append(self._sample(now - began))
                self._spent.clear()
                noted = now
        self._size.close()

    def _round(self) -> None:
        self._rounds += 1
        number, house = self._rounds, self._house
        moment = MONDAY + WEEK * number
        with self._timed("import and re-score"):
            write(house.settings.opportunities, **{f"n{number % NOTICES}": _notice(number % NOTICES, number)})
            import_notices(house.store, [house.settings.opportunities])
            house.rescorer.rescore()
        with self._timed("submit or edit"):
            self._bring(number)
        with self._timed("digest"):
            post = Postbox()
            send_digests(house.store, house.catalogue, outgoing(post), lambda: moment)
        with self._timed("read"):
            chosen = self._proposals[number % len(self._proposals)]
            for path in (f"/v1/proposals/{chosen}/matches", "/v1/opportunities?page_size=20", "/readyz"):
                self._count(self._client.get(path).status_code)
        if number % 20 == 0:
            tidy(house.store, moment)
            self._forget(moment)

    def _bring(self, number: int) -> None:
        body = f"{PROPOSAL}\nWe tend bed {number % 97} in week {number}.\n".encode()
        if len(self._proposals) < PROPOSALS:
            answer = self._client.post("/v1/proposals", data=body, headers=_MARKDOWN)
            self._proposals.append(answer.get_json()["proposal_id"])
        else:
            chosen = self._proposals[number % PROPOSALS]
            answer = self._client.put(f"/v1/proposals/{chosen}", data=body, headers=_MARKDOWN)
        self._count(answer.status_code)

    def _forget(self, moment: datetime) -> None:
        """Drop what the product keeps for ever and a soak makes a year's worth of in minutes."""
        with self._size.writing() as connection:
            connection.execute(text("DELETE FROM match_changes"))
            connection.execute(text("DELETE FROM source_runs WHERE run_id < (SELECT max(run_id) FROM source_runs)"))
            old = "SELECT revision FROM opportunities o WHERE o.opportunity_id = r.opportunity_id"
            connection.execute(text(f"DELETE FROM opportunity_revisions AS r WHERE r.revision < ({old})"))  # noqa: S608
            used = {"before": (moment - timedelta(days=182)).isoformat()}
            connection.execute(text("DELETE FROM mails WHERE created_at < :before"), used)

    @contextmanager
    def _timed(self, what: str) -> Iterator[None]:
        began = time.perf_counter()
        yield
        self._spent.setdefault(what, []).append(time.perf_counter() - began)

    def _count(self, status: int) -> None:
        self.answers[status] += 1

    def _sample(self, second: float) -> Sample:
        with self._size.reading() as connection:
            stored = connection.execute(text(_SIZES[connection.dialect.name])).scalar_one()
        memory = int(_PAGES.read_text().split()[1]) * resource.getpagesize() / 2**20
        files = len(list(Path("/proc/self/fd").iterdir()))
        spent = {what: float(np.median(found)) for what, found in self._spent.items()}
        return Sample(second, memory, files, stored / 2**20, self._rounds, spent)


def main(minutes: float, engine: str = "sqlite", folder: str = "docs/pictures/soak") -> None:
    """Work for so many minutes, draw what it took, and say whether it grew."""
    with ExitStack() as opened:
        home = Path(opened.enter_context(tempfile.TemporaryDirectory()))
        url = ""
        if engine == "postgresql":
            server = PostgresServer(*FAST)
            opened.callback(server.remove)
            url = server.create("soaked")
        chosen = Settings(home=home, opportunities=home / "notices", match_floor=0.0, database_url=url, rate_limit="")
        house = opened.enter_context(_house(chosen))
        soak = Soak(house, create_app(house).test_client())
        soak.run(minutes * 60)
        findings = check(chosen.store_url, BagOfWords.model_id, MONDAY).findings
    draw(soak.samples, engine, Path(folder))
    _tell(soak, engine, minutes, len(findings))


@contextmanager
def _house(chosen: Settings) -> Iterator[Context]:
    house = build(chosen, encoder=BagOfWords())
    write(chosen.opportunities, **{f"n{number}": _notice(number, 0) for number in range(NOTICES)})
    import_notices(house.store, [chosen.opportunities])
    for number in range(READERS):
        wish = Wish(f"reader{number}@example.org", None, minimum_fit=0.0)
        subscribe_confirmed(house.store, wish, MONDAY, means="benchmark")
    yield house
    house.store.close()


def _notice(number: int, amendment: int) -> str:
    named = GARDENS.replace("gardens\ntitle: School Gardens", f"n{number}\ntitle: Beds {number:02}")
    return named.replace("2026-06-30", "2126-06-30").replace("to grow food.", f"to grow food in {amendment % 50} beds.")


def _tell(soak: Soak, engine: str, minutes: float, findings: int) -> None:
    kept = soak.samples[len(soak.samples) // 3 :]
    first, last = kept[: len(kept) // 4 or 1], kept[-(len(kept) // 4 or 1) :]
    print(f"{minutes:g} minutes on {engine}: {soak.samples[-1].rounds:,} rounds; `matcher check`: {findings} findings")
    print("answers: " + ", ".join(f"{count:,} of {status}" for status, count in sorted(soak.answers.items())))
    for name in ("memory", "files", "database"):
        before, after = (float(np.median([getattr(one, name) for one in part])) for part in (first, last))
        print(f"{name}: {before:,.1f} after the first third, {after:,.1f} at the end")


if __name__ == "__main__":
    main(float(sys.argv[1]), *sys.argv[2:])
