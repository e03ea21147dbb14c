from datetime import timedelta

from matcher.store.protocol import Store

from .builders import LEASE, MONDAY, lease

HOUR = timedelta(hours=1)


def take(store: Store, holder: str = "me", after: timedelta = timedelta(0), *, is_forced: bool = False) -> bool:
    now = MONDAY + after
    return store.turns.take("tidy", lease(holder, now), now + HOUR, is_forced=is_forced)


def test_a_turn_is_for_one_at_a_time_until_it_is_given_back_and_due_again(store: Store) -> None:
    assert take(store)
    assert not take(store, "other")
    store.turns.finish("tidy", "me", MONDAY + HOUR, None)
    assert not take(store, "other")
    assert take(store, "other", HOUR)


def test_a_turn_of_somebody_who_died_is_free_when_its_lease_is_over(store: Store) -> None:
    take(store)
    assert not take(store, "other", LEASE - timedelta(seconds=1))
    assert take(store, "other", LEASE)


def test_a_turn_is_held_by_renewing_and_lost_without(store: Store) -> None:
    take(store)
    assert store.turns.renew("tidy", lease("me", MONDAY + LEASE))
    assert not take(store, "other", LEASE)
    assert take(store, "other", 2 * LEASE)
    assert not store.turns.renew("tidy", lease("me", MONDAY + LEASE))


def test_a_forced_turn_needs_not_be_due_but_is_never_beside_another(store: Store) -> None:
    take(store)
    assert not take(store, "other", is_forced=True)
    store.turns.finish("tidy", "me", MONDAY + HOUR, None)
    assert take(store, "other", is_forced=True)


def test_failures_in_a_row_are_counted_and_a_success_ends_them(store: Store) -> None:
    assert store.turns.failures("tidy") == 0
    for count in (1, 2):
        store.turns.finish("tidy", None, MONDAY, "it broke")
        assert store.turns.failures("tidy") == count
    (turn,) = store.turns.all()
    assert (turn.name, turn.failures, turn.error, turn.due_at) == ("tidy", 2, "it broke", MONDAY)
    store.turns.finish("tidy", None, MONDAY, None)
    assert store.turns.failures("tidy") == 0


def test_a_turn_that_was_put_off_while_the_clock_ran_ahead_is_not_waited_for(store: Store) -> None:
    store.turns.finish("tidy", None, MONDAY + 300 * timedelta(days=1), None)
    assert store.turns.may_join("tidy", MONDAY, MONDAY + HOUR)
    assert take(store)


def test_a_shared_turn_is_open_to_all_while_it_is_due(store: Store) -> None:
    assert store.turns.may_join("tidy", MONDAY, MONDAY + HOUR)
    store.turns.finish("tidy", None, MONDAY + HOUR, "it broke")
    assert not store.turns.may_join("tidy", MONDAY, MONDAY + HOUR)
    assert store.turns.may_join("tidy", MONDAY + HOUR, MONDAY + 2 * HOUR)
