"""Every page says where programs find the same: what it shows of the store stands there too, by enumeration."""

from collections.abc import Iterator
from typing import Any

from flask.testing import FlaskClient
from lxml import html

from matcher.bootstrap import Context
from matcher.web.app import create_app
from tests.web.browser.furnished import furnish
from tests.web.houses import NOTICES
from tests.web.page_rules import address_of, page_rules
from tests.web.pages.browsing import PERSON, words

OWN = "ancestor::form or ancestor::figure or ancestor::*[@class='text']"
"""Words of controls, the scales of pictures, and a proposal itself, of which the interface tells what is quoted."""
UNSTATED = {"organization not stated", "agency not stated", "Agency not stated"}


def test_what_a_page_shows_of_the_store_stands_in_its_twin(context: Context) -> None:
    values = furnish(context, NOTICES[0])
    client = create_app(context).test_client()
    missing = {}
    for rule in page_rules(client.application):
        address = address_of(rule, **values)
        page = html.document_fromstring(client.get(address, headers=PERSON, follow_redirects=True).text)
        [twin] = page.xpath("//link[@rel='alternate'][@type='application/json']/@href") or [None]
        if twin is None:
            assert page.xpath("//footer") == [] or "preview" in address, address  # the mail itself, as it is sent
            continue
        twins = page.xpath("//footer//a[@type='application/json']/@href")
        assert twins[0] == twin
        told = " ".join(text for one in twins for text in texts(read(client, one))).casefold()
        absent = {shown for shown in stored_words(page) if shown.casefold() not in told}
        missing |= {address: absent} if absent else {}
    assert missing == {}


def test_the_twin_of_a_comparison_holds_what_is_compared_and_nothing_else(context: Context) -> None:
    proposal_id = furnish(context, NOTICES[0])["proposal_id"]
    client = create_app(context).test_client()
    page = client.get(f"/proposals/{proposal_id}/compare?with=old-houses&with=district-jobs", headers=PERSON)
    [twin] = html.document_fromstring(page.text).xpath("//link[@rel='alternate']/@href")
    assert {match["opportunity_id"] for match in read(client, twin)["matches"]} == {"old-houses", "district-jobs"}


def stored_words(page: html.HtmlElement) -> Iterator[str]:
    """Yield every text of the page that came from the store: such a text has a direction of its own."""
    for element in page.xpath(f"//main//bdi[not({OWN})]"):
        shown = words(element).strip("“”…")
        if shown and shown not in UNSTATED:
            yield shown


def texts(told: object) -> Iterator[str]:
    """Yield every text and number of a JSON document, white space as a reader sees it."""
    if isinstance(told, dict | list):
        for one in told.values() if isinstance(told, dict) else told:
            yield from texts(one)
    elif told is not None:
        yield " ".join(str(told).split())


def read(client: FlaskClient, address: str) -> Any:  # noqa: ANN401 - JSON
    """Return what an address tells, with what it names as told elsewhere."""
    answer = client.get(address)
    assert answer.status_code == 200, f"{address}: {answer.text}"
    linked = [client.get(match["match_url"]).json for match in answer.json.get("matches", ()) if "match_url" in match]
    return answer.json | {"linked": linked}
