from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from matcher.store.protocol import Store
from matcher.store.records import DigestRow, DigestState

from .builders import claim, subscribe

MONDAY = datetime(2026, 11, 16, 8, 30, tzinfo=UTC)
LEASE = timedelta(minutes=10)


@pytest.fixture
def digest(store: Store) -> DigestRow:
    subscribe(store)
    with time_machine.travel(MONDAY, tick=False):
        return claim(store, opportunity_ids=("river-fund", "lake-fund"))


def current(store: Store) -> DigestRow:
    (row,) = store.digests.for_subscription("weekly")
    return row


def test_a_claimed_digest_holds_all_that_a_later_attempt_needs(store: Store, digest: DigestRow) -> None:
    assert current(store) == digest
    assert digest == DigestRow(
        digest_id="digest-2026-W47",
        subscription_id="weekly",
        week="2026-W47",
        message_id="<2026-W47@example.org>",
        content='{"subject":"New for you"}',
        opportunity_ids=("river-fund", "lake-fund"),
        state=DigestState.CREATED,
        attempts=0,
        reason=None,
        is_permanent=False,
        created_at=MONDAY,
        attempted_at=None,
        leased_until=None,
        sent_at=None,
    )


def test_a_week_can_be_claimed_once(store: Store, digest: DigestRow) -> None:
    again = store.digests.claim(
        "weekly", digest.week, "<other@example.org>", digest_id="other", content="{}", opportunity_ids=()
    )
    assert again is None
    assert store.digests.for_subscription("weekly") == [digest]


def test_another_week_and_another_subscription_are_claims_of_their_own(store: Store, digest: DigestRow) -> None:
    subscribe(store, "other")
    next_week = claim(store, "2026-W48")
    other = store.digests.claim(
        "other", digest.week, "<other@example.org>", digest_id="other", content="{}", opportunity_ids=()
    )
    assert other is not None
    assert store.digests.for_subscription("weekly") == [next_week, digest]


def test_nobody_can_claim_for_a_subscription_that_is_gone(store: Store) -> None:
    claimed = store.digests.claim("gone", "2026-W47", "<a@b>", digest_id="d", content="{}", opportunity_ids=())
    assert claimed is None


def test_a_claimed_digest_is_pending_until_its_attempt_begins(store: Store, digest: DigestRow) -> None:
    assert store.digests.pending() == [digest]
    with time_machine.travel(MONDAY, tick=False):
        begun = store.digests.begin_attempt(digest.digest_id, LEASE)
        assert begun is not None
        assert (begun.attempts, begun.attempted_at, begun.leased_until) == (1, MONDAY, MONDAY + LEASE)
        assert store.digests.pending() == []


def test_two_senders_cannot_attempt_at_once(store: Store, digest: DigestRow) -> None:
    with time_machine.travel(MONDAY, tick=False):
        assert store.digests.begin_attempt(digest.digest_id, LEASE)
        assert store.digests.begin_attempt(digest.digest_id, LEASE) is None
    assert current(store).attempts == 1


def test_an_attempt_that_crashed_is_pending_again_when_its_lease_has_run_out(store: Store, digest: DigestRow) -> None:
    with time_machine.travel(MONDAY, tick=False) as clock:
        store.digests.begin_attempt(digest.digest_id, LEASE)
        clock.shift(LEASE - timedelta(seconds=1))
        assert store.digests.pending() == []
        clock.shift(timedelta(seconds=1))
        assert [row.attempts for row in store.digests.pending()] == [1]
        begun = store.digests.begin_attempt(digest.digest_id, LEASE)
    assert begun is not None
    assert begun.attempts == 2


def test_a_sent_digest_is_done_and_its_opportunities_count_as_mailed(store: Store, digest: DigestRow) -> None:
    store.digests.begin_attempt(digest.digest_id, LEASE)
    assert store.digests.mailed_opportunities("weekly") == set()
    assert store.digests.mark_sent(digest.digest_id, MONDAY)
    row = current(store)
    assert (row.state, row.sent_at, row.leased_until) == (DigestState.SENT, MONDAY, None)
    assert store.digests.mailed_opportunities("weekly") == {"river-fund", "lake-fund"}
    assert store.digests.pending() == []
    assert store.digests.begin_attempt(digest.digest_id, LEASE) is None


def test_marking_as_sent_twice_keeps_the_first_time(store: Store, digest: DigestRow) -> None:
    assert store.digests.mark_sent(digest.digest_id, MONDAY)
    assert not store.digests.mark_sent(digest.digest_id, MONDAY + LEASE)
    assert not store.digests.mark_failed(digest.digest_id, "too late", permanent=True)
    assert (current(store).state, current(store).sent_at) == (DigestState.SENT, MONDAY)


def test_a_digest_without_opportunities_can_be_sent(store: Store) -> None:
    subscribe(store)
    assert store.digests.mark_sent(claim(store, opportunity_ids=()).digest_id, MONDAY)
    assert store.digests.mailed_opportunities("weekly") == set()


def test_an_opportunity_may_be_mailed_again_in_a_later_week(store: Store, digest: DigestRow) -> None:
    later = claim(store, "2026-W48", ("lake-fund", "sea-fund"))
    for sent in (digest, later):
        assert store.digests.mark_sent(sent.digest_id, MONDAY)
    assert store.digests.mailed_opportunities("weekly") == {"river-fund", "lake-fund", "sea-fund"}


def test_what_was_mailed_to_one_subscription_is_new_to_another(store: Store, digest: DigestRow) -> None:
    subscribe(store, "other")
    store.digests.mark_sent(digest.digest_id, MONDAY)
    assert store.digests.mailed_opportunities("other") == set()


def test_a_failure_that_may_pass_leaves_the_digest_pending_and_nothing_mailed(store: Store, digest: DigestRow) -> None:
    store.digests.begin_attempt(digest.digest_id, LEASE)
    assert store.digests.mark_failed(digest.digest_id, "451 try later", permanent=False)
    (row,) = store.digests.pending()
    assert (row.state, row.reason, row.is_permanent, row.attempts) == (DigestState.FAILED, "451 try later", False, 1)
    assert store.digests.mailed_opportunities("weekly") == set()


def test_a_permanent_failure_is_given_up_and_nothing_counts_as_mailed(store: Store, digest: DigestRow) -> None:
    assert store.digests.mark_failed(digest.digest_id, "550 no such mailbox", permanent=True)
    assert store.digests.pending() == []
    assert store.digests.begin_attempt(digest.digest_id, LEASE) is None
    assert (current(store).reason, current(store).is_permanent) == ("550 no such mailbox", True)
    assert store.digests.mailed_opportunities("weekly") == set()


def test_a_digest_that_is_sent_after_a_failure_forgets_the_failure(store: Store, digest: DigestRow) -> None:
    store.digests.mark_failed(digest.digest_id, "451 try later", permanent=False)
    assert store.digests.mark_sent(digest.digest_id, MONDAY)
    assert (current(store).state, current(store).reason) == (DigestState.SENT, None)


def test_pending_digests_come_oldest_first(store: Store, digest: DigestRow) -> None:
    with time_machine.travel(MONDAY - LEASE, tick=False):
        older = claim(store, "2026-W46")
    assert store.digests.pending() == [older, digest]
