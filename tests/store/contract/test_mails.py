from datetime import timedelta

import pytest

from matcher.domain.subscription import SubscriptionState
from matcher.errors import NotFound
from matcher.store.mail_records import (
    Mailed,
    MailKind,
    MailRow,
    MailState,
    Period,
    Reminded,
    Suppression,
    SuppressionCause,
)
from matcher.store.protocol import Store

from .builders import DECISIONS, LEASE, MONDAY, READER, WEEK, claim, lease, subscribe, written

DIGESTS = [MailKind.DIGEST]
MINUTE = timedelta(minutes=1)
SUPPRESSED = Suppression(READER.email_address, SuppressionCause.REFUSED, "550 gone", MONDAY)


@pytest.fixture
def mail(store: Store) -> MailRow:
    """A claimed digest."""
    subscribe(store)
    (claimed,) = claim(store)
    return claimed


def take(store: Store, holder: str = "other", after: timedelta = LEASE) -> list[MailRow]:
    now = MONDAY + after
    return store.mails.take(lease(holder, now), 10, now + timedelta(hours=4), DIGESTS)


def test_a_claimed_digest_is_leased_and_known_by_its_period_for_ever(store: Store, mail: MailRow) -> None:
    assert store.mails.get(mail.mail_id) == mail
    assert (mail.kind, mail.recipient, mail.period, mail.state) == (
        MailKind.DIGEST,
        READER,
        "2026-W47",
        MailState.CREATED,
    )
    assert (mail.attempts, mail.holder, mail.leased_until, mail.content) == (1, "me", MONDAY + LEASE, None)
    assert mail.message_id == f"<digest.{mail.mail_id}@example.org>"
    assert store.mails.by_message_id(mail.message_id) == mail
    assert claim(store) == claim(store, now=MONDAY + 6 * timedelta(days=1)) == []


def test_several_subscriptions_of_a_person_are_one_claim_and_those_of_others_their_own(store: Store) -> None:
    subscribe(store)
    subscribe(store, "all", proposal_id=None, hour=7)
    subscribe(store, "others", email_address="other@example.org")
    assert [mail.email_address for mail in claim(store)] == ["reader@example.org", "other@example.org"]


def test_no_more_are_claimed_than_asked_for_and_the_rest_next_time(store: Store) -> None:
    for number in range(5):
        subscribe(store, str(number), email_address=f"r{number}@example.org")
    assert [len(claim(store, limit=2)) for _ in range(4)] == [2, 2, 1, 0]


@pytest.mark.parametrize(
    "fields",
    [
        {"state": SubscriptionState.PENDING},
        {"state": SubscriptionState.PAUSED},
        {"state": SubscriptionState.UNSUBSCRIBED},
        {"active_since": MONDAY + MINUTE},
    ],
)
def test_nobody_is_claimed_who_did_not_stand_at_the_occasion(store: Store, fields: dict[str, object]) -> None:
    subscribe(store, "one-that-has-the-schedule", email_address="other@example.org")
    subscribe(store, **fields)
    assert [mail.email_address for mail in claim(store, now=MONDAY + MINUTE)] == ["other@example.org"]


def test_a_suppressed_address_is_not_claimed(store: Store) -> None:
    subscribe(store)
    store.suppressions.add(SUPPRESSED)
    assert claim(store) == []


def test_once_the_next_week_went_out_a_clock_that_is_set_back_claims_nothing(store: Store, mail: MailRow) -> None:
    store.mails.mark_sent(mail.mail_id, MONDAY)
    assert claim(store, now=MONDAY - timedelta(hours=1)) == []


def test_a_digest_that_is_still_to_be_sent_gives_way_to_the_next_week(store: Store, mail: MailRow) -> None:
    store.mails.defer(mail.mail_id, "451", MONDAY)
    (later,) = claim(store, now=MONDAY + timedelta(days=7))
    assert store.mails.get(mail.mail_id).state is MailState.SUPERSEDED
    assert later.period == "2026-W48"


