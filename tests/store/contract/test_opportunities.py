from datetime import UTC, datetime

import pytest
import time_machine

from matcher.errors import InputRejected, NotFound
from matcher.store.protocol import Store
from matcher.store.records import OpportunityRevision, SaveOutcome

from .builders import full_opportunity, opportunity

MONDAY = datetime(2026, 11, 16, 8, 30, tzinfo=UTC)
TUESDAY = datetime(2026, 11, 17, 8, 30, tzinfo=UTC)


def test_an_opportunity_comes_back_as_it_was_saved(store: Store) -> None:
    store.opportunities.save(full_opportunity(), "reading.yaml")
    assert store.opportunities.get("reading-2027").opportunity == full_opportunity()


def test_the_first_save_is_new_and_gives_revision_one(store: Store) -> None:
    saved = store.opportunities.save(opportunity(), "rivers.yaml")
    assert (saved.identifier, saved.revision, saved.outcome) == ("river-fund", 1, SaveOutcome.NEW)


def test_equal_content_is_unchanged_and_keeps_its_source(store: Store) -> None:
    store.opportunities.save(opportunity(), "rivers.yaml")
    saved = store.opportunities.save(opportunity(), "copy.yaml")
    assert (saved.revision, saved.outcome) == (1, SaveOutcome.UNCHANGED)
    assert store.opportunities.get("river-fund").source == "rivers.yaml"


def test_changed_content_raises_the_revision_by_one_and_names_its_new_source(store: Store) -> None:
    store.opportunities.save(opportunity(), "rivers.yaml")
    saved = store.opportunities.save(opportunity(text="Clean lakes."), "amended.yaml")
    stored = store.opportunities.get("river-fund")
    assert (saved.revision, saved.outcome) == (2, SaveOutcome.CHANGED)
    assert (stored.revision, stored.source, stored.opportunity.text) == (2, "amended.yaml", "Clean lakes.")


def test_content_that_changes_back_is_a_third_revision_with_the_first_hash(store: Store) -> None:
    hashes = []
    for text in ("first", "second", "first"):
        store.opportunities.save(opportunity(text=text), "rivers.yaml")
        hashes.append(store.opportunities.get("river-fund").content_hash)
    assert store.opportunities.get("river-fund").revision == 3
    assert hashes[0] == hashes[2] != hashes[1]


def test_it_remembers_when_it_was_first_seen_and_when_it_changed(store: Store) -> None:
    with time_machine.travel(MONDAY, tick=False):
        store.opportunities.save(opportunity(), "rivers.yaml")
    with time_machine.travel(TUESDAY, tick=False):
        store.opportunities.save(opportunity(text="Clean lakes."), "rivers.yaml")
    stored = store.opportunities.get("river-fund")
    assert (stored.first_seen_at, stored.changed_at) == (MONDAY, TUESDAY)


def test_an_unknown_identifier_is_not_found_and_named(store: Store) -> None:
    with pytest.raises(NotFound, match="no-such-fund"):
        store.opportunities.get("no-such-fund")


def test_all_comes_in_the_order_of_the_identifiers(store: Store) -> None:
    for identifier in ("b", "c", "a"):
        store.opportunities.save(opportunity(identifier), "all.yaml")
    assert [stored.opportunity.opportunity_id for stored in store.opportunities.all()] == ["a", "b", "c"]


def test_a_text_that_is_no_unicode_is_refused_and_nothing_is_kept(store: Store) -> None:
    with pytest.raises(InputRejected, match="ud800"):
        store.opportunities.save(opportunity(text="broken \ud800"), "rivers.yaml")
    assert store.opportunities.all() == []


def test_every_revision_is_kept_with_its_time_and_source(store: Store) -> None:
    with time_machine.travel(MONDAY, tick=False):
        store.opportunities.save(opportunity(), "rivers.yaml")
    with time_machine.travel(TUESDAY, tick=False):
        store.opportunities.save(opportunity(text="Clean lakes."), "amended.yaml")
        store.opportunities.save(opportunity(text="Clean lakes."), "copy.yaml")
    assert store.opportunities.revisions("river-fund") == [
        OpportunityRevision(opportunity(), 1, "rivers.yaml", MONDAY),
        OpportunityRevision(opportunity(text="Clean lakes."), 2, "amended.yaml", TUESDAY),
    ]
    assert store.opportunities.revisions("no-such-fund") == []


def test_amendments_are_listed_latest_first_and_first_revisions_are_none(store: Store) -> None:
    with time_machine.travel(MONDAY, tick=False):
        for identifier in ("a", "b"):
            store.opportunities.save(opportunity(identifier), "all.yaml")
        store.opportunities.save(opportunity("b", "second"), "all.yaml")
    with time_machine.travel(TUESDAY, tick=False):
        store.opportunities.save(opportunity("a", "second"), "all.yaml")
    assert store.opportunities.revised_since(None) == [("a", 2), ("b", 2)]
    assert store.opportunities.revised_since(TUESDAY) == [("a", 2)]


def test_some_are_found_by_their_identifiers_however_many_in_their_order(store: Store) -> None:
    names = [f"fund-{number:04}" for number in range(600)]
    for name in (*names[:2], names[-1]):
        store.opportunities.save(opportunity(name), "rivers.yaml")
    found = store.opportunities.some(reversed(names))
    assert list(found) == [*names[:2], names[-1]]
    assert found[names[0]] == store.opportunities.get(names[0])
    assert store.opportunities.some([]) == {}
