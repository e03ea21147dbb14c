from datetime import UTC, datetime

import pytest
import time_machine

from matcher.errors import InputRejected, NotFound
from matcher.store.protocol import Store
from matcher.store.records import Rejection, SaveOutcome

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


def test_rejections_tell_source_line_reason_and_time(store: Store) -> None:
    with time_machine.travel(MONDAY, tick=False):
        store.opportunities.reject("b.csv", 7, "no title")
        store.opportunities.reject("a.pdf", None, "locked")
    assert store.opportunities.rejections() == [
        Rejection("a.pdf", None, "locked", MONDAY),
        Rejection("b.csv", 7, "no title", MONDAY),
    ]


def test_two_rejections_of_one_source_are_both_kept(store: Store) -> None:
    store.opportunities.reject("b.csv", 9, "no title")
    store.opportunities.reject("b.csv", 7, "no title")
    assert [rejection.line for rejection in store.opportunities.rejections()] == [7, 9]


@pytest.mark.parametrize("line", [None, 7])
def test_rejecting_the_same_again_only_moves_its_time(store: Store, line: int | None) -> None:
    for moment in (MONDAY, TUESDAY):
        with time_machine.travel(moment, tick=False):
            store.opportunities.reject("b.csv", line, "no title")
    assert store.opportunities.rejections() == [Rejection("b.csv", line, "no title", TUESDAY)]


def test_clearing_forgets_one_source_and_spares_the_others(store: Store) -> None:
    store.opportunities.reject("a.pdf", None, "locked")
    store.opportunities.reject("b.csv", 7, "no title")
    store.opportunities.clear_rejection("b.csv")
    store.opportunities.clear_rejection("never-rejected.csv")
    assert [rejection.source for rejection in store.opportunities.rejections()] == ["a.pdf"]
