"""Signing in from a browser: the same answer to everybody, a link that a button takes once, a session that ends."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from lxml import html
from werkzeug.test import TestResponse

from matcher.bootstrap import Context
from matcher.proposals.reader import read_proposal
from matcher.services.keys import issue_key
from matcher.services.members import add_member, remove_member
from matcher.services.organizations import add_organization
from matcher.services.sign_in import SESSION_LIFETIME
from matcher.services.signed_links import SIGN_IN_LIFETIME, Purpose, Scope, Target
from matcher.services.submit_proposal import submit_proposal
from matcher.text.documents import read_document
from matcher.web.app import create_app
from matcher.web.calls import session_cookie
from matcher.web.pages.forms import FIELD
from tests.web.conftest import NewHouse
from tests.web.houses import PROPOSAL
from tests.web.signing_in import fill_in, link_of_the_mail, link_to_sign_in, signed_in_client

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
OFFICER = "officer@example.org"
HTML = {"Accept": "text/html"}


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as stopped:
        yield stopped


@pytest.fixture
def guarded(context: Context) -> Context:
    """A house that asks who asks: two organizations, each with a key, and an officer is a member of one."""
    for name in ("ours", "theirs"):
        add_organization(context.store, name, f"{name.title()} House")
        issue_key(context.store, name, "tests")
    add_member(context.store, "ours", OFFICER)
    return context


@pytest.fixture
def app(guarded: Context) -> Flask:
    return create_app(guarded)


@pytest.fixture
def visitor(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def officer(app: Flask, guarded: Context) -> FlaskClient:
    return signed_in_client(app, guarded, OFFICER, "ours")


def heading(answer: TestResponse) -> str:
    return str(html.document_fromstring(answer.text).findtext(".//h1"))


def test_a_member_and_a_stranger_are_answered_alike(visitor: FlaskClient, guarded: Context) -> None:
    told = []
    for address in (OFFICER, "director@example.org"):
        answer = fill_in(visitor, "/sign-in", email_address=address)
        told.append((answer.status_code, answer.text.replace(address, "")))
    assert told[0] == told[1]
    assert len(guarded.store.sign_ins.unanswered(10)) == 2


def test_what_is_no_address_is_told_beside_the_field(visitor: FlaskClient) -> None:
    answer = fill_in(visitor, "/sign-in", email_address="<b>officer</b>")
    page = html.document_fromstring(answer.text)
    [field] = page.iterfind(".//input[@id='email_address']")
    assert (answer.status_code, field.get("aria-invalid"), field.get("value")) == (422, "true", "<b>officer</b>")
    assert "no mail address" in page.get_element_by_id(field.get("aria-describedby")).text_content()


def test_a_link_signs_nobody_in_before_its_button_is_pressed_and_then_once(
    visitor: FlaskClient, guarded: Context
) -> None:
    link = link_to_sign_in(guarded, OFFICER)
    for _ in range(2):
        shown = visitor.get(link)
        assert "Ours House" in shown.text
        assert OFFICER in shown.text
    assert visitor.get("/sources").status_code == 401
    taken = fill_in(visitor, link, organization_id="ours")
    assert (taken.status_code, taken.location) == (303, "/")
    assert visitor.get("/sources").status_code == 200
    assert fill_in(visitor.application.test_client(), link, at="/sign-in", organization_id="ours").status_code == 400


def test_a_link_signs_in_for_the_organizations_of_its_reader_alone(visitor: FlaskClient, guarded: Context) -> None:
    assert fill_in(visitor, link_to_sign_in(guarded, OFFICER), organization_id="theirs").status_code == 400
    assert visitor.get("/sources").status_code == 401


def test_a_link_that_is_too_old_or_made_up_or_for_something_else_leads_to_a_new_one(
    visitor: FlaskClient, guarded: Context, clock: time_machine.Traveller
) -> None:
    link = link_to_sign_in(guarded, OFFICER)
    other = guarded.links.path(Purpose.UNSUBSCRIBE, Target(Scope.SIGN_IN, "x")).rpartition("/")[2]
    for unusable in (f"{link}x", f"/sign-in/{other}"):
        assert visitor.get(unusable).status_code == 400
    clock.shift(SIGN_IN_LIFETIME + timedelta(seconds=1))
    answer = visitor.get(link)
    assert answer.status_code == 400
    assert "held for 15 minutes" in answer.text
    assert html.document_fromstring(answer.text).find(".//input[@id='email_address']") is not None


def test_the_cookie_is_kept_from_scripts_other_sites_and_open_lines(guarded: Context, new_house: NewHouse) -> None:
    secured = new_house(public_url="https://matcher.example.org")
    for house, is_secure in ((guarded, False), (secured, True)):
        client = create_app(house).test_client()
        taken = fill_in(client, link_to_sign_in(house, OFFICER), organization_id="ours")
        [cookie] = [one for one in taken.headers.getlist("Set-Cookie") if one.startswith(session_cookie.NAME)]
        parts = set(cookie.split("; "))
        assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= parts
        assert ("Secure" in parts) is is_secure


def test_a_session_opens_pages_and_reads_of_the_interface_for_its_organization(officer: FlaskClient) -> None:
    assert officer.get("/v1/proposals").json["proposals"] == []
    assert "Ours House" in officer.get("/", headers=HTML).text


def test_a_session_changes_nothing_over_the_interface(officer: FlaskClient, guarded: Context) -> None:
    refused = officer.post("/v1/proposals", data=PROPOSAL, content_type="text/markdown")
    assert refused.status_code == 401
    assert guarded.store.proposals.all() == []


def test_a_form_from_before_the_session_or_of_another_one_is_refused(officer: FlaskClient, guarded: Context) -> None:
    other = signed_in_client(officer.application, guarded, OFFICER, "ours")
    token = html.document_fromstring(other.get("/sign-out").text).find(f".//input[@name='{FIELD}']").get("value")
    assert officer.post("/sign-out", data={FIELD: token}).status_code == 403
    assert officer.post("/sign-out").status_code == 403
    assert officer.get("/sources").status_code == 200


def test_signing_out_ends_the_session_wherever_its_cookie_was_copied(officer: FlaskClient, guarded: Context) -> None:
    copied = officer.get_cookie(session_cookie.NAME).value
    left = fill_in(officer, "/sign-out")
    assert (left.status_code, left.location) == (303, "/sign-in")
    assert officer.get_cookie(session_cookie.NAME) is None
    thief = officer.application.test_client()
    thief.set_cookie(session_cookie.NAME, copied)
    assert thief.get("/sources").status_code == 401


def test_a_session_ends_with_its_time_and_with_the_membership(
    officer: FlaskClient, guarded: Context, clock: time_machine.Traveller
) -> None:
    clock.shift(SESSION_LIFETIME - timedelta(minutes=1))
    assert officer.get("/sources").status_code == 200
    clock.shift(timedelta(minutes=2))
    assert officer.get("/sources").status_code == 401
    clock.move_to(NOW)
    assert signed_in_client(officer.application, guarded, OFFICER, "ours").get("/sources").status_code == 200
    remove_member(guarded.store, "ours", OFFICER)
    assert officer.get("/sources").status_code == 401


def test_a_cookie_that_was_made_up_is_nobodys(visitor: FlaskClient) -> None:
    for made_up in ("", "one", "Im9uZSI.aaaa.bbbb"):
        visitor.set_cookie(session_cookie.NAME, made_up)
        assert visitor.get("/sources").status_code == 401


def test_a_read_that_is_kept_in_memory_is_given_to_its_own_session_alone(
    officer: FlaskClient, guarded: Context, visitor: FlaskClient
) -> None:
    add_member(guarded.store, "theirs", "director@example.org")
    director = signed_in_client(officer.application, guarded, "director@example.org", "theirs")
    proposals = {}
    for name, member in (("ours", officer), ("theirs", director)):
        read = read_proposal(read_document(PROPOSAL.encode(), "proposal.md"))
        store = guarded.store.for_organization(name)
        proposals[name] = submit_proposal(store, guarded.rescorer, read).identifier
        assert [member.get(f"/v1/proposals/{proposals[name]}/matches").status_code for _ in range(2)] == [200, 200]
    assert officer.get(f"/v1/proposals/{proposals['theirs']}/matches").status_code == 404
    assert officer.application.test_client().get(f"/v1/proposals/{proposals['ours']}/matches").status_code == 401


def test_who_is_not_known_is_shown_where_to_sign_in(visitor: FlaskClient) -> None:
    refused = visitor.get("/sources", headers=HTML)
    assert (refused.status_code, heading(refused)) == (401, "This is for members")
    assert html.document_fromstring(refused.text).find(".//a[@href='/sign-in?next=/sources']") is not None


def test_who_had_to_sign_in_comes_to_the_page_that_they_wanted(visitor: FlaskClient, guarded: Context) -> None:
    wanted = "/opportunities?query=l%C3%A4rare+%26+skola&status=posted"
    [link] = html.document_fromstring(visitor.get(wanted, headers=HTML).text).xpath("//main//a[@class='button']/@href")
    assert link.startswith("/sign-in?next=")
    fill_in(visitor, "/sign-in", at=link, email_address=OFFICER, next=field(visitor, link, "next"))
    taken = fill_in(visitor, link_of_the_mail(guarded), organization_id="ours")
    assert (taken.status_code, taken.location) == (303, wanted)


def test_the_way_back_outlives_an_address_that_is_none(visitor: FlaskClient) -> None:
    answer = fill_in(visitor, "/sign-in", email_address="no address", next="/sources")
    assert html.document_fromstring(answer.text).find(".//input[@name='next']").value == "/sources"


@pytest.mark.parametrize(
    "hostile",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example/",
        "\\\\evil.example/",
        "/\t/evil.example/",
        "/\n//evil.example/",
        " //evil.example/",
        "javascript:alert(1)",
        "data:text/html,x",
        "evil.example",
        "/sources\r\nSet-Cookie: matcher_session=x",
        "/sources\x00",
        "/söurces",
        "/" + "a" * 5_000,
        "",
    ],
)
def test_a_way_back_that_leads_off_the_site_leads_to_the_first_page(
    visitor: FlaskClient, guarded: Context, hostile: str
) -> None:
    assert field(visitor, "/sign-in?" + urlencode({"next": hostile}), "next") == "/"
    fill_in(visitor, "/sign-in", email_address=OFFICER, next=hostile)
    taken = fill_in(visitor, link_of_the_mail(guarded), organization_id="ours")
    assert (taken.status_code, taken.location) == (303, "/")


def test_a_form_that_needs_a_member_is_not_what_signing_in_leads_to(visitor: FlaskClient) -> None:
    refused = visitor.post("/proposals", headers=HTML)
    assert refused.status_code == 401
    assert html.document_fromstring(refused.text).xpath("//main//a[@class='button']/@href") == ["/sign-in"]


def field(client: FlaskClient, address: str, name: str) -> str:
    return str(html.document_fromstring(client.get(address).text).find(f".//input[@name='{name}']").value)


def test_where_no_key_was_made_the_machine_itself_is_offered_nothing_to_sign_in_to(client: FlaskClient) -> None:
    assert "/sign-in" not in client.get("/", headers=HTML).text


def test_too_many_mails_asked_for_from_one_address_are_refused(visitor: FlaskClient) -> None:
    token = html.document_fromstring(visitor.get("/sign-in").text).find(f".//input[@name='{FIELD}']").get("value")
    told = {FIELD: token, "email_address": "no address"}
    answers = [visitor.post("/sign-in", data=told) for _ in range(61)]
    assert [answer.status_code for answer in answers[-2:]] == [422, 429]
    assert int(answers[-1].headers["Retry-After"]) > 0


def test_pages_that_sign_in_leave_no_copy_behind(visitor: FlaskClient, guarded: Context) -> None:
    for address in ("/sign-in", "/sign-out", link_to_sign_in(guarded, OFFICER)):
        assert visitor.get(address).headers["Cache-Control"] == "no-store"