def test_who_has_a_mail_under_way_is_not_claimed_for_the_next_week(store: Store, mail: MailRow) -> None:
    week = timedelta(days=7)
    assert store.mails.renew(mail.mail_id, lease("me", MONDAY + week))
    assert claim(store, now=MONDAY + week) == []
    assert len(claim(store, now=MONDAY + week + LEASE)) == 1


def test_what_is_written_is_ready_to_be_sent_by_its_holder(store: Store, mail: MailRow) -> None:
    (ready,) = store.mails.write("me", [written(mail, "river-fund", content='{"a":1}')])
    assert (ready.state, ready.content, ready.holder) == (MailState.READY, '{"a":1}', "me")
    (page,) = store.digests.pages(mail.mail_id)
    assert (page.subscription_id, page.week, page.decisions) == ("weekly", "2026-W47", DECISIONS)
    assert [shown.opportunity_id for shown in page.shown] == ["river-fund"]


def test_a_week_with_nothing_to_tell_is_done_and_keeps_its_reasons(store: Store, mail: MailRow) -> None:
    assert store.mails.write("me", [written(mail, content=None)]) == []
    assert store.mails.get(mail.mail_id).state is MailState.QUIET
    assert store.digests.pages(mail.mail_id)[0].decisions == DECISIONS
    assert take(store) == []


def test_what_was_lost_to_another_holder_cannot_be_written_or_held(store: Store, mail: MailRow) -> None:
    take(store)
    assert store.mails.write("me", [written(mail, "river-fund")]) == []
    assert store.digests.pages(mail.mail_id) == []
    assert not store.mails.renew(mail.mail_id, lease("me", MONDAY + LEASE))


def test_a_digest_that_is_written_again_replaces_its_pages(store: Store, mail: MailRow) -> None:
    store.mails.write("me", [written(mail, "river-fund")])
    store.mails.write("me", [written(mail, "lake-fund")])
    assert [one.opportunity_id for one in store.digests.pages(mail.mail_id)[0].shown] == ["lake-fund"]


def test_only_what_was_sent_counts_as_mailed_at_its_latest_revision(store: Store, mail: MailRow) -> None:
    store.mails.write("me", [written(mail, "river-fund", "lake-fund")])
    assert store.digests.mailed("weekly", "river-days") == {}
    assert store.mails.mark_sent(mail.mail_id, MONDAY)
    shown = Mailed(3, MONDAY)
    assert store.digests.mailed("weekly", "river-days") == {"river-fund": shown, "lake-fund": shown}
    assert store.digests.mailed("weekly", "another-proposal") == {}
    (later,) = claim(store, now=MONDAY + timedelta(days=7))
    store.mails.write("me", [written(later, "lake-fund")])
    store.mails.mark_sent(later.mail_id, later.created_at)
    assert store.digests.mailed("weekly", "river-days")["lake-fund"].at == later.created_at


def test_a_sent_mail_stays_sent(store: Store, mail: MailRow) -> None:
    assert store.mails.mark_sent(mail.mail_id, MONDAY)
    assert not store.mails.mark_sent(mail.mail_id, MONDAY + MINUTE)
    assert not store.mails.defer(mail.mail_id, "too late", MONDAY)
    assert not store.mails.give_up(mail.mail_id, MailState.REFUSED, "too late")
    assert not store.mails.renew(mail.mail_id, lease())
    assert (store.mails.get(mail.mail_id).sent_at, take(store)) == (MONDAY, [])


def test_a_mail_whose_holder_died_is_taken_when_its_lease_is_over(store: Store, mail: MailRow) -> None:
    assert take(store, after=LEASE - MINUTE) == []
    (taken,) = take(store)
    assert (taken.holder, taken.attempts) == ("other", 2)
    assert take(store, "third") == []


