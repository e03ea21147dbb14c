"""Bringing a proposal: kept first, read in the background, and shown with the reason if it cannot be read."""

import io
from dataclasses import replace

import pytest
from flask.testing import FlaskClient
from lxml import html

from matcher.bootstrap import Context
from matcher.web.app import create_app
from matcher.web.calls.background import BackgroundScoring
from matcher.web.house import House
from tests.web.conftest import NewHouse
from tests.web.houses import PROPOSAL
from tests.web.pages.browsing import PERSON, Browser, found, words

HOSTILE = "<script>alert(1)</script>\"'&{{ 7 * 7 }}\u202e🙂" + "w" * 300


@pytest.fixture
def house(client: FlaskClient) -> House:
    return client.application.extensions["matcher"]


def form_of(page: html.HtmlElement) -> html.HtmlElement:
    [form] = page.xpath("//form[@enctype='multipart/form-data']")
    return form


def test_a_pasted_proposal_is_kept_read_and_shown_with_its_matches(browser: Browser, house: House) -> None:
    with house.encoding.turn():  # nobody can read it before it was looked at
        browser.press(form_of(browser.look("/")), "Find what fits", text=PROPOSAL)
        assert browser.address.endswith("/reading")
    house.scoring.finish()
    page = browser.look(browser.address)
    assert browser.address.startswith("/proposals/")
    assert "reading" not in browser.address
    assert found(page, ".//h1") == ["Rebuilding the East Side"]
    assert found(page, ".//article//h2")[0] == "Youth Build"


def test_a_chosen_file_is_read_by_its_content(browser: Browser, house: House) -> None:
    file = (io.BytesIO(PROPOSAL.encode()), "C:\\papers\\proposal.txt")
    browser.press(form_of(browser.look("/proposals")), "Find what fits", file=file)
    house.scoring.finish()
    [kept] = house.whole_store.proposals.all()
    assert kept.proposal.title == "Rebuilding the East Side"


@pytest.mark.parametrize(
    ("filled", "reason"),
    [
        ({}, "Choose a file, or paste"),
        ({"text": PROPOSAL, "file": (b"words", "a.txt")}, "send one of them"),
        ({"file": (b"\x00\x01\x02\x03" * 100, "a.bin")}, "a.bin"),
    ],
    ids=["neither", "both", "binary"],
)
def test_what_cannot_be_read_is_told_beside_the_form_and_nothing_is_kept(
    browser: Browser, house: House, filled: dict[str, object], reason: str
) -> None:
    sent = {name: (io.BytesIO(one[0]), one[1]) if isinstance(one, tuple) else one for name, one in filled.items()}
    page = browser.press(form_of(browser.look("/proposals")), "Find what fits", status=422, **sent)
    [alert] = page.xpath("//*[@role='alert']")
    assert reason in words(alert)
    assert page.get_element_by_id("text").value.strip() == str(filled.get("text", "")).strip()
    assert house.whole_store.proposals.all() == []


def test_the_progress_is_told_from_what_is_stored_alone(browser: Browser, house: House, context: Context) -> None:
    house.scoring.ask = lambda proposal_id: None  # type: ignore[method-assign]  # nobody reads it yet
    page = browser.press(form_of(browser.look("/")), "Find what fits", text=PROPOSAL)
    assert "0 of" in words(page.get_element_by_id("progress"))
    [refresh] = page.xpath("//noscript/meta[@http-equiv='refresh']/@content")
    assert refresh == "2"
    stored = context.store.proposals.all()[0]
    context.encoder.encode(context.scorer.texts_of(stored.proposal)[:2])
    progress = browser.look(browser.address).get_element_by_id("progress")
    assert "2 of" in words(progress)
    assert progress.get("hx-get") == browser.address


def test_a_reading_that_another_process_left_undone_goes_on_when_somebody_looks(
    browser: Browser, house: House, context: Context
) -> None:
    from matcher.proposals.reader import read_proposal
    from matcher.services.submit_proposal import keep_proposal
    from matcher.text.documents import read_document

    kept = keep_proposal(context.store, read_proposal(read_document(PROPOSAL.encode(), "a.md")))
    browser.look(f"/proposals/{kept.identifier}")
    house.scoring.finish()
    assert found(browser.look(f"/proposals/{kept.identifier}"), ".//article//h2")


def test_a_script_that_watches_is_sent_on_in_its_own_way(client: FlaskClient, proposal_id: str) -> None:
    answer = client.get(f"/proposals/{proposal_id}/reading", headers={**PERSON, "HX-Request": "true"})
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (200, f"/proposals/{proposal_id}")
    assert client.get(f"/proposals/{proposal_id}/reading", headers=PERSON).status_code == 303


def test_a_reading_that_failed_says_why_and_can_be_begun_anew(browser: Browser, house: House) -> None:
    calls: list[str] = []

    def fails_once(proposal_id: str) -> None:
        calls.append(proposal_id)
        if len(calls) == 1:
            raise ValueError("words of the proposal")

    object.__setattr__(house, "scoring", BackgroundScoring(fails_once))
    browser.press(form_of(browser.look("/")), "Find what fits", text=PROPOSAL)
    house.scoring.finish()
    page = browser.look(browser.address)
    [alert] = page.xpath("//*[@role='alert']")
    assert "something failed on our side" in words(alert)
    assert "words of the proposal" not in page.text_content()
    browser.press(page.xpath("//form[.//button[.='Try again']]")[0], "Try again")
    house.scoring.finish()
    assert len(calls) > 1


def test_the_list_tells_what_fits_and_deletes_for_good(browser: Browser, proposal_id: str, context: Context) -> None:
    page = browser.look("/proposals")
    assert found(page, ".//main//li//h2") == ["Rebuilding the East Side"]
    [form] = page.xpath("//form[.//button[.='Delete for good']]")
    page = browser.press(form, "Delete for good")
    assert "Bring the first one" in words(page)
    assert context.store.proposals.all() == []


def test_a_long_list_goes_on_at_another_address(browser: Browser, context: Context, proposal_id: str) -> None:
    for number in range(2):
        context.store.proposals.save(replace(context.store.proposals.get(proposal_id).proposal, title=f"P {number}"))
    first = browser.look("/proposals?page_size=2")
    assert set(found(first, ".//h2/a")[:2]) == {"P 0", "P 1"}
    [more] = first.xpath("//a[@rel='next']/@href")
    second = browser.look(more)
    assert found(second, ".//h2/a")[:1] == ["Rebuilding the East Side"]
    assert second.xpath("//a[@rel='first']")
    assert not second.xpath("//a[@rel='next']")
    beyond = browser.look("/proposals?page=9")
    assert "No more proposals." in words(beyond)


def test_hostile_words_stay_words(browser: Browser, house: House) -> None:
    text = PROPOSAL.replace("Rebuilding the East Side", HOSTILE).replace("Forty", HOSTILE)
    browser.press(form_of(browser.look("/")), "Find what fits", text=text)
    house.scoring.finish()
    for address in (browser.address, "/proposals", "/"):
        page = browser.look(address)
        assert page.xpath("//script[not(@src)] | //*[@onerror]") == []
        assert "<script>alert(1)</script>" in page.text_content()


def test_a_fresh_installation_welcomes_and_tells_what_is_missing(new_house: NewHouse) -> None:
    browser = Browser(create_app(new_house(notices=())).test_client())
    for address in ("/", "/proposals"):
        assert "the catalogue is empty" in words(browser.look(address).find(".//main"))
    assert "Bring the first one as it is" in words(browser.look("/proposals").find(".//main"))
