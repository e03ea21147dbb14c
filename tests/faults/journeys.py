"""What people and schedulers do to a house: each journey may be broken off at any point, and is then made again."""

import os
from collections.abc import Callable, Iterator, Sized
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from email.message import EmailMessage
from hashlib import sha256
from ipaddress import ip_network
from pathlib import Path
from shutil import copytree

import time_machine

from matcher.bootstrap import Context, build
from matcher.domain.source import Source, SourceKind
from matcher.fetching.fetcher import Fetcher
from matcher.fetching.limits import Limits
from matcher.mail.senders import Sender, SmtpSender
from matcher.proposals.reader import read_proposal
from matcher.services.consent import unsubscribe
from matcher.services.downloads import Downloads
from matcher.services.import_notices import import_notices
from matcher.services.import_source import SourceImporter
from matcher.services.outgoing import Outgoing
from matcher.services.send_digests import send_digests
from matcher.services.signed_links import Scope, Target
from matcher.services.submit_proposal import submit_proposal
from matcher.store.database import Database
from matcher.store.mail_records import MailKind
from matcher.store.migrate import migrate
from matcher.text.documents import read_document
from matcher.web.app import create_app
from tests.fakes import BagOfWords
from tests.faults import moments
from tests.faults.calls import NEWCOMER, make_calls
from tests.given_settings import GivenSettings
from tests.services.examples import DISTRICTS_ONLY, GARDENS, HULLS, PROPOSAL, write
from tests.services.posts import MONDAY, PUBLIC_URL, SIGNER, reader, stocked_house
from tests.store.old_schemas import fill_at

READERS, LEAVER = ("officer@example.org", "treasurer@example.org", "auditor@example.org"), "leaver@example.org"
OLD_SCHEMA = "0006_kept_answers"
DUE_SINCE_A_WHILE = MONDAY - timedelta(minutes=30)
"""Half an hour after the hour of the readers."""
RETRIED_AFTER = timedelta(hours=6)
"""Longer than any mail waits for its next attempt, and than a lease."""
_LOOPBACK = (ip_network("127.0.0.0/8"),)


@dataclass(frozen=True, slots=True)
class World:
    """Where one trial happens, and what it meets outside: the time, a mail server, a source on the web.

    What was seen outside is noted in `notes`, whatever becomes of the disk that `folder` lies on.
    """

    folder: Path
    notes: Path
    url: str
    old_url: str
    """The URL of a database of an earlier schema."""
    now: datetime = DUE_SINCE_A_WHILE
    patience_seconds: float = 30
    smtp_port: int | None = None
    web_address: str | None = None
    disk: Path | None = None
    """The file system that the database lies on, if it can be filled."""

    @property
    def accepted(self) -> Path:
        """The file with a line for each mail that was accepted: whom it is to, and its Message-ID."""
        return self.notes / "accepted"

    @property
    def answers(self) -> Path:
        """The file with a line for each HTTP answer."""
        return self.notes / "answers"


def lay_in(folder: Path) -> None:
    """Make a house in which every journey has something to do."""
    with stocked_house(folder) as house:
        (proposal_id,) = house.store.proposals.ids_and_revisions()
        for address in (*READERS, LEAVER):
            reader(house, proposal_id, address, minimum_fit=0.0)
        amended = GARDENS.replace("teach children", "show children and parents")
        import_notices(house.store, [write(house.settings.opportunities, gardens=amended)])
    write(folder / "notices", gardens=amended.replace("City Parks", "Parks"), districts=DISTRICTS_ONLY)
    (folder / "notices" / "hulls.yaml").write_text(HULLS + "award_ceiling: 9000\n", encoding="utf-8")
    old = Database(f"sqlite:///{folder / 'old.db'}")
    fill_at(old, OLD_SCHEMA)
    old.close()


def copied(stock: Path, folder: Path, notes: Path) -> World:
    """Return a world of its own with the house of `stock`."""
    copytree(stock, folder)
    notes.mkdir()
    return World(folder, notes, f"sqlite:///{folder / 'home' / 'matcher.db'}", f"sqlite:///{folder / 'old.db'}")


