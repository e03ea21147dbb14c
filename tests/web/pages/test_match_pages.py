"""The ranked matches of a proposal: what a card tells, filters that keep their address, what was set aside and why."""

from collections import Counter
from dataclasses import replace

import pytest
from flask.testing import FlaskClient
from lxml import html

from matcher.bootstrap import Context
from matcher.domain.feedback import FeedbackKind, MuteKind
from matcher.services.feedback import give_feedback, mute
from tests.web.houses import AS_OF
from tests.web.pages.browsing import PERSON, Browser, found, words

TITLES = ".//article//h2"


@pytest.fixture
def home(proposal_id: str) -> str:
    return f"/proposals/{proposal_id}"


def card(page: html.HtmlElement, opportunity_id: str) -> html.HtmlElement:
    return page.get_element_by_id(f"match-{opportunity_id}")


def test_a_card_tells_what_the_interface_tells(browser: Browser, client: FlaskClient, home: str) -> None:
    page = browser.look(f"{home}?as_of={AS_OF}")
    told = client.get(f"/v1{home}/matches?as_of={AS_OF}").json
    assert found(page, TITLES) == [match["title"] for match in told["matches"]]
    first = told["matches"][0]
    shown = words(card(page, first["opportunity_id"]))
    best = max(first["priorities"][0]["evidence"], key=lambda one: one["similarity"])
    for expected in (f"{first['fit']:.2f}", first["band"], "confidence", first["closes"], first["award"]):
        assert expected in shown
    assert best["proposal"]["text"] in shown
    assert "Start by" in shown
    for missing in first["not_addressed"][:2]:
        assert missing in shown
    bands = Counter(match["band"] for match in told["matches"])
    assert ", ".join(f"{count} {band}" for band, count in bands.items()) in words(page.get_element_by_id("results"))


def test_filters_stand_in_the_address_and_in_every_link_that_goes_on(browser: Browser, home: str) -> None:
    page = browser.look(f"{home}?as_of={AS_OF}&closes_after=2027-02-15&include=closed")
    assert found(page, TITLES) == ["Youth Build"]
    assert page.get_element_by_id("closes_after").value == "2027-02-15"
    for link in page.xpath("//a[.='CSV' or .='Excel']/@href | //link[@rel='alternate']/@href"):
        assert "closes_after=2027-02-15" in link
        assert browser.client.get(link).status_code == 200


def test_empty_fields_of_the_form_leave_the_address(client: FlaskClient, home: str) -> None:
    answer = client.get(f"{home}?minimum_fit=&agency=+&sort=title", headers=PERSON)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"{home}?sort=title")


def test_a_filter_that_cannot_be_used_is_told_on_a_page(client: FlaskClient, home: str) -> None:
    answer = client.get(f"{home}?minimum_fit=nine", headers=PERSON)
    assert (answer.status_code, answer.mimetype) == (422, "text/html")
    assert "inimum fit: input should be a valid number" in answer.text


def test_what_is_set_aside_is_counted_and_shown_with_its_reason(
    browser: Browser, context: Context, home: str, proposal_id: str
) -> None:
    mute(context.store, MuteKind.OPPORTUNITY, "river-care")
    page = browser.look(f"{home}?as_of={AS_OF}")
    assert "River Care" not in found(page, TITLES)
    links = {words(link): link.get("href") for link in page.xpath("//ul[contains(@class, 'hidden-ones')]//a")}
    assert set(links) == {"Show 1 not open to you", "Show 1 closed", "Show 1 set aside by you"}
    shown = browser.look(links["Show 1 set aside by you"])
    assert "you muted this notice" in words(card(shown, "river-care"))
    shown = browser.look(links["Show 1 closed"])
    assert "the time to apply is over" in words(card(shown, "old-houses"))
    [hide] = shown.xpath("//ul[contains(@class, 'hidden-ones')]//a[starts-with(., 'Hide')]")
    assert words(hide) == "Hide 1 closed"
    assert "Old Houses" not in found(browser.look(hide.get("href")), TITLES)


@pytest.mark.parametrize(("button", "sentence"), [("Not for us", "is set aside as not for you"), ("Mute", "is muted")])
def test_a_match_is_set_aside_and_brought_back(browser: Browser, home: str, button: str, sentence: str) -> None:
    before = found(page := browser.look(f"{home}?as_of={AS_OF}&sort=title"), TITLES)
    [form] = card(page, "youth-build").iterfind(".//form")
    page = browser.press(form, button)
    assert "Youth Build" not in found(page, TITLES)
    [note] = page.xpath("//*[@role='status']")
    assert f"Youth Build {sentence}" in words(note)
    [undo] = note.iterfind(".//form")
    page = browser.press(undo, words(undo))
    assert found(page, TITLES) == before
    assert page.xpath("//*[@role='status']") == []


