"""A house with matches to mail, and a postbox to mail them to."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from shutil import copytree

from matcher.bootstrap import Context, build
from matcher.domain.subscription import Subscription
from matcher.proposals.reader import read_proposal
from matcher.services.import_notices import import_notices
from matcher.services.outgoing import Outgoing
from matcher.services.send_digests import send_digests
from matcher.services.signed_links import LinkSigner
from matcher.services.submit_proposal import submit_proposal
from matcher.services.subscribe import Wish, subscribe_confirmed
from matcher.text.documents import read_document
from tests.fakes import BagOfWords
from tests.given_settings import GivenSettings
from tests.services.examples import GARDENS, HULLS, PROPOSAL, write

MONDAY = datetime(2026, 2, 2, 9, tzinfo=UTC)
WEEK = timedelta(days=7)
PUBLIC_URL = "https://matcher.example.org"
SIGNER = LinkSigner(["k" * 32], PUBLIC_URL)


@dataclass
class Postbox:
    """A sender that keeps what it is given, and fails for the local parts that it is told to fail for."""

    failures: dict[str, Exception] = field(default_factory=dict)
    sent: list[EmailMessage] = field(default_factory=list)
    closed: int = 0

    def send(self, message: EmailMessage) -> None:
        failure = self.failures.get(message["To"].split("@")[0])
        if failure is not None:
            raise failure
        self.sent.append(message)

    def close(self) -> None:
        self.closed += 1

    @property
    def subjects(self) -> list[str]:
        return [message["Subject"] for message in self.sent]

    def text(self, position: int = -1) -> str:
        received = message_from_bytes(self.sent[position].as_bytes(), policy=default)
        return str(received.get_body(("plain",)).get_content())


def outgoing(postbox: Postbox, **fields: object) -> Outgoing:
    return Outgoing(postbox, "matcher@example.org", PUBLIC_URL, SIGNER, **fields)


def send(
    house: Context,
    postbox: Postbox,
    now: datetime = MONDAY,
    stopping: Callable[[], bool] = lambda: False,
    **fields: object,
) -> dict[str, int]:
    """Send what is due and return what is not zero."""
    report = send_digests(house.store, house.catalogue, outgoing(postbox, **fields), lambda: now, stopping)
    return {name: count for name, count in report.counts.items() if count}


@contextmanager
def stocked_house(folder: Path, stock: Path | None = None) -> Iterator[Context]:
    """Yield a house in `folder` with two notices, one of which fits, and a proposal; `stock` is one to copy."""
    if stock is not None:
        copytree(stock, folder, dirs_exist_ok=True)
    notices = folder / "notices"
    notices.mkdir(parents=True, exist_ok=True)
    house = build(GivenSettings(home=folder / "home", opportunities=notices, match_floor=0.0), encoder=BagOfWords())
    for record in house.store.sources.all():  # what was imported there is looked for here
        house.store.sources.change(replace(record.source, address=str(notices)))
    if stock is None:
        publish(house, gardens=GARDENS, hulls=HULLS)
        submit_proposal(house.store, house.rescorer, read_proposal(read_document(PROPOSAL.encode(), "p.md")))
    yield house
    house.store.close()


def publish(house: Context, **notices: str) -> None:
    """Put notices, or new words of old ones, into the catalogue, and re-score."""
    import_notices(house.store, [write(house.settings.opportunities, **notices)])
    house.rescorer.rescore()


def reader(
    house: Context,
    proposal_id: str | None,
    address: str = "reader@example.org",
    *,
    since: datetime = MONDAY - WEEK,
    **wish: object,
) -> Subscription:
    """Subscribe somebody who agreed at the time `since`."""
    return subscribe_confirmed(house.store, Wish(address, proposal_id, **wish), since, means="test")
