"""A primary and its synchronous standby; the primary is killed with -9 in the middle of writes.

    python -m benchmarks.fail_over [ROUNDS] [WRITERS]

Writers save proposals and subscriptions without pause and remember which were acknowledged. Then every process of the
primary is killed and the standby promoted, by the commands of docs/operating.md. The writers have both servers in their
URL and go on by themselves. In the end whatever was acknowledged is looked for on what was the standby.
"""

import random
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime

from matcher.domain.proposal import Proposal
from matcher.domain.subscription import Consent, ConsentEvent, Subscription
from matcher.errors import InputRejected, RetryLater
from matcher.store.protocol import Store
from matcher.store.sql_store import open_store
from tests.postgres_server import PostgresServer

DATABASE = "shared"
_PAUSE_SECONDS = 0.05
_PATIENCE_SECONDS = 120


@dataclass
class Acknowledged:
    """What writers were told is kept; `failed` counts the attempts that were not answered."""

    proposals: set[str] = field(default_factory=set)
    subscriptions: set[str] = field(default_factory=set)
    failed: int = 0
    longest_wait: float = 0.0

    def __len__(self) -> int:
        return len(self.proposals) + len(self.subscriptions)

    def wait_for_more(self, count: int) -> None:
        """Wait until more than `count` are kept, or patience ends."""
        give_up = time.monotonic() + _PATIENCE_SECONDS
        while len(self) <= count and time.monotonic() < give_up:
            time.sleep(_PAUSE_SECONDS)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a fail-over came to; of both kinds together how many were acknowledged, and how many of them are lost."""

    before: int
    after: int
    lost: int
    failed: int
    seconds_without: float

    @property
    def line(self) -> str:
        """The same for a person."""
        return (
            f"{self.before:,} writes acknowledged before the primary died, {self.after:,} after; {self.lost} lost; "
            f"{self.failed} attempts failed and were made again; the longest wait was {self.seconds_without:.1f} s"
        )


def run(writers: int = 3, seed: int = 1) -> Outcome:
    """Write, kill the primary, promote the standby, write on, and look for what was acknowledged."""
    chance = random.Random(seed)  # noqa: S311
    primary = PostgresServer()
    servers = [primary]
    try:
        open_store(primary.create(DATABASE)).close()
        standby = PostgresServer(copied_from=primary)
        servers.append(standby)
        primary.wait_for_standby()
        kept, stop = Acknowledged(), threading.Event()
        with ThreadPoolExecutor(writers) as threads:
            working = [threads.submit(_write, _both(primary, standby), number, kept, stop) for number in range(writers)]
            kept.wait_for_more(0)
            time.sleep(chance.uniform(1.0, 3.0))
            primary.kill()
            before = len(kept)
            standby.promote()
            kept.wait_for_more(before + writers)  # each may still note one that was answered before
            time.sleep(2.0)
            stop.set()
            for work in working:
                work.result()
        with open_store(standby.url(DATABASE)) as store:
            return _outcome(store, kept, before)
    finally:
        for server in reversed(servers):
            server.remove()


def _both(primary: PostgresServer, standby: PostgresServer) -> str:
    """Return a URL by which libpq finds the one of two servers that takes writes."""
    return f"{primary.url(DATABASE)}&host={standby.folder}&target_session_attrs=read-write"


def _write(url: str, writer: int, kept: Acknowledged, stop: threading.Event) -> None:
    number = 0
    with open_store(url) as store:
        while not stop.is_set():
            number += 1
            _keep(store, f"{writer}-{number}", kept)


def _keep(store: Store, name: str, kept: Acknowledged) -> None:
    """Save one proposal and one subscription to it, again and again until both are acknowledged."""
    began = time.monotonic()
    while name not in kept.subscriptions:
        try:
            if name not in kept.proposals:
                store.proposals.save(Proposal(name, f"Proposal {name}", ()), name)
                kept.proposals.add(name)
            _subscribe(store, name)
            kept.subscriptions.add(name)
        except RetryLater:
            kept.failed += 1
            time.sleep(_PAUSE_SECONDS)
    kept.longest_wait = max(kept.longest_wait, time.monotonic() - began)


def _subscribe(store: Store, name: str) -> None:
    consent = Consent(ConsentEvent.CONFIRMED, datetime.now(UTC), "benchmark")
    try:
        store.subscriptions.add(Subscription(name, name, f"{name}@example.org"), consent)
    except InputRejected:  # it was kept although its answer was lost
        store.subscriptions.get(name)


def _outcome(store: Store, kept: Acknowledged, before: int) -> Outcome:
    lost = kept.proposals - store.proposals.ids_and_revisions().keys()
    lost |= kept.subscriptions - {one.subscription_id for one in store.subscriptions.all()}
    return Outcome(before, len(kept) - before, len(lost), kept.failed, kept.longest_wait)


def main(rounds: int = 5, writers: int = 3) -> None:
    """Run so many fail-overs, each on servers of its own, and print what came of them."""
    for seed in range(rounds):
        print(run(writers, seed).line, flush=True)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
