"""Members of organizations and their sign-ins: each begins once, and ends with the membership."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from matcher.domain.organization import Member, Organization, SignIn
from matcher.errors import InputRejected, NotFound
from matcher.store.protocol import Store

NOW = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
OFFICER = Member("ours", "officer@example.org", NOW)
ASKED = SignIn("one", OFFICER.email_address, NOW)


@pytest.fixture
def ours(store: Store) -> Store:
    """The store of the house, with two organizations; an officer is a member of one."""
    for organization_id in ("ours", "theirs"):
        store.organizations.add(Organization(organization_id, organization_id.title(), NOW))
    store.members.add(OFFICER)
    return store


@pytest.fixture
def begun(ours: Store) -> SignIn:
    """The officer, signed in."""
    ours.sign_ins.ask(ASKED)
    assert ours.sign_ins.begin("one", "ours", NOW + MINUTE)
    return ours.sign_ins.get("one")


def test_an_address_may_be_a_member_of_several_organizations(ours: Store) -> None:
    again = replace(OFFICER, organization_id="theirs")
    ours.members.add(again)
    ours.members.add(replace(OFFICER, email_address="accountant@example.org"))
    assert ours.members.of_address(OFFICER.email_address) == [OFFICER, again]
    assert [one.email_address for one in ours.members.of_organization("ours")] == [
        "accountant@example.org",
        "officer@example.org",
    ]
    assert ours.members.of_organization("nobody") == ours.members.of_address("nobody@example.org") == []


@pytest.mark.parametrize(
    ("act", "error", "named"),
    [
        (lambda store: store.members.add(OFFICER), InputRejected, "ours"),
        (lambda store: store.members.add(replace(OFFICER, organization_id="nobody")), NotFound, "nobody"),
        (lambda store: store.members.remove("theirs", OFFICER.email_address), NotFound, "theirs"),
        (lambda store: store.sign_ins.get("unknown"), NotFound, "unknown"),
    ],
)
def test_what_is_taken_or_unknown_is_named(
    ours: Store, act: Callable[[Store], object], error: type[Exception], named: str
) -> None:
    with pytest.raises(error, match=named):
        act(ours)


def test_a_sign_in_is_kept_for_a_stranger_as_for_a_member(ours: Store) -> None:
    stranger = SignIn("two", "director@example.org", NOW + MINUTE)
    ours.sign_ins.ask(ASKED)
    ours.sign_ins.ask(stranger)
    assert ours.sign_ins.unanswered(10) == [ASKED, stranger]
    assert ours.sign_ins.unanswered(1) == [ASKED]
    ours.sign_ins.answer("one", NOW)
    assert ours.sign_ins.unanswered(10) == [stranger]


def test_what_was_asked_with_an_address_is_counted(ours: Store) -> None:
    for number in range(3):
        ours.sign_ins.ask(replace(ASKED, sign_in_id=str(number), asked_at=NOW + number * MINUTE))
    assert ours.sign_ins.asked_since(OFFICER.email_address, NOW) == 2
    assert ours.sign_ins.asked_since("director@example.org", NOW - MINUTE) == 0


def test_a_sign_in_begins_once(ours: Store, begun: SignIn) -> None:
    assert begun == replace(ASKED, organization_id="ours", begun_at=NOW + MINUTE)
    assert not ours.sign_ins.begin("one", "ours", NOW + 2 * MINUTE)
    assert ours.sign_ins.get("one") == begun


def test_nobody_signs_in_who_is_no_member(ours: Store) -> None:
    ours.sign_ins.ask(ASKED)
    ours.sign_ins.ask(SignIn("two", "director@example.org", NOW))
    assert not ours.sign_ins.begin("one", "theirs", NOW)
    assert not ours.sign_ins.begin("two", "ours", NOW)
    assert not ours.sign_ins.begin("unknown", "ours", NOW)
    assert ours.sign_ins.get("one") == ASKED


def test_a_sign_in_ends_once(ours: Store, begun: SignIn) -> None:
    ours.sign_ins.end("one", NOW + 2 * MINUTE)
    ours.sign_ins.end("one", NOW + 3 * MINUTE)
    assert ours.sign_ins.get("one") == replace(begun, ended_at=NOW + 2 * MINUTE)


@pytest.mark.parametrize(
    "leave",
    [
        lambda store: store.members.remove("ours", OFFICER.email_address),
        lambda store: store.organizations.remove("ours"),
    ],
)
@pytest.mark.usefixtures("begun")
def test_who_is_a_member_no_more_is_signed_out(ours: Store, leave: Callable[[Store], None]) -> None:
    leave(ours)
    with pytest.raises(NotFound, match="one"):
        ours.sign_ins.get("one")
    assert ours.members.of_address(OFFICER.email_address) == []


def test_old_sign_ins_are_forgotten(ours: Store, begun: SignIn) -> None:
    ours.sign_ins.ask(replace(ASKED, sign_in_id="two", asked_at=NOW + MINUTE))
    assert ours.sign_ins.forget_before(NOW + MINUTE) == 1
    assert ours.sign_ins.get("two")
