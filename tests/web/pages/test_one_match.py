"""One match: evidence marked in both texts as the interface names it, and what bears on applying."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask.testing import FlaskClient
from lxml import html

from matcher.bootstrap import Context
from matcher.proposals.reader import read_proposal
from matcher.services.submit_proposal import keep_proposal
from matcher.text.documents import read_document
from matcher.web.pages import one_match
from tests.web.houses import AS_OF, NOTICES, PROPOSAL
from tests.web.pages.browsing import Browser, found, words


@pytest.fixture
def address(proposal_id: str) -> str:
    return f"/proposals/{proposal_id}/matches/youth-build"


def marked(page: html.HtmlElement) -> dict[str, str]:
    """Return the words under each mark of the proposal, by its number."""
    texts: dict[str, str] = {}
    for mark in page.xpath("//*[@class='says']//mark"):
        for number in mark.get("data-words").split():
            texts[number] = texts.get(number, "") + mark.text_content()
    return {number: " ".join(text.split()) for number, text in texts.items()}


def test_the_marked_words_are_those_that_the_interface_quotes(
    browser: Browser, client: FlaskClient, address: str
) -> None:
    page = browser.look(f"{address}?as_of={AS_OF}")
    told = client.get(f"/v1{address}?as_of={AS_OF}").json
    parts = [part for priority in told["priorities"] for part in (priority, *priority["elements"])]
    quoted = {one["proposal"]["text"] for part in parts for one in part["evidence"]}
    assert quoted
    assert set(marked(page).values()) == quoted
    assert {one["notice"]["text"] for part in parts for one in part["evidence"]} <= set(found(page, ".//details//mark"))


def test_what_fits_stands_first_beside_all_that_is_missing(browser: Browser, client: FlaskClient, address: str) -> None:
    page = browser.look(f"{address}?as_of={AS_OF}")
    told = client.get(f"/v1{address}?as_of={AS_OF}").json
    answered = sorted((one for one in told["priorities"] if one["evidence"]), key=lambda one: -one["fit"])
    assert found(page, ".//*[@class='fits']//a") == [one["title"] for one in answered]
    assert found(page, ".//*[@class='missing']/li") == told["not_addressed"]


def test_both_texts_point_at_each_other(browser: Browser, address: str) -> None:
    page = browser.look(address)
    identifiers = page.xpath("//@id")
    assert len(identifiers) == len(set(identifiers))
    inside = {link[1:] for link in page.xpath("//main//a/@href") if link.startswith("#")}
    assert {"asks-1", "words-1"} <= inside <= set(identifiers)


def test_findings_counterfactuals_and_time_are_told(browser: Browser, client: FlaskClient, address: str) -> None:
    address = address.replace("youth-build", "district-jobs")
    page = browser.look(f"{address}?as_of={AS_OF}")
    told = client.get(f"/v1{address}?as_of={AS_OF}").json
    shown = words(page)
    for sentence in (
        *(reason["sentence"] for reason in told["eligibility"]["reasons"]),
        *(one["sentence"] for one in told["counterfactuals"]),
        *(task["sentence"] for task in told["feasibility"]["tasks"]),
        *told["not_addressed"],
    ):
        assert sentence in shown


def test_what_changed_since_the_last_look_is_marked_as_new(browser: Browser, context: Context, address: str) -> None:
    start = datetime.now(UTC)
    assert "has not changed" in words(browser.look(address))
    with time_machine.travel(start + timedelta(hours=1), tick=False):
        notice = replace(NOTICES[0], title="Youth Build 2027")
        context.store.opportunities.save(notice, source="youth-build.yaml")
        context.rescorer.rescore()
    with time_machine.travel(start + timedelta(hours=2), tick=False):
        page = browser.look(address)
        assert "new since you last looked" in words(page)
        assert "Youth Build 2027" in words(page.xpath("//section[.//h2[@id='since']]")[0])
    with time_machine.travel(start + timedelta(hours=3), tick=False):
        assert "new since you last looked" not in words(browser.look(address))


def test_a_look_is_remembered_by_the_browser_and_at_this_address_alone(client: FlaskClient, address: str) -> None:
    [cookie] = [one for one in client.get(address).headers.getlist("Set-Cookie") if "looked" in one]
    assert f"Path={address}" in cookie
    assert "HttpOnly" in cookie


def test_what_takes_too_long_for_a_page_is_worked_out_on_one_of_its_own(
    browser: Browser, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = address.replace("youth-build", "district-jobs")
    told = found(browser.look(address), ".//*[@id='counterfactuals']//li")
    assert told
    monkeypatch.setattr(one_match, "is_scored_at_once", lambda *pair: False)
    page = browser.look(address)
    [lazy] = page.xpath("//*[@id='counterfactuals']")
    assert lazy.xpath(".//a/@href") == [lazy.get("hx-get")]
    assert found(browser.look(lazy.get("hx-get")), ".//*[@id='counterfactuals']//li") == told


def test_a_match_of_a_proposal_that_is_not_read_yet_leads_to_its_reading(client: FlaskClient, context: Context) -> None:
    kept = keep_proposal(context.store, read_proposal(read_document(PROPOSAL.encode(), "a.md")))
    answer = client.get(f"/proposals/{kept.identifier}/matches/youth-build")
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/proposals/{kept.identifier}/reading")


def test_more_like_this_leads_to_other_matches(browser: Browser, address: str) -> None:
    [lazy] = browser.look(address).xpath("//*[@id='similar']")
    page = browser.look(lazy.get("hx-get"))
    assert page.get_element_by_id("similar").xpath(".//li/a/@href")


def test_an_agency_can_be_muted_from_the_match(browser: Browser, address: str) -> None:
    page = browser.look(address)
    [form] = page.xpath("//form[.//button[@name='kind']]")
    page = browser.press(form, "everything of Office of Examples")
    assert "you muted the agency Office of Examples" in words(page)
    [undo] = page.xpath("//*[@role='status']//form")
    assert "you muted" not in words(browser.press(undo, "Unmute the agency Office of Examples"))


def test_hostile_words_of_a_notice_stay_words(browser: Browser, context: Context, address: str) -> None:
    hostile = "<script>alert(1)</script>\u202e" + "w" * 10_000
    notice = replace(NOTICES[0], title=hostile, agency_name=hostile, source_url="javascript:alert(1)")
    context.store.opportunities.save(notice, source="youth-build.yaml")
    context.rescorer.rescore()
    page = browser.look(address)
    assert page.xpath("//script[not(@src)] | //a[starts-with(@href, 'javascript:')]") == []
    assert hostile[:20] in words(page)
