"""The number that moves with every change, whoever makes it."""

from collections.abc import Callable
from datetime import timedelta

from matcher.store.protocol import Store
from matcher.store.records import Mark
from matcher.store.sql_store import open_store

from .builders import FINGERPRINT, MONDAY, lease, match, opportunity, proposal


def test_reading_leaves_the_version_as_it_is(store: Store) -> None:
    before = store.version()
    store.proposals.all()
    store.opportunities.ids_and_revisions()
    assert store.version() == before


def test_every_change_moves_the_version_for_those_who_look_through_other_connections(store: Store, url: str) -> None:
    changes: list[Callable[[], object]] = [
        lambda: store.proposals.save(proposal(), "mine"),
        lambda: store.opportunities.save(opportunity(), "rivers"),
        lambda: store.matches.write("mine", 1, 1, match()),
        lambda: store.proposals.mark_scored("mine", Mark(1, FINGERPRINT)),
        lambda: store.turns.take("tidy", lease(), MONDAY + timedelta(days=1)),
        lambda: store.proposals.delete("mine"),
    ]
    with open_store(url) as other:
        seen = [(store.version(), other.version())]
        for change in changes:
            change()
            seen.append((store.version(), other.version()))
    assert len({own for own, _ in seen}) == len({theirs for _, theirs in seen}) == len(seen)


def test_a_change_of_one_organization_moves_the_version_of_all(store: Store) -> None:
    before = store.for_organization("theirs").version()
    store.for_organization("local").proposals.save(proposal(), "mine")
    assert store.for_organization("theirs").version() != before