def test_what_is_relevant_is_marked_and_moves_others_visibly(browser: Browser, context: Context, home: str) -> None:
    [form] = card(browser.look(f"{home}?as_of={AS_OF}"), "youth-build").iterfind(".//form")
    page = browser.press(form, "Relevant")
    assert card(page, "youth-build").xpath(".//button[@aria-pressed='true']/text()") == ["Relevant"]
    assert "moved up a little by what you said of others: Office of Examples" in words(card(page, "river-care"))
    [form] = card(page, "youth-build").iterfind(".//form")
    browser.press(form, "Relevant")
    assert context.store.feedback.all() == []


@pytest.mark.parametrize("back", ["https://elsewhere.example/", "//elsewhere.example", "/other", "\\\\elsewhere"])
def test_a_form_leads_back_to_its_own_proposal_alone(browser: Browser, home: str, back: str) -> None:
    [form] = card(browser.look(f"{home}?as_of={AS_OF}"), "youth-build").iterfind(".//form")
    browser.press(form, "Relevant", back=back)
    assert browser.address == home


def test_pages_follow_each_other_without_gap(browser: Browser, home: str) -> None:
    titles = []
    page = browser.look(f"{home}?as_of={AS_OF}&page_size=1")
    while True:
        titles += found(page, TITLES)
        links = page.xpath("//a[@rel='next']/@href")
        if not links:
            break
        page = browser.look(links[0])
    assert titles == found(browser.look(f"{home}?as_of={AS_OF}"), TITLES)
    assert page.xpath("//a[@rel='first']/@href") == [f"{home}?as_of={AS_OF}&page_size=1"]


def test_no_match_is_told_as_such(browser: Browser, home: str) -> None:
    page = browser.look(f"{home}?minimum_fit=1")
    assert "No match is left by these filters" in words(page)


def test_the_overview_draws_deadlines_and_fits(browser: Browser, home: str) -> None:
    page = browser.look(f"{home}/overview")
    assert len(page.xpath("//figure//*[name()='svg']")) == 2


def test_a_feed_is_made_shown_once_and_revoked(browser: Browser, home: str) -> None:
    page = browser.look(f"{home}/feeds")
    page = browser.press(page.xpath("//form[.//input[@id='name']]")[0], "Make the addresses", name="Team")
    addresses = found(page, ".//code")
    paths = [address.partition("8000")[2] for address in addresses]
    assert [browser.client.get(path).status_code for path in paths] == [200, 200]
    page = browser.look(f"{home}/feeds")
    assert found(page, ".//code") == []
    browser.press(page.xpath("//form[contains(@action, 'revoke')]")[0], "Revoke Team")
    assert [browser.client.get(path).status_code for path in paths] == [404, 404]


def test_matches_are_compared_side_by_side(browser: Browser, context: Context, home: str, proposal_id: str) -> None:
    give_feedback(context.store, proposal_id, "river-care", FeedbackKind.NOT_FOR_US)
    page = browser.look(f"{home}/compare?with=youth-build&with=river-care")
    assert [words(link) for link in page.xpath("//thead//a")] == ["Youth Build", "River Care"]
    assert len(page.xpath("//tbody//th[@scope='row']")) == len(page.xpath("//tbody/tr"))


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("", "none are ticked"),
        ("?with=youth-build", "1 is ticked"),
        ("?with=a&with=b&with=c&with=d&with=e", "5 are ticked"),
        ("?with=youth-build&with=unknown", "is left out"),
    ],
)
def test_what_cannot_be_compared_is_told(browser: Browser, home: str, query: str, told: str) -> None:
    assert told in words(browser.look(f"{home}/compare{query}"))


def test_matches_from_before_a_change_are_shown_and_scored_again(
    browser: Browser, context: Context, home: str, proposal_id: str
) -> None:
    stored = context.store.proposals.get(proposal_id).proposal
    context.store.proposals.save(replace(stored, title="Rebuilding the West Side"), proposal_id)
    page = browser.look(f"{home}?as_of={AS_OF}")
    assert "they are being scored again" in words(page)
    assert found(page, TITLES)[0] == "Youth Build"
    browser.client.application.extensions["matcher"].scoring.finish()
    assert "being scored again" not in words(browser.look(f"{home}?as_of={AS_OF}"))


def test_where_no_match_is_left_nothing_is_offered_to_compare(browser: Browser, home: str) -> None:
    page = browser.look(f"{home}?as_of={AS_OF}&minimum_fit=1")
    assert "No match is left by these filters." in words(page)
    assert not page.xpath("//article | //*[@id='compare']")
    assert browser.look(f"{home}?as_of={AS_OF}").xpath("//*[@id='compare']")
