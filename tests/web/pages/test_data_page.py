"""Your data: shown, taken along, and erased only by who owns it and wrote its name."""

import json
from pathlib import Path

import pytest
from flask import Flask
from lxml import html

from matcher.bootstrap import Context
from matcher.domain.organization import LOCAL
from matcher.domain.subject import Subject, SubjectKind
from matcher.proposals.reader import read_proposal
from matcher.services.members import add_member
from matcher.services.organizations import add_organization
from matcher.services.submit_proposal import submit_as_new
from matcher.store.personal import _rules
from matcher.text.documents import read_document
from matcher.web.app import create_app
from matcher.web.pages.data_page import _LABELS
from tests.web.houses import PROPOSAL, digested
from tests.web.pages.browsing import Browser, found, words
from tests.web.signing_in import signed_in_client

OFFICER, DIRECTOR = "officer@example.org", "director@example.org"
ERASE = "Erase for good"


@pytest.fixture
def guarded(context: Context) -> Context:
    """Two organizations with a proposal each: two members are in the first, the officer in the second too."""
    for name, members in (("ours", (OFFICER, DIRECTOR)), ("theirs", (OFFICER,))):
        add_organization(context.store, name, f"{name.title()} House")
        read = read_proposal(read_document(PROPOSAL.encode(), "plan.md"))
        kept = submit_as_new(context.store.for_organization(name), context.rescorer, read)
        digested(context, kept, name, f"reader-of-{name}@example.org")
        for member in members:
            add_member(context.store, name, member)
    return context


@pytest.fixture
def app(guarded: Context) -> Flask:
    return create_app(guarded)


@pytest.fixture
def officer(app: Flask, guarded: Context) -> Browser:
    return Browser(signed_in_client(app, guarded, OFFICER, "ours"))


def form_to(page: html.HtmlElement, action: str) -> html.HtmlElement:
    [form] = page.xpath(f"//form[@action='{action}']")
    return form


def told(section: html.HtmlElement) -> dict[str, str]:
    """Return what is counted in a section, by its name."""
    return dict(zip(found(section, ".//dt"), found(section, ".//dd"), strict=True))


def test_a_member_sees_what_is_kept_of_the_organization_and_of_herself(officer: Browser) -> None:
    page = officer.look("/data")
    ours, her = page.xpath("//main//section")
    assert found(ours, ".//h2") == ["Ours House"]
    assert (told(ours)["Proposals"], told(ours)["Memberships"]) == ("1", "2")
    assert found(her, ".//h2") == [f"You, {OFFICER}"]
    assert told(her)["Memberships"] == "2"
    assert "last member of Theirs House" in words(her)
    assert "reader-of-theirs" not in words(page)


def test_the_machine_itself_sees_its_organization_and_nobody(browser: Browser, proposal_id: str) -> None:
    page = browser.look("/data")
    [section] = page.xpath("//main//section")
    assert told(section)["Proposals"] == "1"
    [download] = section.xpath(".//a[@download]/@href")
    [kept] = browser.client.get(download).json["tables"]["proposals"]
    assert kept["proposal_id"] == proposal_id


def test_nothing_is_erased_before_its_name_was_written(officer: Browser, guarded: Context) -> None:
    for kind, name in (("organization", "theirs"), ("address", DIRECTOR)):
        form = form_to(officer.look("/data"), f"/data/{kind}/erase")
        page = officer.press(form, ERASE, status=422, confirmation=name)
        [alert] = page.xpath("//*[@role='alert']")
        assert "Nothing was erased" in words(alert)
        assert alert.xpath("ancestor::details/@open")
    assert len(guarded.store.proposals.all()) == 2
    assert len(guarded.store.members.of_address(OFFICER)) == 2


def test_an_organization_erases_itself_and_its_members_are_signed_out(
    officer: Browser, app: Flask, guarded: Context
) -> None:
    director = signed_in_client(app, guarded, DIRECTOR, "ours")
    page = officer.press(form_to(officer.look("/data"), "/data/organization/erase"), ERASE, confirmation=" Ours ")
    assert found(page, ".//h1") == ["It is erased"]
    assert [one.organization_id for one in guarded.store.organizations.all()] == [LOCAL, "theirs"]
    assert [one.organization_id for one in guarded.store.proposals.all()] == ["theirs"]
    for client in (officer.client, director):
        assert client.get("/sign-out").text.count("You are not signed in") == 1


def test_a_person_takes_along_what_is_hers_in_every_organization_and_nothing_else(
    officer: Browser, guarded: Context
) -> None:
    form = form_to(officer.look("/data"), "/data/address/export")
    file = officer.client.post("/data/address/export", data=dict(form.form_values()))
    assert file.headers["Content-Disposition"] == 'attachment; filename="my-data.json"'
    assert file.headers["Cache-Control"] == "no-store"
    assert [row["organization_id"] for row in file.json["tables"]["members"]] == ["ours", "theirs"]
    assert set(file.json["tables"]) == {"members", "sign_ins"}
    assert DIRECTOR not in json.dumps(file.json)


def test_a_person_erases_herself_and_the_organizations_keep_what_is_theirs(officer: Browser, guarded: Context) -> None:
    page = officer.press(form_to(officer.look("/data"), "/data/address/erase"), ERASE, confirmation=OFFICER.upper())
    assert found(page, ".//h1") == ["It is erased"]
    assert guarded.store.members.of_address(OFFICER) == []
    assert [one.email_address for one in guarded.store.members.of_organization("ours")] == [DIRECTOR]
    assert len(guarded.store.proposals.all()) == 2
    assert OFFICER.encode() not in Path(guarded.settings.home / "matcher.db").read_bytes()
    assert "You are not signed in" in officer.client.get("/sign-out").text


def test_who_is_not_signed_in_has_nothing_of_their_own_here(browser: Browser) -> None:
    token = dict(form_to(browser.look("/data"), "/data/organization/erase").form_values())
    for act in ("export", "erase"):
        refused = browser.client.post(f"/data/address/{act}", data={**token, "confirmation": OFFICER})
        assert refused.status_code == 403
        assert "sign in first" in refused.text


def test_every_kind_of_row_has_a_name_that_people_know() -> None:
    tables = {table.name for kind in SubjectKind for table in _rules(Subject(kind, "anything"))}
    assert tables | {"kept_answers"} == _LABELS.keys()
