"""Keys: shown once, kept as a hash, useless once revoked."""

from datetime import UTC, datetime, timedelta

import pytest

from matcher.bootstrap import Context
from matcher.domain.organization import LOCAL
from matcher.errors import InputRejected, NotFound
from matcher.services.keys import issue_key, list_keys, revoke_key, who_asks
from matcher.services.organizations import add_organization, list_organizations, remove_organization
from matcher.store.protocol import Store

NOW = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)


@pytest.fixture
def store(house: Context) -> Store:
    add_organization(house.store, "ours", " Our House ")
    return house.store


def test_a_key_tells_whose_it_is_and_is_kept_nowhere(store: Store) -> None:
    key, text = issue_key(store, "ours", "website")
    asking = who_asks(store, text, NOW)
    assert asking is not None
    assert asking.organization_id == "ours"
    assert text.startswith(f"matcher_{key.key_id}_")
    assert text.removeprefix(f"matcher_{key.key_id}_") not in str(store.keys.all())


def test_two_keys_are_never_alike(store: Store) -> None:
    (first, text), (second, other) = issue_key(store, "ours", "a"), issue_key(store, "ours", "a")
    assert first.key_id != second.key_id
    assert first.hash != second.hash
    assert text != other


def test_what_is_no_key_or_a_wrong_one_is_nobodys(store: Store) -> None:
    key, text = issue_key(store, "ours", "website")
    wrong = text[:-1] + ("a" if text[-1] != "a" else "b")
    unknown = text.replace(key.key_id, "0" * len(key.key_id))
    for shown in ("", "x", key.key_id, key.hash, wrong, unknown, text + "\n", text.upper()):
        assert who_asks(store, shown, NOW) is None
    assert store.keys.get(key.key_id).last_used_at is None


def test_a_revoked_key_is_nobodys_and_the_others_go_on(store: Store) -> None:
    key, text = issue_key(store, "ours", "website")
    _, other = issue_key(store, "ours", "nightly")
    revoke_key(store, key.key_id)
    assert who_asks(store, text, NOW) is None
    assert who_asks(store, other, NOW) is not None


def test_the_last_use_is_written_at_most_once_a_minute(store: Store) -> None:
    key, text = issue_key(store, "ours", "website")
    for seconds in (0, 30, 59, 60):
        assert who_asks(store, text, NOW + timedelta(seconds=seconds))
        kept = store.keys.get(key.key_id).last_used_at
        assert kept == NOW + timedelta(seconds=60 if seconds == 60 else 0)


def test_keys_are_listed_by_organization(store: Store) -> None:
    key, _ = issue_key(store, "ours", "website")
    local, _ = issue_key(store, LOCAL, "script")
    assert list_keys(store, "ours") == [key]
    assert list_keys(store) == [local, key]
    with pytest.raises(NotFound, match="nobody"):
        list_keys(store, "nobody")


@pytest.mark.parametrize("identifier", ["", "Ours", "a b", "-a", "a-", "ü", "a" * 65])
def test_an_identifier_that_commands_could_not_carry_is_refused(store: Store, identifier: str) -> None:
    with pytest.raises(InputRejected, match="lower-case"):
        add_organization(store, identifier, "Somebody")


def test_names_that_tell_nothing_are_refused(store: Store) -> None:
    with pytest.raises(InputRejected, match="name"):
        add_organization(store, "nameless", " ")
    with pytest.raises(InputRejected, match="name"):
        issue_key(store, "ours", " ")
    with pytest.raises(NotFound, match="nobody"):
        issue_key(store, "nobody", "website")


def test_organizations_are_listed_with_the_keys_that_work(store: Store) -> None:
    key, _ = issue_key(store, "ours", "website")
    issue_key(store, "ours", "nightly")
    revoke_key(store, key.key_id)
    ours = list_organizations(store)[1]
    assert (ours.organization.name, ours.keys, ours.proposals) == ("Our House", 1, 0)


def test_the_organization_of_the_machine_cannot_be_removed(store: Store) -> None:
    remove_organization(store, "ours")
    with pytest.raises(InputRejected, match="stays"):
        remove_organization(store, LOCAL)
    assert [one.organization.organization_id for one in list_organizations(store)] == [LOCAL]
