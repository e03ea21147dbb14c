"""One digest a week for each subscription: claimed before it is sent, seen only after it left."""

from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import pytest

from matcher.bootstrap import Context
from matcher.domain.digest import Subscription
from matcher.errors import InputRejected, NotFound
from matcher.mail.errors import DeliveryDeferred, DeliveryImpossible, DeliveryRefused
from matcher.services.digest_week import due_week
from matcher.services.import_notices import import_notices
from matcher.services.send_digests import Outgoing, send_digests
from matcher.services.submit_proposal import submit_proposal
from matcher.services.subscribe import subscribe
from matcher.store.records import DigestState
from matcher.text.documents import read_document
from tests.services.examples import GARDENS, HULLS, PROPOSAL, write

MONDAY = datetime(2026, 2, 2, 9, tzinfo=UTC)
NEXT_MONDAY = datetime(2026, 2, 9, 9, tzinfo=UTC)


class Postbox:
    """A sender that keeps what it is given, and fails for the addresses that it is told to fail for."""

    def __init__(self, **failures: Exception) -> None:
        self.sent: list[EmailMessage] = []
        self.failures = failures

    def send(self, message: EmailMessage) -> None:
        failure = self.failures.get(message["To"].split("@")[0])
        if failure is not None:
            raise failure
        self.sent.append(message)


@pytest.fixture
def proposal_id(house: Context) -> str:
    import_notices(house.store, [write(house.settings.opportunities, gardens=GARDENS, hulls=HULLS)])
    return submit_proposal(house.store, house.rescorer, read_document(PROPOSAL.encode(), "p.md")).identifier


def send(house: Context, postbox: Postbox, now: datetime = MONDAY) -> dict[str, int]:
    outgoing = Outgoing(postbox, "matcher@example.org", "https://matcher.example.org")
    return send_digests(house.store, house.catalogue, outgoing, now).counts


def test_a_digest_goes_out_once_a_week_however_often_it_is_asked_for(house: Context, proposal_id: str) -> None:
    subscribe(house.store, proposal_id, "reader@example.org")
    postbox = Postbox()
    assert send(house, postbox)["sent"] == 1
    assert send(house, postbox)["sent"] == 0
    assert len(postbox.sent) == 1
    assert "School Gardens" in postbox.sent[0]["Subject"]
    assert "Submarine" not in postbox.sent[0].get_body(("plain",)).get_content()


def test_next_week_says_only_what_is_new_and_a_quiet_week_says_nothing(house: Context, proposal_id: str) -> None:
    subscribe(house.store, proposal_id, "reader@example.org")
    postbox = Postbox()
    send(house, postbox)
    assert send(house, postbox, NEXT_MONDAY) == {"due": 1, "quiet": 1, "sent": 0, "deferred": 0, "refused": 0}
    write(
        house.settings.opportunities, orchards=GARDENS.replace("gardens\ntitle: School Gardens", "o\ntitle: Orchards")
    )
    import_notices(house.store, [house.settings.opportunities])
    house.rescorer.rescore()
    assert send(house, postbox, NEXT_MONDAY)["sent"] == 1
    assert "Orchards" in postbox.sent[1]["Subject"]
    assert "School Gardens" not in postbox.sent[1]["Subject"]


def test_what_was_mailed_and_closes_soon_is_said_again(house: Context, proposal_id: str) -> None:
    subscribe(house.store, proposal_id, "reader@example.org")
    postbox = Postbox()
    send(house, postbox)
    send(house, postbox, datetime(2026, 6, 22, 9, tzinfo=UTC))
    assert "closing soon" in postbox.sent[1]["Subject"]


