"""Two schedulers send 10,000 digests at once, and each is killed with -9 at 30 random moments.

    python -m benchmarks.digest_kills [PEOPLE] [KILLS_OF_EACH] [SEED]

The mail server is a real one (aiosmtpd, on loopback, in this process). It refuses one recipient for good and asks to
wait for another; the digest of a third cannot be written, because its proposal is damaged. Counted is what the server
accepted, against what the database says was sent.
"""

import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from sqlalchemy import insert, select, text

from matcher.domain.subscription import Subscription, SubscriptionState
from matcher.store import schema
from matcher.store.database import Database
from matcher.store.mail_records import MailState
from matcher.store.sql_store import open_store
from tests.mail.mail_servers import free_port
from tests.services.examples import GARDENS
from tests.services.posts import publish, stocked_house

REFUSED, DEFERRED, BROKEN = "refused@example.org", "deferred@example.org", "broken@example.org"
LEASE_SECONDS = 5
SCHEDULERS = 2
_CHECKOUT = Path(__file__).parents[1]
_LONG_AGO = datetime.now(UTC) - timedelta(days=365)


class Server:
    """Accepts mail and remembers the Message-ID of each that it answered with 250."""

    def __init__(self) -> None:
        self.accepted: list[tuple[str, str]] = []

    async def handle_RCPT(  # noqa: N802 - the name is aiosmtpd's
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Answer a recipient."""
        if address == REFUSED:
            return "550 5.1.1 no such user"
        if address == DEFERRED:
            return "451 4.2.2 try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Take a mail."""
        message = message_from_bytes(envelope.content or b"")
        self.accepted.append((envelope.rcpt_tos[0], str(message["Message-ID"])))
        return "250 OK"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run came to; `repeats` counts mails that were accepted more than once, `ids` their Message-IDs."""

    people: int
    kills: int
    seconds: float
    reached: int
    accepted: int
    repeats: int
    ids_of_repeats: int
    states: dict[MailState, int]
    seen: int
    refused_is_suppressed: bool

    @property
    def lines(self) -> list[str]:
        """The same for a person."""
        states = ", ".join(f"{count:,} {state.value}" for state, count in sorted(self.states.items()))
        return [
            f"{self.people:,} people, {self.kills} kills with -9, {self.seconds:.0f} s",
            f"reached: {self.reached:,}; mails accepted by the server: {self.accepted:,}",
            f"repeated mails: {self.repeats} (more than one Message-ID among them: {self.ids_of_repeats})",
            f"database: {states}; notices recorded as seen by {self.seen:,} people",
            f"refused recipient suppressed: {'yes' if self.refused_is_suppressed else 'no'}",
        ]


def run(folder: Path, people: int, kills_of_each: int, seed: int = 1) -> Outcome:
    """Send, kill, and look at what came of it."""
    prepare(folder, people)
    server = Server()
    started = time.monotonic()
    with served(server) as port:
        environment = _environment(folder, port)
        killers = [
            threading.Thread(target=_kill_again_and_again, args=(environment, kills_of_each, random.Random(seed + one)))  # noqa: S311
            for one in range(SCHEDULERS)
        ]
        for killer in killers:
            killer.start()
        for killer in killers:
            killer.join()
        _finish(folder, environment)
    return _outcome(folder, server, people, kills_of_each * SCHEDULERS, time.monotonic() - started)


def prepare(folder: Path, people: int) -> None:
    """Make a house with matches and so many subscribers, three of whom are trouble."""
    with stocked_house(folder) as house:
        open_notice = GARDENS.replace("2026-06-30", "2126-06-30")
        name = "gardens\ntitle: School Gardens"
        publish(house, **{f"n{n}": open_notice.replace(name, f"n{n}\ntitle: Beds {n:02}") for n in range(8)})
        (proposal_id,) = house.store.proposals.ids_and_revisions()
        broken = house.store.proposals.save(house.store.proposals.get(proposal_id).proposal, "broken").identifier
    addresses = [f"reader{number}@example.org" for number in range(people)]
    database = Database(f"sqlite:///{folder / 'home' / 'matcher.db'}")
    rows = [_row(address, proposal_id) for address in (*addresses, REFUSED, DEFERRED)] + [_row(BROKEN, broken)]
    with database.writing() as connection:
        connection.execute(insert(schema.subscriptions), rows)
        connection.execute(text("UPDATE proposals SET document = '{' WHERE proposal_id = 'broken'"))
    database.close()


@contextmanager
def served(server: Server) -> Iterator[int]:
    """Serve mail on a free port of loopback and yield the port."""
    controller = Controller(server, hostname="127.0.0.1", port=free_port())
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()


def _row(address: str, proposal_id: str) -> dict[str, object]:
    made = Subscription(
        address, proposal_id, address, minimum_fit=0.1, state=SubscriptionState.CONFIRMED, active_since=_LONG_AGO
    )
    fields = {name: getattr(made, name) for name in Subscription.__slots__}
    parts = '["new","changed","closing","left_out"]'
    return {**fields, "state": made.state.value, "parts": parts, "created_at": _LONG_AGO}


def _environment(folder: Path, port: int) -> dict[str, str]:
    return {
        **os.environ,
        "PYTHONPATH": str(_CHECKOUT),
        "MATCHER_HOME": str(folder / "home"),
        "MATCHER_OPPORTUNITIES": str(folder / "notices"),
        "MATCHER_MAIL_SENDER": "matcher@example.org",
        "MATCHER_SMTP_HOST": "127.0.0.1",
        "MATCHER_SMTP_PORT": str(port),
        "MATCHER_SMTP_SECURITY": "none",
        "MATCHER_MAIL_LEASE_SECONDS": str(LEASE_SECONDS),
        "MATCHER_LOG_LEVEL": "ERROR",
    }


def _scheduler(environment: dict[str, str]) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "scheduler", "--once", "digest"]
    quiet = subprocess.DEVNULL
    return subprocess.Popen(command, env=environment, cwd=_CHECKOUT, stdout=quiet, stderr=quiet)


def _kill_again_and_again(environment: dict[str, str], kills: int, chance: random.Random) -> None:
    """Start a scheduler, kill it at a random moment, and start the next, until it was killed so many times."""
    killed = 0
    while killed < kills:
        with _scheduler(environment) as process:
            try:
                process.wait(timeout=chance.uniform(1.0, 7.0))
            except subprocess.TimeoutExpired:
                process.kill()
                killed += 1
            else:
                time.sleep(0.2)  # it had nothing left to do; leases are still to run out


def _finish(folder: Path, environment: dict[str, str]) -> None:
    """Let schedulers run undisturbed until only what was put off is left."""
    for _ in range(100):
        _scheduler(environment).wait()
        if _left(folder) == 0:
            return
        time.sleep(LEASE_SECONDS / 2)


def _left(folder: Path) -> int:
    """Count the people whose mail is neither out nor put off with a reason."""
    mails = schema.mails.c
    database = Database(f"sqlite:///{folder / 'home' / 'matcher.db'}")
    with database.reading() as connection:
        done = select(mails.email_address).where((mails.state == MailState.SENT) | mails.reason.is_not(None))
        waiting = select(schema.subscriptions.c.email_address).except_(done)
        count = len(connection.execute(waiting).all())
    database.close()
    return count


def _outcome(folder: Path, server: Server, people: int, kills: int, seconds: float) -> Outcome:
    times = Counter(server.accepted)
    ids: dict[str, set[str]] = {}
    for address, message_id in times:
        ids.setdefault(address, set()).add(message_id)
    with open_store(f"sqlite:///{folder / 'home' / 'matcher.db'}") as store:
        states = store.mails.counts()
        is_suppressed = store.suppressions.find(REFUSED) is not None
    database = Database(f"sqlite:///{folder / 'home' / 'matcher.db'}")
    with database.reading() as connection:
        seen = len(connection.execute(select(schema.mailed_opportunities.c.subscription_id).distinct()).all())
    database.close()
    return Outcome(
        people=people,
        kills=kills,
        seconds=seconds,
        reached=len(ids),
        accepted=len(server.accepted),
        repeats=len(server.accepted) - len(times),
        ids_of_repeats=sum(len(found) > 1 for found in ids.values()),
        states=states,
        seen=seen,
        refused_is_suppressed=is_suppressed,
    )


def main(people: int = 10_000, kills_of_each: int = 30, seed: int = 1) -> None:
    """Run and print the figures."""
    with tempfile.TemporaryDirectory() as folder:
        print("\n".join(run(Path(folder), people, kills_of_each, seed).lines))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
