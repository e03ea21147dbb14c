"""All of a page by keyboard: the way past the head, every control in its turn, and always a sight of where one is."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.web.browser.conftest import opened
from tests.web.browser.furnished import Furnished, furnished

PAGES = ("/", "/proposals/{proposal_id}", "/proposals/{proposal_id}/matches/{opportunity_id}", "/subscriptions")

_FOCUSABLE = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']"
_COUNT = f"""() => [...document.querySelectorAll("{_FOCUSABLE}")].filter(
    element => element.checkVisibility({{ contentVisibilityAuto: true }})).length"""
_FOCUS = """() => {
    const focused = document.activeElement, style = getComputedStyle(focused);
    focused.dataset.turn ??= String(document.querySelectorAll('[data-turn]').length);
    return [focused.dataset.turn, style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2];
}"""

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Furnished]:
    with furnished(tmp_path_factory.mktemp("furnished")) as made:
        yield made


@pytest.mark.parametrize("page_path", PAGES)
def test_every_control_has_its_turn_and_shows_that_it_has_it(
    browser: Browser, house: Furnished, page_path: str
) -> None:
    with opened(browser, house.address) as page:
        page.goto(page_path.format(**house.values), wait_until="networkidle")  # with all that it fetches later
        expected = page.evaluate(_COUNT)
        turns = []
        for _ in range(expected):
            page.keyboard.press("Tab")
            turns.append(page.evaluate(_FOCUS))
        assert [is_seen for _, is_seen in turns] == [True] * expected
        assert len({turn for turn, _ in turns}) == expected


def test_the_first_stop_leads_past_the_head(browser: Browser, house: Furnished) -> None:
    with opened(browser, house.address) as page:
        page.goto("/")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "content"