def test_a_deferred_mail_is_not_seen_and_goes_out_later_under_the_same_id(house: Context, proposal_id: str) -> None:
    subscription = subscribe(house.store, proposal_id, "reader@example.org")
    broken = Postbox(reader=DeliveryDeferred("try later"))
    assert send(house, broken)["deferred"] == 1
    assert house.store.digests.mailed_opportunities(subscription.subscription_id) == set()
    postbox = Postbox()
    assert send(house, postbox)["sent"] == 1
    row = house.store.digests.for_subscription(subscription.subscription_id)[0]
    assert postbox.sent[0]["Message-ID"] == row.message_id
    assert (row.state, row.attempts) == (DigestState.SENT, 2)
    assert house.store.digests.mailed_opportunities(subscription.subscription_id) == {"gardens"}


def test_a_refused_recipient_never_stops_the_others(house: Context, proposal_id: str) -> None:
    subscribe(house.store, proposal_id, "gone@example.org")
    subscribe(house.store, proposal_id, "reader@example.org")
    postbox = Postbox(gone=DeliveryRefused("550 no such user"))
    counts = send(house, postbox)
    assert (counts["refused"], counts["sent"]) == (1, 1)
    assert send(house, postbox) == {"due": 0, "quiet": 0, "sent": 0, "deferred": 0, "refused": 0}


def test_a_server_that_refuses_us_stops_the_round_and_keeps_the_mail(house: Context, proposal_id: str) -> None:
    subscribe(house.store, proposal_id, "reader@example.org")
    with pytest.raises(DeliveryImpossible):
        send(house, Postbox(reader=DeliveryImpossible("535 bad password")))
    assert send(house, Postbox())["sent"] == 1


def subscription(weekday: int = 0, hour: int = 8, zone: str = "UTC") -> Subscription:
    return Subscription("s", "p", "reader@example.org", weekday, hour, zone)


@pytest.mark.parametrize(
    ("wanted", "now", "week"),
    [
        (subscription(), datetime(2026, 2, 2, 7, 59, tzinfo=UTC), None),
        (subscription(), datetime(2026, 2, 2, 8, 0, tzinfo=UTC), "2026-W06"),
        (subscription(), datetime(2026, 2, 8, 23, 59, tzinfo=UTC), "2026-W06"),
        (subscription(2), datetime(2026, 2, 3, 23, 0, tzinfo=UTC), None),
        (subscription(zone="America/Los_Angeles"), datetime(2026, 2, 2, 15, 59, tzinfo=UTC), None),
        (subscription(zone="America/Los_Angeles"), datetime(2026, 2, 2, 16, 0, tzinfo=UTC), "2026-W06"),
        (subscription(6, 2, "America/Los_Angeles"), datetime(2026, 3, 8, 10, 30, tzinfo=UTC), "2026-W10"),
        (subscription(4), datetime(2027, 1, 1, 9, tzinfo=UTC), "2026-W53"),
    ],
)
def test_the_week_is_due_from_its_local_hour_to_its_end(wanted: Subscription, now: datetime, week: str | None) -> None:
    assert due_week(wanted, now) == week


@pytest.mark.parametrize(
    "changes",
    [{"email_address": "nobody"}, {"zone": "Mars/Olympus"}, {"weekday": 7}, {"hour": 24}, {"minimum_fit": 1.5}],
)
def test_an_unusable_subscription_is_refused(house: Context, proposal_id: str, changes: dict[str, object]) -> None:
    with pytest.raises(InputRejected):
        subscribe(house.store, proposal_id, **{"email_address": "reader@example.org", **changes})
    assert house.store.subscriptions.all() == []


def test_a_subscription_needs_a_stored_proposal(house: Context) -> None:
    with pytest.raises(NotFound):
        subscribe(house.store, "nobody", "reader@example.org")


def test_without_a_mail_server_the_digest_is_a_file_in_the_outbox(house: Context, proposal_id: str) -> None:
    subscribe(house.store, proposal_id, "reader@example.org")
    assert send_digests(house.store, house.catalogue, house.outgoing, MONDAY).sent == 1
    files = list(Path(house.settings.home / "outbox").glob("*.eml"))
    assert len(files) == 1
    assert b"School Gardens" in files[0].read_bytes()
