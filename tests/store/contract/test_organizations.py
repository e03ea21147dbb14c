"""Organizations, their keys, and that none sees what is another's."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from matcher.domain.organization import LOCAL, ApiKey, Organization
from matcher.domain.subject import Subject, SubjectKind
from matcher.errors import InputRejected, NotFound
from matcher.store.protocol import Store
from matcher.store.sql_store import open_store

from .builders import consent, match, opportunity, proposal, subscription

NOW = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
KEY = ApiKey("0123456789ab", "ours", "website", "f" * 64, NOW)


@pytest.fixture
def ours(store: Store) -> Store:
    """The store of one organization, with a proposal that has a match and a subscription, beside a second one."""
    for organization_id in ("ours", "theirs"):
        store.organizations.add(Organization(organization_id, organization_id.title(), NOW))
    own = store.for_organization("ours")
    own.proposals.save(replace(proposal(), source="river.md"), "river-days")
    store.opportunities.save(opportunity(), "rivers.yaml")
    assert store.matches.write("river-days", 1, 1, match())
    own.subscriptions.add(subscription(organization_id="ours"), consent())
    return own


def test_the_organization_of_the_machine_is_there_from_the_beginning(store: Store) -> None:
    assert [one.organization_id for one in store.organizations.all()] == [LOCAL]
    store.proposals.save(proposal(), "mine")
    assert store.proposals.get("mine").organization_id == LOCAL


def test_an_organization_sees_what_it_keeps(ours: Store) -> None:
    assert ours.organization_id == "ours"
    assert ours.proposals.get("river-days").organization_id == "ours"
    assert [one.proposal_id for one in ours.proposals.all()] == ["river-days"]
    assert list(ours.proposals.ids_and_revisions()) == ["river-days"]
    assert ours.proposals.from_source("river.md") == "river-days"
    assert len(ours.matches.for_proposal("river-days")) == len(ours.matches.for_opportunity("river-fund")) == 1
    assert ours.subscriptions.get("weekly").proposal_id == "river-days"


def test_another_organization_finds_nothing_of_it_in_any_list(ours: Store) -> None:
    theirs = ours.for_organization("theirs")
    assert theirs.proposals.all() == []
    assert theirs.proposals.ids_and_revisions() == {}
    assert theirs.proposals.stale("scorer-1") == []
    assert theirs.proposals.from_source("river.md") is None
    assert theirs.matches.for_proposal("river-days") == []
    assert theirs.matches.for_opportunity("river-fund") == []
    assert theirs.matches.changes(opportunity_id="river-fund") == []
    assert theirs.subscriptions.all() == []
    assert theirs.proposals.titles() == {}


@pytest.mark.parametrize(
    "act",
    [
        lambda store: store.proposals.get("river-days"),
        lambda store: store.proposals.delete("river-days"),
        lambda store: store.proposals.save(proposal("taken over"), "river-days"),
        lambda store: store.proposals.save(proposal(), "river-days"),
        lambda store: store.subscriptions.add(subscription("mine", organization_id="theirs"), consent()),
        lambda store: store.subscriptions.get("weekly"),
        lambda store: store.subscriptions.remove("weekly"),
    ],
)
def test_to_another_organization_it_is_as_unknown_as_what_was_never_stored(
    ours: Store, act: Callable[[Store], object]
) -> None:
    with pytest.raises(NotFound) as refused:
        act(ours.for_organization("theirs"))
    assert "ours" not in str(refused.value)
    assert ours.proposals.get("river-days").proposal.text == proposal().text
    assert len(ours.subscriptions.all()) == 1


def test_the_changes_of_a_match_are_seen_by_its_own_organization_alone(ours: Store, store: Store) -> None:
    from matcher.store.records import Mark

    store.proposals.mark_scored("river-days", Mark(1, "scorer-1"))
    store.opportunities.mark_scored("river-fund", Mark(1, "scorer-1"))
    store.opportunities.save(opportunity(text="Clean lakes."), "rivers.yaml")
    assert store.matches.write("river-days", 1, 2, match(fit=0.9))
    assert len(ours.matches.changes()) == 1
    assert ours.for_organization("theirs").matches.changes() == []


def test_a_proposal_stays_with_its_organization_when_the_house_amends_it(ours: Store, store: Store) -> None:
    store.proposals.save(proposal("amended"), "river-days")
    assert ours.proposals.get("river-days").proposal.text == "amended"


def test_removing_an_organization_takes_all_that_is_its_own_and_remembers_its_revisions(
    ours: Store, store: Store
) -> None:
    store.keys.add(KEY)
    before = store.proposals.generation()
    assert store.organizations.proposal_counts() == {"ours": 1}
    store.organizations.remove("ours")
    assert store.proposals.all() == store.keys.all() == store.subscriptions.all() == []
    assert store.matches.for_opportunity("river-fund") == []
    assert store.proposals.generation() > before
    assert store.proposals.save(proposal(), "river-days").revision == 2


def test_to_an_organization_nothing_is_known_but_of_itself_and_its_proposals(ours: Store, store: Store) -> None:
    theirs = store.for_organization("theirs")
    for subject in (Subject(SubjectKind.ORGANIZATION, "ours"), Subject(SubjectKind.PROPOSAL, "river-days")):
        assert ours.personal.counts(subject)["proposals"] == 1
        assert theirs.personal.counts(subject) == theirs.personal.holdings(subject) == {}
        with pytest.raises(NotFound):
            theirs.personal.erase(subject)
    (one,) = store.subscriptions.all()
    address = Subject(SubjectKind.ADDRESS, one.email_address)
    assert store.personal.counts(address)["subscriptions"] == 1
    assert ours.personal.counts(address) == {}
    ours.personal.erase(Subject(SubjectKind.ORGANIZATION, "ours"))
    assert store.proposals.all() == []


def test_that_there_was_a_key_is_remembered_when_its_organization_is_gone(ours: Store, store: Store) -> None:
    store.keys.add(KEY)
    store.organizations.remove("ours")
    assert store.keys.all() == []
    assert not store.keys.is_empty()


def test_an_organization_that_is_taken_or_unknown_is_named(store: Store) -> None:
    with pytest.raises(InputRejected, match="local"):
        store.organizations.add(Organization(LOCAL, "Again", NOW))
    with pytest.raises(NotFound, match="nobody"):
        store.organizations.get("nobody")
    with pytest.raises(NotFound, match="nobody"):
        store.organizations.remove("nobody")


def test_a_key_comes_back_as_it_was_added_and_shows_that_keys_are_asked_for(ours: Store, store: Store) -> None:
    assert store.keys.is_empty()
    store.keys.add(KEY)
    assert store.keys.get(KEY.key_id) == KEY
    assert store.keys.all() == [KEY]
    assert not store.keys.is_empty()


def test_a_key_of_nobody_or_under_a_taken_identifier_is_refused(ours: Store, store: Store) -> None:
    store.keys.add(KEY)
    with pytest.raises(InputRejected, match=KEY.key_id):
        store.keys.add(replace(KEY, hash="0" * 64))
    with pytest.raises(NotFound, match="nobody"):
        store.keys.add(replace(KEY, key_id="b", organization_id="nobody"))
    assert store.keys.all() == [KEY]


def test_the_last_use_is_recorded_once_a_minute(ours: Store, store: Store) -> None:
    store.keys.add(KEY)
    assert store.keys.touch(KEY.key_id, NOW, MINUTE)
    assert not store.keys.touch(KEY.key_id, NOW + MINUTE / 2, MINUTE)
    assert store.keys.get(KEY.key_id).last_used_at == NOW
    assert store.keys.touch(KEY.key_id, NOW + MINUTE, MINUTE)
    assert store.keys.get(KEY.key_id).last_used_at == NOW + MINUTE


def test_a_key_is_revoked_once_and_stays_known(ours: Store, store: Store) -> None:
    store.keys.add(KEY)
    store.keys.revoke(KEY.key_id, NOW)
    store.keys.revoke(KEY.key_id, NOW + MINUTE)
    assert store.keys.get(KEY.key_id).revoked_at == NOW
    assert not store.keys.is_empty()
    with pytest.raises(NotFound, match="unknown"):
        store.keys.revoke("unknown", NOW)


def test_the_version_moves_with_every_change_of_anybody_and_with_nothing_else(store: Store, url: str) -> None:
    first = store.version()
    store.proposals.all()
    assert store.version() == first
    store.proposals.save(proposal(), "mine")
    second = store.version()
    assert second != first
    with open_store(url) as other:
        other.opportunities.save(opportunity(), "rivers.yaml")
    assert store.version() != second
