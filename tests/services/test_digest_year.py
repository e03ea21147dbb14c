"""A year of digests against a calculation of its own: five time zones, both changes of the clocks, three outages."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from matcher.bootstrap import Context
from matcher.services.send_digests import send_digests
from tests.services.posts import Postbox, outgoing, reader

YEAR_BEGINS = datetime(2026, 1, 1, tzinfo=UTC)
YEAR_ENDS = datetime(2027, 1, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)
OUTAGES = (
    (datetime(2026, 3, 8, 9, 30, tzinfo=UTC), timedelta(hours=1)),
    (datetime(2026, 6, 5, tzinfo=UTC), timedelta(days=3)),
    (datetime(2026, 10, 20, 6, tzinfo=UTC), timedelta(days=9)),
)
CHANGES = ("2026-03-08", "2026-03-29", "2026-04-05", "2026-09-27", "2026-10-04", "2026-10-25", "2026-11-01")
BUSY = (*(datetime.fromisoformat(f"{day}T12:00+00:00") for day in CHANGES), OUTAGES[0][0])
"""Around these the scheduler looks every hour, otherwise every fifth."""

SKIPPED, TWICE = (6, 2), (6, 1)
"""Weekday and hour that changes of the clocks leave out or bring twice."""

TIMES = {
    "America/Los_Angeles": (SKIPPED, TWICE, (0, 8), (3, 23)),
    "Europe/London": (SKIPPED, TWICE, (0, 0), (5, 17)),
    "Australia/Lord_Howe": (SKIPPED, TWICE, (2, 12), (6, 23)),
    "Asia/Kolkata": (SKIPPED, (1, 5), (4, 18), (6, 23)),
    "Pacific/Auckland": (SKIPPED, TWICE, (0, 0), (4, 9)),
}
"""When readers are mailed, also on either side of where a week ends. Los Angeles changes its clocks on March 8 and
November 1, London on March 29 and October 25, Lord Howe by half an hour on April 5 and October 4, Kolkata is never on a
full hour of UTC, and Auckland's summer lies across the year."""


def ticks() -> Iterator[datetime]:
    """Yield the moments at which a scheduler looks, which is never during an outage."""
    now = YEAR_BEGINS
    while now < YEAR_ENDS:
        if not any(start <= now < start + length for start, length in OUTAGES):
            yield now
        is_busy = any(abs(now - moment) < timedelta(days=1) for moment in BUSY)
        now += HOUR if is_busy else 5 * HOUR


def expected(zone: str, weekday: int, hour: int) -> list[tuple[date, datetime]]:
    """Return the Monday of the week and the moment of every mail, found by walking the wall clock by half hours.

    The clock on the wall shows the wanted hour for the first time, or jumps over it: that is the occasion. The mail
    goes out at the first tick from then on, and what an outage piles up is one mail.
    """
    occasions = []
    local = ZoneInfo(zone)
    moment = YEAR_BEGINS - timedelta(days=7)
    reached: set[date] = set()
    while moment < YEAR_ENDS:
        wall = moment.astimezone(local)
        monday = wall.date() - timedelta(days=wall.weekday())
        if (wall.weekday(), wall.hour) >= (weekday, hour) and monday not in reached:
            reached.add(monday)
            occasions.append((monday, moment))
        moment += timedelta(minutes=30)
    found: dict[datetime, tuple[date, datetime]] = {}
    looks = list(ticks())
    for monday, at in occasions:
        if at >= YEAR_BEGINS:
            tick = next((look for look in looks if look >= at), None)
            if tick is not None:
                found[tick] = (monday, tick)  # of several weeks that one tick catches up, the latest stays
    return list(found.values())


@pytest.mark.slow
def test_a_year_gives_exactly_the_digests_that_the_wall_clocks_ask_for(mailing: Context, proposal_id: str) -> None:
    readers = {
        f"{zone.lower().replace('/', '.')}-{weekday}-{hour}@example.org": (zone, weekday, hour)
        for zone, times in TIMES.items()
        for weekday, hour in times
    }
    for address, (zone, weekday, hour) in readers.items():
        reader(
            mailing, proposal_id, address, since=YEAR_BEGINS, time_zone=zone, weekday=weekday, hour=hour,
            mails_quiet_weeks=True,
        )  # fmt: skip
    postbox = Postbox()
    sent: dict[str, list[tuple[date, datetime]]] = {address: [] for address in readers}
    for now in ticks():
        before = len(postbox.sent)
        send_digests(mailing.store, mailing.catalogue, outgoing(postbox), lambda at=now: at)
        for message in postbox.sent[before:]:
            week = mailing.store.mails.by_message_id(message["Message-ID"]).period
            sent[message["To"]].append((datetime.strptime(f"{week}-1", "%G-W%V-%u").date(), now))
    for address, (zone, weekday, hour) in readers.items():
        assert sent[address] == expected(zone, weekday, hour), address
        assert max(Counter(monday for monday, _ in sent[address]).values()) == 1
        assert len(sent[address]) >= 50
