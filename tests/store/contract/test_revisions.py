"""What opportunities and proposals share: revisions, marks and the generation."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from matcher.store.protocol import Revisioned, Store
from matcher.store.records import Mark

from .builders import opportunity, proposal


@dataclass
class Kind:
    """One kind of revisioned row: `save(identifier, text)` makes or changes one."""

    rows: Revisioned
    save: Callable[[str, str], object]


@pytest.fixture(params=["opportunities", "proposals"])
def kind(request: pytest.FixtureRequest, store: Store) -> Kind:
    if request.param == "opportunities":
        return Kind(
            store.opportunities, lambda identifier, text: store.opportunities.save(opportunity(identifier, text), "a")
        )
    return Kind(store.proposals, lambda identifier, text: store.proposals.save(proposal(text), identifier))


def test_an_empty_store_has_no_rows_and_nothing_stale(kind: Kind) -> None:
    assert kind.rows.ids_and_revisions() == {}
    assert kind.rows.stale("scorer-1") == []


def test_revisions_are_listed_by_identifier(kind: Kind) -> None:
    for identifier, text in (("b", "first"), ("a", "only"), ("b", "second")):
        kind.save(identifier, text)
    assert list(kind.rows.ids_and_revisions().items()) == [("a", 1), ("b", 2)]


def test_a_row_is_stale_at_birth(kind: Kind) -> None:
    kind.save("a", "first")
    assert kind.rows.stale("scorer-1") == [("a", 1)]


def test_a_row_that_is_marked_with_its_revision_and_the_fingerprint_is_fresh(kind: Kind) -> None:
    kind.save("a", "first")
    kind.save("b", "first")
    assert kind.rows.mark_scored("a", Mark(1, "scorer-1"))
    assert kind.rows.stale("scorer-1") == [("b", 1)]


def test_a_changed_row_is_stale_again(kind: Kind) -> None:
    kind.save("a", "first")
    kind.rows.mark_scored("a", Mark(1, "scorer-1"))
    kind.save("a", "second")
    assert kind.rows.stale("scorer-1") == [("a", 2)]


def test_saving_equal_content_leaves_the_mark_alone(kind: Kind) -> None:
    kind.save("a", "first")
    kind.rows.mark_scored("a", Mark(1, "scorer-1"))
    kind.save("a", "first")
    assert kind.rows.stale("scorer-1") == []


def test_every_row_is_stale_to_another_scorer(kind: Kind) -> None:
    kind.save("a", "first")
    kind.rows.mark_scored("a", Mark(1, "scorer-1"))
    assert kind.rows.stale("scorer-2") == [("a", 1)]


def test_a_mark_of_an_older_revision_is_refused(kind: Kind) -> None:
    kind.save("a", "first")
    kind.save("a", "second")
    assert not kind.rows.mark_scored("a", Mark(1, "scorer-1"))
    assert kind.rows.stale("scorer-1") == [("a", 2)]


def test_a_mark_of_an_unknown_row_is_refused(kind: Kind) -> None:
    assert not kind.rows.mark_scored("nobody", Mark(1, "scorer-1"))


def test_many_marks_are_set_at_once_where_the_revision_still_holds(kind: Kind) -> None:
    for identifier in ("a", "b", "c"):
        kind.save(identifier, "first")
    kind.save("b", "second")
    kind.rows.mark_all_scored({"a": 1, "b": 1, "nobody": 1}, "scorer-1")
    kind.rows.mark_all_scored({}, "scorer-2")
    assert kind.rows.stale("scorer-1") == [("b", 2), ("c", 1)]


def test_the_generation_moves_with_every_new_and_every_changed_row(kind: Kind) -> None:
    seen = [kind.rows.generation()]
    for identifier, text in (("a", "first"), ("b", "first"), ("a", "second")):
        kind.save(identifier, text)
        seen.append(kind.rows.generation())
    assert len(set(seen)) == 4


def test_the_generation_stands_still_while_nothing_changes(kind: Kind) -> None:
    kind.save("a", "first")
    before = kind.rows.generation()
    kind.save("a", "first")
    kind.rows.mark_scored("a", Mark(1, "scorer-1"))
    assert kind.rows.generation() == before


def test_the_generation_moves_with_a_deleted_proposal(store: Store) -> None:
    store.proposals.save(proposal(), "mine")
    before = store.proposals.generation()
    store.proposals.delete("mine")
    assert store.proposals.generation() != before


def test_opportunities_and_proposals_have_generations_of_their_own(store: Store) -> None:
    store.proposals.save(proposal(), "mine")
    before = store.proposals.generation()
    store.opportunities.save(opportunity(), "rivers.yaml")
    assert store.proposals.generation() == before
