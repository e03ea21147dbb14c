"""Web processes and schedulers on one PostgreSQL database, killed with -9 at random moments under load.

    python -m benchmarks.many_processes [SECONDS] [WEB_PROCESSES] [SCHEDULERS] [SEED]

A client submits and revises proposals over HTTP with whichever server is up; another subscribes people, who are due a
digest at once; a third amends notices. Meanwhile one process after another is killed and started again. Then the
schedulers may finish, and the database is held against what was acknowledged, against what the mail server took, and
against the matches that one process makes of the same documents from nothing.
"""

import random
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.digest_kills import Server, served
from benchmarks.fleet import Fleet
from benchmarks.load import Load, prepare
from benchmarks.one_process import LEASE_SECONDS
from matcher.bootstrap import build
from matcher.settings import Settings
from matcher.store.mail_records import MailState
from matcher.store.protocol import Store
from matcher.store.sql_store import open_store
from matcher.store.transfer import move_store
from tests.fakes import BagOfWords
from tests.postgres_server import PostgresServer

_FINISHING_SECONDS = 300


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run came to: of each thing how many there were, and how many of them are wrong."""

    kills: int
    submitted: int
    lost_proposals: int
    doubled_proposals: int
    revisions: int
    lost_revisions: int
    in_doubt: int
    answers: dict[int, int]
    amendments: int
    matches: int
    stale_rows: int
    wrong_matches: int
    subscribed: int
    reached: int
    repeats: int
    ids_of_repeats: int
    unsent: int

    @property
    def lines(self) -> list[str]:
        """The same for a person."""
        answers = ", ".join(f"{count} of {status}" for status, count in sorted(self.answers.items()))
        return [
            f"{self.kills} processes killed with -9",
            f"HTTP answers: {answers or 'none'}",
            f"proposals: {self.submitted} acknowledged, {self.lost_proposals} lost, {self.doubled_proposals} doubled",
            f"revisions: {self.revisions} acknowledged, {self.lost_revisions} lost; {self.in_doubt} calls unanswered",
            f"matches: {self.matches} after {self.amendments} amendments; {self.stale_rows} rows stale",
            f"matches other than one process makes from nothing: {self.wrong_matches}",
            f"digests: {self.subscribed} people, {self.reached} reached, {self.unsent} mails unsent",
            f"repeated mails: {self.repeats}, {self.ids_of_repeats} of them under another Message-ID",
        ]


def run(folder: Path, url: str, seconds: float, web_processes: int, schedulers: int, seed: int = 1) -> Outcome:
    """Load, kill, let finish, and look at what came of it."""
    chance = random.Random(seed)  # noqa: S311 - for moments, not for secrets
    settings = Settings(home=folder / "home", opportunities=folder / "notices", match_floor=0.0, database_url=url)
    house = build(settings, encoder=BagOfWords())
    with house.store as store, ExitStack() as opened:
        prepare(house)
        mail_server = Server()
        port = opened.enter_context(served(mail_server))
        chosen = _of_processes(settings, port)
        fleet = opened.enter_context(Fleet(chosen, web_processes, schedulers, folder / "processes.log"))
        load = Load(store, settings.opportunities, fleet.address, seed)
        kills = _kill_while(fleet, load, seconds, chance)
        _wait_until(lambda: _is_finished(store, load, house.scorer.fingerprint))
    with open_store(url) as store:
        return _outcome(store, url, folder, load, mail_server, kills)


def _of_processes(settings: Settings, mail_port: int) -> dict[str, Any]:
    return {
        **settings.model_dump(include={"home", "opportunities", "database_url", "match_floor"}),
        "port": 0,
        "minimum_open": 0,
        "watch_seconds": 1,
        "digest_seconds": 1,
        "rate_limit": "",
        "mail_sender": "matcher@example.org",
        "smtp_host": "127.0.0.1",
        "smtp_port": mail_port,
        "smtp_security": "none",
        "mail_lease_seconds": LEASE_SECONDS,
        "log_level": "ERROR",
    }


def _kill_while(fleet: Fleet, load: Load, seconds: float, chance: random.Random) -> int:
    """Let the load run for so long, and kill a process at a time; return how many."""
    kills, end = 0, time.monotonic() + seconds
    stop = threading.Event()
    workers = [threading.Thread(target=work, args=(stop,)) for work in (load.submit, load.subscribe, load.amend)]
    for worker in workers:
        worker.start()
    while time.monotonic() < end:
        time.sleep(chance.uniform(0.5, 3.0))
        fleet.kill_one(chance)
        kills += 1
    stop.set()
    for worker in workers:
        worker.join()
    load.raise_what_failed()
    return kills


def _wait_until(is_true: Callable[[], bool]) -> None:
    end = time.monotonic() + _FINISHING_SECONDS
    while not is_true() and time.monotonic() < end:
        time.sleep(0.5)


def _is_finished(store: Store, load: Load, fingerprint: str) -> bool:
    stale = store.proposals.stale(fingerprint) or store.opportunities.stale(fingerprint)
    unsent = {MailState.CREATED, MailState.READY} & store.mails.counts().keys()
    return not stale and not unsent and store.mails.counts().get(MailState.SENT, 0) >= len(load.subscribed)


def _outcome(store: Store, url: str, folder: Path, load: Load, mail_server: Server, kills: int) -> Outcome:
    stored = {one.proposal_id: one.proposal.text for one in store.proposals.all()}
    accepted = Counter(mail_server.accepted)
    ids: dict[str, set[str]] = {}
    for address, message_id in accepted:
        ids.setdefault(address, set()).add(message_id)
    states = store.mails.counts()
    matches, wrong, stale = _held_against_one_process(url, folder)
    made = set(stored) - {load.first}
    return Outcome(
        kills=kills,
        submitted=len(load.acknowledged),
        lost_proposals=len(load.acknowledged.keys() - stored.keys()),
        doubled_proposals=max(0, len(made - load.acknowledged.keys()) - load.unanswered_submissions),
        revisions=load.revisions,
        lost_revisions=sum(load.is_older(stored[name], number) for name, number in load.acknowledged.items()),
        in_doubt=load.unanswered,
        answers=dict(load.answers),
        amendments=load.amendments,
        matches=matches,
        stale_rows=stale,
        wrong_matches=wrong,
        subscribed=len(load.subscribed),
        reached=len(load.subscribed & ids.keys()),
        repeats=len(mail_server.accepted) - len(accepted),
        ids_of_repeats=sum(len(found) > 1 for found in ids.values()),
        unsent=states.get(MailState.CREATED, 0) + states.get(MailState.READY, 0),
    )


def _held_against_one_process(url: str, folder: Path) -> tuple[int, int, int]:
    """Count matches, those that one process does not make of the same documents from nothing, and stale rows."""
    copy = f"sqlite:///{folder / 'copy.db'}"
    move_store(url, copy, lambda _: lambda portions: portions)
    alone_url = f"sqlite:///{folder / 'alone.db'}"
    house = build(Settings(home=folder, match_floor=0.0, database_url=alone_url), encoder=BagOfWords())
    with open_store(copy) as found, house.store as alone:
        for one in found.opportunities.all():
            alone.opportunities.save(one.opportunity, one.source)
        for stored in found.proposals.all():
            alone.proposals.save(stored.proposal, stored.proposal_id)
        house.rescorer.rescore()
        fingerprint = house.scorer.fingerprint
        stale = len(found.proposals.stale(fingerprint)) + len(found.opportunities.stale(fingerprint))
        before, after = _matches(found), _matches(alone)
    wrong = sum(before.get(pair) != after.get(pair) for pair in before.keys() | after.keys())
    return len(before), wrong, stale


def _matches(store: Store) -> dict[tuple[str, str], object]:
    return {
        (proposal_id, found.opportunity_id): found
        for proposal_id in store.proposals.ids_and_revisions()
        for found in store.matches.at_least(proposal_id, 0.0)
    }


def main(seconds: int = 300, web_processes: int = 3, schedulers: int = 2, seed: int = 1) -> None:
    """Run on a server of its own, and print the figures."""
    server = PostgresServer("-c", "max_connections=300")
    try:
        with tempfile.TemporaryDirectory() as folder:
            outcome = run(Path(folder), server.create("shared"), seconds, web_processes, schedulers, seed)
            print("\n".join(outcome.lines))
    finally:
        server.remove()


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