@contextmanager
def opened(world: World) -> Iterator[Context]:
    """Yield the house, which looks for notices in this world's folder."""
    settings = GivenSettings(
        home=world.folder / "home", opportunities=world.folder / "notices", match_floor=0.0, database_url=world.url
    )
    house = build(settings, encoder=BagOfWords())
    try:
        for record in house.store.sources.all():
            here = str(world.folder / "notices")
            if record.source.kind is SourceKind.FOLDER and record.source.address != here:
                house.store.sources.change(replace(record.source, address=here))
        yield house
    finally:
        house.store.close()


class NotedSender:
    """Takes every mail, and notes it before it says so, as a mail server does."""

    def __init__(self, accepted: Path) -> None:
        self._accepted = accepted

    def send(self, message: EmailMessage) -> None:
        """Note one mail."""
        with self._accepted.open("a", encoding="utf-8") as file:
            file.write(f"{message['To']} {message['Message-ID']}\n")
            file.flush()
            os.fsync(file.fileno())
        moments.passes()

    def close(self) -> None:
        """Nothing is held open."""


def _import(world: World) -> None:
    with opened(world) as house:
        report = import_notices(house.store, [world.folder / "notices"])
        if report.errors:
            raise report.errors[0]


def _submit(world: World) -> None:
    with opened(world) as house:
        text = PROPOSAL.replace("Gardens for every school", "Beds for every street")
        submit_proposal(house.store, house.rescorer, read_proposal(read_document(text.encode(), "beds.md")))


def _rescore(world: World) -> None:
    with opened(world) as house:
        house.rescorer.rescore()


def _digest(world: World) -> None:
    sender: Sender = NotedSender(world.accepted)
    if world.smtp_port is not None:
        sender = SmtpSender("127.0.0.1", world.smtp_port, security="none", timeout_seconds=world.patience_seconds)
    with opened(world) as house:
        outgoing = Outgoing(sender, "matcher@example.org", PUBLIC_URL, SIGNER)
        send_digests(house.store, house.catalogue, outgoing, lambda: world.now)


def _leave(world: World) -> None:
    with opened(world) as house:
        own = next(one for one in house.store.subscriptions.all() if one.email_address == LEAVER)
        unsubscribe(house.store, Target(Scope.SUBSCRIPTION, own.subscription_id), world.now, "test")


def _call(world: World) -> None:
    with time_machine.travel(world.now), opened(world) as house:
        make_calls(create_app(house).test_client(), world.answers)


def _migrate(world: World) -> None:
    old = Database(world.old_url)
    try:
        migrate(old)
    finally:
        old.close()


def _fetch(world: World) -> None:
    with opened(world) as house:
        source = Source("web", SourceKind.URL, str(world.web_address), 3600, 0)
        if "web" not in [record.source.name for record in house.store.sources.all()]:
            house.store.sources.add(source)
        house.store.sources.change(source)
        limits = Limits(stall_seconds=world.patience_seconds, attempts=1, seconds_between_requests=0)
        downloads = Downloads(world.folder / "downloads", lambda _: Fetcher(limits, allowed_networks=_LOOPBACK))
        SourceImporter(house.store, downloads).run("web", today=MONDAY.date())


JOURNEYS: dict[str, Callable[[World], None]] = {
    "import": _import,
    "submit": _submit,
    "rescore": _rescore,
    "digest": _digest,
    "unsubscribe": _leave,
    "call": _call,
    "migrate": _migrate,
    "fetch": _fetch,
}


def outcome(world: World) -> dict[str, Sized]:
    """Return what a journey comes to, without times and without identifiers that chance made."""
    with opened(world) as house:
        store = house.store
        sources = {one.proposal_id: str(one.proposal.source) for one in store.proposals.all()}
        return {
            "proposals": sorted((sources[one.proposal_id], one.revision) for one in store.proposals.all()),
            "opportunities": {
                one.opportunity.opportunity_id: (one.content_hash, one.revision, one.vanished_at is None)
                for one in store.opportunities.all()
            },
            "matches": {
                (sources[proposal_id], match.opportunity_id): sha256(repr(match).encode()).hexdigest()
                for proposal_id in sources
                for match in store.matches.at_least(proposal_id, 0.0)
            },
            "subscriptions": sorted((one.email_address, one.state.value) for one in store.subscriptions.all()),
            "mails": sorted(
                (mail.email_address, mail.period if mail.kind is MailKind.DIGEST else mail.kind, mail.state.value)
                for address in (*READERS, LEAVER, NEWCOMER)
                for mail in store.mails.for_address(address)
            ),
        }