def test_a_mail_that_is_put_off_waits_until_then(store: Store, mail: MailRow) -> None:
    assert store.mails.defer(mail.mail_id, "451 later", MONDAY + 5 * MINUTE)
    assert take(store, after=4 * MINUTE) == []
    (taken,) = take(store, after=5 * MINUTE)
    assert taken.reason == "451 later"


def test_what_was_put_off_or_leased_while_the_clock_ran_ahead_is_not_waited_for(store: Store, mail: MailRow) -> None:
    ahead = timedelta(days=300)
    assert take(store, "ahead", ahead)[0].leased_until == MONDAY + ahead + LEASE
    assert len(take(store, after=MINUTE)) == 1
    store.mails.defer(mail.mail_id, "451", MONDAY + ahead)
    assert len(take(store, after=MINUTE)) == 1


def test_a_mail_that_is_given_up_is_not_taken(store: Store, mail: MailRow) -> None:
    assert store.mails.give_up(mail.mail_id, MailState.CANCELLED, "left")
    assert (store.mails.get(mail.mail_id).reason, take(store)) == ("left", [])


def test_a_holder_that_stops_gives_all_back(store: Store, mail: MailRow) -> None:
    assert store.mails.release("other") == 0
    assert store.mails.release("me") == 1
    assert len(take(store, after=MINUTE)) == 1


def test_a_suppressed_address_gives_up_what_waits_for_it(store: Store, mail: MailRow) -> None:
    assert store.suppressions.add(SUPPRESSED)
    assert not store.suppressions.add(SUPPRESSED)
    assert store.mails.get(mail.mail_id).state is MailState.REFUSED
    assert store.suppressions.find(READER.email_address) == SUPPRESSED
    assert store.suppressions.all() == [SUPPRESSED]
    store.suppressions.remove(READER.email_address)
    assert store.suppressions.find(READER.email_address) is None
    with pytest.raises(NotFound, match=r"reader@example\.org"):
        store.suppressions.remove(READER.email_address)


def test_a_mail_is_queued_once_a_period_with_the_deadlines_that_it_tells(store: Store) -> None:
    subscribe(store)
    period = Period(MailKind.REMINDER, READER, "2026-11-16")
    reminded = Reminded("weekly", "river-fund", MONDAY.date())
    queued = store.mails.enqueue(period, "{}", "example.org", MONDAY, [reminded])
    assert queued is not None
    assert store.mails.enqueue(period, "{}", "example.org", MONDAY, [reminded]) is None
    assert store.digests.reminded("weekly") == {reminded}
    assert store.digests.subscriptions_of(queued.mail_id) == ["weekly"]
    assert take(store) == []
    assert store.mails.take(lease(), 10, MONDAY, [MailKind.REMINDER])[0].content == "{}"


def test_old_mails_forget_what_they_said_but_not_that_they_were_sent(store: Store, mail: MailRow) -> None:
    store.mails.write("me", [written(mail, "river-fund")])
    store.mails.mark_sent(mail.mail_id, MONDAY)
    assert store.mails.forget_before(MONDAY) == 0
    assert store.mails.forget_before(MONDAY + MINUTE) == 1
    assert store.mails.get(mail.mail_id).content is None
    assert store.digests.pages(mail.mail_id)[0].decisions == ()
    assert claim(store) == []


def test_what_could_not_be_sent_for_long_is_given_up(store: Store) -> None:
    store.mails.enqueue(WEEK, "{}", "example.org", MONDAY)
    assert store.mails.give_up_before(MONDAY) == 0
    assert store.mails.give_up_before(MONDAY + MINUTE) == 1
    assert store.mails.counts() == {MailState.REFUSED: 1}


def test_an_unknown_mail_is_not_found_and_named(store: Store) -> None:
    with pytest.raises(NotFound, match="no-such"):
        store.mails.get("no-such")
    assert store.mails.by_message_id("<no-such@example.org>") is None
    assert store.mails.for_address("nobody@example.org") == []
