from datetime import UTC, datetime
from uuid import UUID

import pytest
import time_machine

from matcher.domain.organization import Organization
from matcher.errors import NotFound
from matcher.store.protocol import Store
from matcher.store.records import SaveOutcome

from .builders import claim, full_proposal, match, opportunity, proposal, subscribe, written

MONDAY = datetime(2026, 11, 16, 8, 30, tzinfo=UTC)
TUESDAY = datetime(2026, 11, 17, 8, 30, tzinfo=UTC)


def test_a_proposal_comes_back_as_it_was_saved(store: Store) -> None:
    saved = store.proposals.save(full_proposal())
    assert store.proposals.get(saved.identifier).proposal == full_proposal()


def test_a_save_without_identifier_makes_a_new_uuid_each_time(store: Store) -> None:
    first, second = store.proposals.save(proposal()), store.proposals.save(proposal())
    assert UUID(first.identifier) != UUID(second.identifier)
    assert (first.outcome, second.outcome) == (SaveOutcome.NEW, SaveOutcome.NEW)


def test_only_changed_content_raises_the_revision(store: Store) -> None:
    outcomes = [store.proposals.save(proposal(text), "mine") for text in ("first", "first", "second")]
    assert [(saved.revision, saved.outcome) for saved in outcomes] == [
        (1, SaveOutcome.NEW),
        (1, SaveOutcome.UNCHANGED),
        (2, SaveOutcome.CHANGED),
    ]
    assert store.proposals.get("mine").proposal.text == "second"


def test_it_remembers_when_it_was_created_and_when_it_changed(store: Store) -> None:
    with time_machine.travel(MONDAY, tick=False):
        store.proposals.save(proposal("first"), "mine")
    with time_machine.travel(TUESDAY, tick=False):
        store.proposals.save(proposal("second"), "mine")
    stored = store.proposals.get("mine")
    assert (stored.created_at, stored.changed_at) == (MONDAY, TUESDAY)


def test_all_comes_in_the_order_of_the_identifiers(store: Store) -> None:
    for identifier in ("b", "c", "a"):
        store.proposals.save(proposal(), identifier)
    assert [stored.proposal_id for stored in store.proposals.all()] == ["a", "b", "c"]


def test_a_page_begins_with_the_latest_and_counts_all_that_its_organization_has(store: Store) -> None:
    store.organizations.add(Organization("other", "Other", MONDAY))
    with time_machine.travel(MONDAY, tick=False):
        store.for_organization("other").proposals.save(proposal(), "theirs")
        for identifier in ("b", "a", "c"):
            store.for_organization("local").proposals.save(proposal(), identifier)
    with time_machine.travel(TUESDAY, tick=False):
        store.proposals.save(proposal("changed"), "c")
    own = store.for_organization("local").proposals
    pages = [own.page(offset, 2) for offset in (0, 2, 4)]
    assert [[one.proposal_id for one in shown] for shown, _ in pages] == [["c", "a"], ["b"], []]
    assert {total for _, total in pages} == {3}
    assert store.proposals.page(0, 1)[1] == 4


def test_some_are_found_by_their_identifiers_in_their_order_and_those_of_others_are_not(store: Store) -> None:
    store.organizations.add(Organization("other", "Other", MONDAY))
    for identifier in ("b", "c", "a"):
        store.proposals.save(proposal(), identifier)
    store.for_organization("other").proposals.save(proposal(), "theirs")
    assert list(store.proposals.some(["c", "a", "none", "theirs"])) == ["a", "c", "theirs"]
    assert list(store.for_organization("local").proposals.some(["c", "theirs"])) == ["c"]


def test_an_unknown_identifier_is_not_found_and_named(store: Store) -> None:
    with pytest.raises(NotFound, match="no-such-proposal"):
        store.proposals.get("no-such-proposal")
    with pytest.raises(NotFound, match="no-such-proposal"):
        store.proposals.delete("no-such-proposal")


def test_deleting_takes_matches_subscriptions_and_digests_along_and_nothing_else(store: Store) -> None:
    subscribe(store)
    store.proposals.save(proposal(), "other")
    store.opportunities.save(opportunity(), "rivers.yaml")
    for proposal_id in ("river-days", "other"):
        assert store.matches.write(proposal_id, 1, 1, match())
    (mail,) = claim(store)
    store.mails.write("me", [written(mail, "river-fund")])
    store.mails.mark_sent(mail.mail_id, MONDAY)
    store.proposals.delete("river-days")
    assert [stored.proposal_id for stored in store.proposals.all()] == ["other"]
    assert [stored.proposal_id for stored in store.matches.for_opportunity("river-fund")] == ["other"]
    assert store.subscriptions.all() == []
    assert store.digests.pages(mail.mail_id) == []
    assert store.digests.mailed("weekly", "river-days") == {}
    assert store.opportunities.get("river-fund").revision == 1


def test_an_identifier_that_comes_back_goes_on_counting_so_that_old_results_stay_out(store: Store) -> None:
    store.opportunities.save(opportunity(), "rivers.yaml")
    store.proposals.save(proposal("the old one"), "mine")
    store.proposals.delete("mine")
    again = store.proposals.save(proposal("a different one"), "mine")
    changed = store.proposals.save(proposal("and changed"), "mine")
    assert (again.revision, again.outcome) == (2, SaveOutcome.NEW)
    assert (changed.revision, changed.outcome) == (3, SaveOutcome.CHANGED)
    assert not store.matches.write("mine", 1, 1, match())
