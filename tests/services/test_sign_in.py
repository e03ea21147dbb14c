"""Sign-in by mail: anybody may ask, members alone are mailed, a link works once, and a session ends."""

from datetime import UTC, datetime, timedelta

import pytest

from matcher.bootstrap import Context
from matcher.domain.organization import SignIn
from matcher.errors import InputRejected
from matcher.services.members import add_member, remove_member
from matcher.services.organizations import add_organization
from matcher.services.send_mails import send_mails
from matcher.services.sign_in import SESSION_LIFETIME, ask_to_sign_in, offer, present_session, sign_in, sign_out
from matcher.services.signed_links import SIGN_IN_LIFETIME, Purpose, Scope
from matcher.services.tidy import tidy
from tests.services.posts import SIGNER, Postbox, outgoing

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
OFFICER = "officer@example.org"


@pytest.fixture
def house(house: Context) -> Context:
    """A house with two organizations; an officer is a member of one."""
    for organization_id in ("ours", "theirs"):
        add_organization(house.store, organization_id, f"{organization_id.title()} House")
    add_member(house.store, "ours", OFFICER)
    return house


def post(house: Context, postbox: Postbox, now: datetime = NOW) -> int:
    return send_mails(house.store, outgoing(postbox), lambda: now).sent


def linked(postbox: Postbox) -> str:
    """Return the identifier behind the link of the last mail; the link is read at the present time."""
    token = postbox.text().partition("/sign-in/")[2].split()[0]
    target = SIGNER.read(Purpose.SIGN_IN, token)
    assert target.scope is Scope.SIGN_IN
    return target.identifier


@pytest.fixture
def asked(house: Context, postbox: Postbox) -> str:
    """What the link that the officer was mailed is about."""
    ask_to_sign_in(house.store, "Officer@Example.org", NOW)
    assert post(house, postbox) == 1
    return linked(postbox)


@pytest.fixture
def begun(house: Context, asked: str) -> SignIn:
    return sign_in(house.store, asked, "ours", NOW)


def test_a_member_is_mailed_one_link_and_a_stranger_nothing(house: Context, postbox: Postbox, asked: str) -> None:
    ask_to_sign_in(house.store, "director@example.org", NOW)
    assert post(house, postbox) == 0
    (message,) = postbox.sent
    assert (message["To"], message["Subject"]) == (OFFICER, "Sign in for Ours House")
    assert message["List-Unsubscribe"] is None
    assert asked


def test_asking_leaves_the_same_trace_for_a_member_and_for_a_stranger(house: Context) -> None:
    for address in (OFFICER, "director@example.org"):
        ask_to_sign_in(house.store, address, NOW)
    kept = house.store.sign_ins.unanswered(10)
    assert {(one.organization_id, one.begun_at, one.asked_at) for one in kept} == {(None, None, NOW)}
    assert house.store.mails.for_address(OFFICER) == []


def test_nobody_is_flooded_and_nobody_is_told(house: Context, postbox: Postbox) -> None:
    for _ in range(8):
        ask_to_sign_in(house.store, OFFICER, NOW)
    assert post(house, postbox) == 5
    ask_to_sign_in(house.store, OFFICER, NOW + timedelta(hours=1))
    assert post(house, postbox, NOW + timedelta(hours=1)) == 1


def test_a_link_offers_every_organization_of_its_reader(house: Context, postbox: Postbox) -> None:
    add_member(house.store, "theirs", OFFICER)
    ask_to_sign_in(house.store, OFFICER, NOW)
    post(house, postbox)
    assert postbox.subjects == ["Sign in for Ours House or Theirs House"]
    assert [one.organization_id for one in offer(house.store, linked(postbox), NOW).organizations] == ["ours", "theirs"]
    assert sign_in(house.store, linked(postbox), "theirs", NOW).organization_id == "theirs"


def test_a_link_works_once(house: Context, begun: SignIn) -> None:
    for again in (offer, lambda *told: sign_in(told[0], told[1], "ours", told[2])):
        with pytest.raises(InputRejected, match="ask for a new one"):
            again(house.store, begun.sign_in_id, NOW)
    assert present_session(house.store, begun.sign_in_id, NOW) == begun


def test_a_link_is_for_the_organizations_of_its_reader_alone(house: Context, asked: str) -> None:
    with pytest.raises(InputRejected, match="ask for a new one"):
        sign_in(house.store, asked, "theirs", NOW)
    assert present_session(house.store, asked, NOW) is None


def test_a_link_is_of_no_use_after_a_quarter_of_an_hour(house: Context, asked: str, postbox: Postbox) -> None:
    with pytest.raises(InputRejected, match="ask for a new one"):
        sign_in(house.store, asked, "ours", NOW + SIGN_IN_LIFETIME)
    ask_to_sign_in(house.store, OFFICER, NOW)
    assert post(house, postbox, NOW + SIGN_IN_LIFETIME) == 0, "nor is it mailed then"


@pytest.mark.parametrize("lasts", [False, True])
def test_a_session_lasts_two_weeks_at_most(house: Context, begun: SignIn, lasts: bool) -> None:
    moment = NOW + SESSION_LIFETIME - lasts * MINUTE
    assert (present_session(house.store, begun.sign_in_id, moment) is not None) is lasts


def test_a_session_ends_with_sign_out_and_with_the_membership(house: Context, begun: SignIn, postbox: Postbox) -> None:
    sign_out(house.store, begun.sign_in_id, NOW)
    assert present_session(house.store, begun.sign_in_id, NOW) is None
    ask_to_sign_in(house.store, OFFICER, NOW)
    post(house, postbox)
    again = sign_in(house.store, linked(postbox), "ours", NOW)
    remove_member(house.store, "ours", OFFICER)
    assert present_session(house.store, again.sign_in_id, NOW) is None


def test_what_is_no_address_is_refused(house: Context) -> None:
    with pytest.raises(InputRejected, match="no mail address"):
        ask_to_sign_in(house.store, "officer at home", NOW)


def test_old_sign_ins_are_forgotten(house: Context, begun: SignIn) -> None:
    assert tidy(house.store, NOW + SESSION_LIFETIME)["sign_ins"] == 0
    assert tidy(house.store, NOW + SESSION_LIFETIME + timedelta(days=2))["sign_ins"] == 1
